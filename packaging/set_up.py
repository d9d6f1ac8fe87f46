"""Makes .venv in the checkout and installs the package there in place, with a PyTorch that carries no CUDA."""

import platform
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own: what pip offers by default on Linux brings several GB of CUDA along."""
OLDEST_PYTHON = (3, 11)


def main() -> None:
    _check_python()
    if not _has_pip():
        _run(sys.executable, "-m", "venv", "--clear", str(VENV))
    torch = _pinned("torch")
    if platform.system() == "Linux" and not _is_installed(torch) and not _pip_offers_cpu_build(torch):
        _install_cpu_build(torch)
    _run(*_pip("install"), "--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[test,training]")


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"BGM Finder needs Python 3.11 or newer; this is {platform.python_version()} ({sys.executable}).\n"
            "If a newer one is installed, name it: make PYTHON=python3.12 run"
        )


def _has_pip() -> bool:
    if not PYTHON.exists():  # also where the Python it was made with has gone
        return False
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0


def _pinned(name: str) -> str:
    """Gives the line of constraints.txt that pins the package, such as torch==2.13.0."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return next(line.split("#")[0].strip() for line in lines if line.startswith(f"{name}=="))


def _is_installed(requirement: str) -> bool:
    name, version = requirement.split("==")
    program = f"from importlib.metadata import version; print(version({name!r}))"
    found = subprocess.run([str(PYTHON), "-c", program], capture_output=True, text=True).stdout.strip()
    return found.split("+")[0] == version


def _pip_offers_cpu_build(requirement: str) -> bool:
    """Tells whether a mirror or a folder of wheels that pip is set to use has the +cpu build; pip then prefers it."""
    name, version = requirement.split("==")
    answer = subprocess.run(_pip("index", "versions", name), capture_output=True, text=True).stdout
    offered = next((line for line in answer.splitlines() if line.startswith("Available versions:")), "")
    return f"{version}+cpu" in offered.replace(",", " ").split()


def _install_cpu_build(requirement: str) -> None:
    """Takes PyTorch alone from its index, so that no other package can come from there."""
    try:
        with urllib.request.urlopen(f"{CPU_INDEX}/torch/", timeout=15):
            pass
    except (urllib.error.URLError, TimeoutError) as problem:
        print(f"PyTorch's CPU index cannot be reached ({problem}); pip may now fetch several GB of CUDA libraries.")
        return
    _run(*_pip("install"), "--no-deps", "--index-url", CPU_INDEX, requirement)


def _pip(*words: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words]


def _run(*command: str) -> None:
    if code := subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"Setting up stopped: this failed with code {code}:\n    {' '.join(command)}")


if __name__ == "__main__":
    main()
