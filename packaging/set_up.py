"""Makes .venv in the checkout and installs the package there in place, with a PyTorch that carries no CUDA."""

import platform
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own: what pip offers by default on Linux brings several GB of CUDA along."""
OLDEST_PYTHON = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"BGM Finder needs Python 3.11 or newer; this is {platform.python_version()} ({sys.executable}).\n"
            "If a newer one is installed, name it: make PYTHON=python3.12 run"
        )
    python = ROOT / ".venv" / "bin" / "python"
    if not _has_pip(python):
        run(sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv"))
    install(python, "--editable", f"{ROOT}[test,training,lab]")


def install(python: Path, *what: str) -> None:
    """Installs with the pinned versions into the environment of that Python, PyTorch's CPU build first."""
    torch = _pinned("torch")
    if platform.system() == "Linux" and not _is_installed(python, torch) and not _pip_offers_cpu_build(python, torch):
        _install_cpu_build(python, torch)
    run(*_pip(python, "install"), "--constraint", str(CONSTRAINTS), *what)


def run(*command: str) -> None:
    """Runs a command in the checkout; its failure ends the program with a sentence that names it."""
    if code := subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"Setting up stopped: this failed with code {code}:\n    {' '.join(command)}")


def _has_pip(python: Path) -> bool:
    if not python.exists():  # also where the Python it was made with has gone
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0


def _pinned(name: str) -> str:
    """Gives the line of constraints.txt that pins the package, such as torch==2.13.0."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{name}=="))


def _is_installed(python: Path, requirement: str) -> bool:
    name, version = requirement.split("==")
    program = f"from importlib.metadata import version; print(version({name!r}))"
    found = subprocess.run([str(python), "-c", program], capture_output=True, text=True).stdout.strip()
    return found.split("+")[0] == version


def _pip_offers_cpu_build(python: Path, requirement: str) -> bool:
    """Tells whether a mirror or a folder of wheels that pip is set to use has the +cpu build; pip then prefers it."""
    name, version = requirement.split("==")
    answer = subprocess.run(_pip(python, "index", "versions", name), capture_output=True, text=True).stdout
    offered = next((line for line in answer.splitlines() if line.startswith("Available versions:")), "")
    return f"{version}+cpu" in offered.replace(",", " ").split()


def _install_cpu_build(python: Path, requirement: str) -> None:
    """Takes PyTorch alone from its index, so that no other package can come from there."""
    try:
        with urllib.request.urlopen(f"{CPU_INDEX}/torch/", timeout=15):
            pass
    except (urllib.error.URLError, TimeoutError) as problem:
        print(f"PyTorch's CPU index cannot be reached ({problem}); pip may now fetch several GB of CUDA libraries.")
        return
    run(*_pip(python, "install"), "--no-deps", "--index-url", CPU_INDEX, requirement)


def _pip(python: Path, *words: str) -> list[str]:
    return [str(python), "-m", "pip", "--disable-pip-version-check", *words]


if __name__ == "__main__":
    main()
