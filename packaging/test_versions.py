"""Run the tests with the lowest and with the newest versions that pyproject.toml allows, and prints a table.

Each set lives in an environment of its own below build/versions, which is used again. PyTorch stays the pinned one, as
any other would bring several GB of CUDA. Words after -- go to pytest. Needs uv, of the release extra.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import set_up

WORK = set_up.ROOT / "build" / "versions"
_CUDA = ("cuda-", "nvidia-", "triton==")
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}


def main() -> None:
    options = _options()
    outcomes = {}
    for which in options.which:
        python = _environment(which)
        command = [str(python), "-m", "pytest", *options.pytest]
        path = os.pathsep.join([str(set_up.ROOT), os.environ.get("PYTHONPATH", "")])
        ran = subprocess.run(command, cwd=set_up.ROOT, env={**os.environ, "PYTHONPATH": path})
        outcomes[which] = "pass" if ran.returncode == 0 else f"fail ({ran.returncode})"
    print("\n| versions | tests |\n|---|---|")
    for which, outcome in outcomes.items():
        print(f"| {which} | {outcome} |")
    sys.exit(any(outcome != "pass" for outcome in outcomes.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--which", nargs="+", choices=tuple(RESOLUTIONS), default=list(RESOLUTIONS))
    parser.add_argument("pytest", nargs="*", help="what pytest is called with")
    return parser.parse_args()


def _environment(which: str) -> Path:
    """Return the Python of an environment with these versions of all that pyproject.toml names."""
    place = WORK / which
    python = place / "bin" / "python"
    if not python.exists():
        set_up.run(sys.executable, "-m", "venv", "--clear", str(place))
    listed = place / "versions.txt"
    listed.write_text("\n".join(_resolved(RESOLUTIONS[which], place)) + "\n", encoding="utf-8")
    set_up.install_torch(python)
    set_up.run(str(python), "-m", "pip", "install", "--quiet", "--requirement", str(listed))
    return python


def _resolved(resolution: str, place: Path) -> list[str]:
    """Return "name==version" for all that is needed, but PyTorch's CUDA."""
    pinned = place / "pinned.txt"
    pinned.write_text(set_up.pinned("torch") + "\n", encoding="ascii")
    extras = [word for extra in ("test", "training", "lab") for word in ("--extra", extra)]
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", *extras]
    command += ["--resolution", resolution, "--constraint", str(pinned), str(set_up.PROJECT)]
    told = subprocess.run(command, capture_output=True, text=True)
    if told.returncode:
        sys.exit(told.stderr)
    return [line for line in told.stdout.splitlines() if not line.startswith(_CUDA)]


if __name__ == "__main__":
    main()
