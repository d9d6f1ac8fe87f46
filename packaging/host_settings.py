"""How this machine reaches packages: what a system built on it needs of that to reach them too."""

import os
import re
import shutil
import subprocess
from pathlib import Path

_OF_THE_USER = Path.home() / ".config" / "pip" / "pip.conf"
_FILES = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")
_VARIABLES = re.compile(r"PIP_.*|.*_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE", re.IGNORECASE)


def mirror() -> str:
    """Return the address that this machine takes Debian's packages from; nothing where it is no Debian."""
    if not shutil.which("apt-get"):
        return ""
    asked = ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]
    told = subprocess.run(asked, capture_output=True, text=True).stdout
    addresses = re.findall(r"^Debian (\S+)$", told, re.MULTILINE)
    return addresses[0] if addresses else ""


def environment() -> dict[str, str]:
    """Return the variables that say how packages are reached."""
    return {name: value for name, value in os.environ.items() if _VARIABLES.fullmatch(name)}


def carry_into(root: Path, homes: tuple[str, ...]) -> None:
    """Copy pip's and apt's settings, where there are any, into a system, and the user's own into these homes."""
    own = [(_OF_THE_USER, root / home / ".config" / "pip" / "pip.conf") for home in homes]
    for source, target in [*((Path(name), root / name[1:]) for name in _FILES), *own]:
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for part in sorted(Path("/etc/apt/apt.conf.d").glob("*")):
        if re.search(r"^\s*Acquire::\S*proxy", part.read_text(encoding="utf-8"), re.MULTILINE | re.IGNORECASE):
            shutil.copyfile(part, root / "etc/apt/apt.conf.d" / part.name)


def folders() -> list[Path]:
    """Return the folders of wheels, and of indexes, that pip is told of; an index points beside itself."""
    files = [_OF_THE_USER, *(path for name in _FILES[:2] for path in (Path(name), *Path(name).glob("*.conf")))]
    said = "\n".join([*(path.read_text(encoding="utf-8") for path in files if path.is_file()), *environment().values()])
    indexes = [Path(found).parent for found in re.findall(r"\bfile://(/\S+)", said)]
    named = [Path(found) for found in re.findall(r"(?:^|[\s=])(/\S+)", said)]
    return sorted({path for path in (*indexes, *named) if path.is_dir()})
