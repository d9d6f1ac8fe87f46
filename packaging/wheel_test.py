"""Builds the wheel, installs it in a clean environment and finds similar tracks there, far from the checkout."""

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

import set_up

RESOURCES = set_up.ROOT / "resources"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bgm-finder-wheel-") as folder:
        home = Path(folder)
        wheel = _build(home / "wheel")
        _check_resources(wheel)
        venv.create(home / "venv", with_pip=True)
        set_up.install(home / "venv" / "bin" / "python", str(wheel))
        _find_similar(home)
    print(f"{wheel.name}: carries its resources and runs")


def _build(folder: Path) -> Path:
    set_up.run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(set_up.ROOT))
    return next(folder.glob("*.whl"))


def _check_resources(wheel: Path) -> None:
    """Compares with what git knows, as a build folder may lie about."""
    listed = subprocess.run(["git", "ls-files", "-z", "resources"], cwd=set_up.ROOT, capture_output=True, check=True)
    wanted = {f"bgm_finder/{name}" for name in listed.stdout.decode().split("\0") if name}
    missing = wanted - set(zipfile.ZipFile(wheel).namelist())
    if missing or not wanted:
        sys.exit(f"The wheel lacks resources: {sorted(missing)}")


def _find_similar(home: Path) -> None:
    command = home / "venv" / "bin" / "bgm-finder"
    surroundings = {**os.environ, "HOME": folder_in(home, "user"), "XDG_DATA_HOME": folder_in(home, "data")}
    listed = _answer([str(command), "list", "--demo", "--json"], home, surroundings)
    matches = _answer([str(command), "similar", "--demo", "--json", listed[0]["path"]], home, surroundings)
    if str(RESOURCES) in json.dumps(listed):
        sys.exit("The installed command still reads the checkout's resources.")
    if not matches:
        sys.exit("The installed command finds nothing similar in the demo library.")


def folder_in(home: Path, name: str) -> str:
    """Makes a folder and gives its path as an environment variable takes it."""
    (home / name).mkdir()
    return str(home / name)


def _answer(command: list[str], folder: Path, surroundings: dict[str, str]) -> list[dict[str, str]]:
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"This failed with code {done.returncode}: {' '.join(command)}\n{done.stderr}")
    answer: list[dict[str, str]] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    main()
