"""Builds the wheel, installs it in a clean environment and finds similar tracks there, far from the checkout."""

import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

import demo_trial
import set_up


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bgm-finder-wheel-") as folder:
        home = Path(folder)
        wheel = _build(home / "wheel")
        _check_resources(wheel)
        venv.create(home / "venv", with_pip=True)
        programs = home / "venv" / "bin"
        set_up.install(programs / "python", str(wheel))
        demo_trial.find_similar(programs / "bgm-finder", home, demo_trial.surroundings(home))
    print(f"{wheel.name} carries its resources and runs")


def _build(folder: Path) -> Path:
    shutil.rmtree(set_up.ROOT / "build" / "lib", ignore_errors=True)  # or files deleted since would slip in
    set_up.run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(set_up.ROOT))
    return next(folder.glob("*.whl"))


def _check_resources(wheel: Path) -> None:
    """Compares with what git knows, as a build folder may lie about."""
    listing = ["git", "ls-files", "-z", "resources"]
    listed = subprocess.run(listing, cwd=set_up.ROOT, capture_output=True, check=True).stdout.decode()
    wanted = {f"bgm_finder/{name}" for name in listed.split("\0") if name}
    missing = wanted - set(zipfile.ZipFile(wheel).namelist())
    if missing or not wanted:
        sys.exit(f"The wheel lacks resources: {sorted(missing)}")


if __name__ == "__main__":
    main()
