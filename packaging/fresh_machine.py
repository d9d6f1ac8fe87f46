"""Tries the README's two commands on bare Debian systems, as root and as an ordinary user, and prints a table.

Runs as root where debootstrap and Xvfb are installed; takes what is committed. The systems lie in build/fresh-machine
and are used again. An ordinary user cannot install packages: there the command that was printed is run as root, and the
same tried once more.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import host_settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = "python3,python3-venv,git,make,ca-certificates"
USER = "editor"
DISPLAY = ":83"
HOME = "home/editor"
RUN = """
rm -f /tmp/ready
make run ARGS=--ready-file=/tmp/ready & made=$!
while kill -0 $made 2>/dev/null && ! [ -s /tmp/ready ]; do sleep 1; done
[ -s /tmp/ready ] && kill -INT $(cat /tmp/ready)
wait $made && [ -s /tmp/ready ]
"""
STEPS = {"run": RUN, "test": "make test"}
ENTER = """
mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && mount --bind /dev/pts "$0/dev/pts"
for place in $PLACES; do mkdir -p "$0$place" && mount --bind -o ro "$place" "$0$place"; done
unset PLACES
exec chroot --userspec="$1" "$0" /usr/bin/env -C "/$2" sh -c "$3"
"""


@dataclass(frozen=True)
class Row:
    """What came of one command."""

    release: str
    user: str
    step: str
    code: int
    seconds: float
    last: str


def main() -> None:
    options = _options()
    if os.geteuid() != 0 or not shutil.which("debootstrap") or not shutil.which("Xvfb"):
        sys.exit("This builds systems of its own: run it as root where debootstrap and xvfb are installed.")
    options.work.mkdir(parents=True, exist_ok=True)
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL)
    try:
        rows = [row for release in options.releases for user in options.users for row in _try(release, user, options)]
    finally:
        screen.terminate()
    print("\n| system | user | command | outcome | s | last line |\n|---|---|---|---|---|---|")
    for row in rows:
        outcome = "works" if row.code == 0 else f"fails ({row.code})"
        print(f"| {row.release} | {row.user} | {row.step} | {outcome} | {row.seconds:.0f} | {row.last} |")
    wrong = [row for row in rows if row.code and "packages missing" not in row.step]
    sys.exit(bool(wrong))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", nargs="+", default=["bookworm", "trixie", "testing"])
    parser.add_argument("--users", nargs="+", choices=("root", USER), default=["root", USER])
    parser.add_argument("--steps", nargs="+", choices=tuple(STEPS), default=list(STEPS))
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "fresh-machine")
    parser.add_argument("--pytest", default="", metavar="OPTIONS", help="what make test is limited to")
    return parser.parse_args()


def _try(release: str, user: str, options: argparse.Namespace) -> list[Row]:
    root = _build(release, user, options.work)
    rows = []
    for step in options.steps:
        row, printed = _run(root, release, user, step, options.pytest)
        install = re.findall(r"^ +sudo (apt-get update && )sudo (apt-get install .*)$", printed, re.MULTILINE)
        if user != "root" and install:
            rows.append(Row(release, user, f"{step}, packages missing", row.code, row.seconds, row.last))
            _enter(
                root, "root", "root", "DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; " + "".join(install[-1])
            )
            row, _ = _run(root, release, user, step, options.pytest)
        rows.append(row)
    return rows


def _build(release: str, user: str, work: Path) -> Path:
    """Return a bare system with a clean clone of the checkout in it."""
    base, root = work / release, work / f"{release}-{user}"
    if not (base / "etc" / "debian_version").exists():
        made = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", release, str(base), host_settings.mirror()]
        subprocess.run([word for word in made if word], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "--archive", "--reflink=auto", str(base), str(root)], check=True)
    subprocess.run(["chroot", str(root), "useradd", "--create-home", USER], check=True)
    host_settings.carry_into(root, ("root", HOME))
    clone = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(root / HOME / "bgm-finder")]
    subprocess.run(clone, check=True)
    owner = user if user == "root" else f"{USER}:{USER}"
    subprocess.run(["chroot", str(root), "chown", "--recursive", owner, f"/{HOME}"], check=True)
    return root


def _run(root: Path, release: str, user: str, step: str, pytest: str) -> tuple[Row, str]:
    print(f"{release}, {user}: make {step}", flush=True)
    begun = time.monotonic()
    ran = _enter(root, user, f"{HOME}/bgm-finder", STEPS[step], {"PYTEST_ADDOPTS": pytest} if pytest else {})
    (root.parent / f"{root.name}-{step}.log").write_text(ran.stdout, encoding="utf-8")
    lines = [line.strip() for line in ran.stdout.splitlines() if line.strip() and not line.startswith("make: ")]
    return Row(release, user, step, ran.returncode, time.monotonic() - begun, lines[-1] if lines else ""), ran.stdout


def _enter(
    root: Path, user: str, folder: str, program: str, own: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a shell program in the system, whose mounts and processes end with it."""
    home = "/root" if user == "root" else f"/{HOME}"
    settings = {**host_settings.environment(), "HOME": home, "DISPLAY": DISPLAY, "LANG": "C.UTF-8", **(own or {})}
    settings["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    places = " ".join(str(place) for place in host_settings.folders())
    return subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, str(root), user, folder, program],
        env={**settings, "PLACES": places},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
    )


if __name__ == "__main__":
    main()
