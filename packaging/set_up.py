"""Make .venv in the checkout and installs the package there in place, with a PyTorch that carries no CUDA.

Looks every time whether the environment is whole, which takes a blink. Runs with older Pythons too, to refuse them.
"""

from __future__ import annotations

import hashlib
import platform
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / "constraints.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own: what pip offers by default on Linux brings several GB of CUDA along."""


def main() -> None:
    python = ROOT / ".venv" / "bin" / "python"
    ready, recipe = ROOT / ".venv" / ".ready", _recipe()
    is_whole = _is_whole(python)
    if is_whole and ready.exists() and ready.read_text(encoding="ascii") == recipe:
        return
    if refusal := refuse(sys.version_info[:2]):
        sys.exit(refusal)
    if not is_whole:
        run(sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv"))
    install(python, "--editable", f"{ROOT}[test,training,lab]")
    ready.write_text(recipe, encoding="ascii")


def refuse(version: tuple[int, ...]) -> str:
    """Return why the app cannot be set up with this (major, minor) of Python; nothing where it can."""
    bounds = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"', PROJECT.read_text(encoding="utf-8"), re.MULTILINE)
    assert bounds is not None
    oldest, first_too_new = (3, int(bounds[1])), (3, int(bounds[2]))
    if oldest <= version < first_too_new:
        return ""
    newest = f"{first_too_new[0]}.{first_too_new[1] - 1}"
    reason = "" if version < oldest else "\nFor newer ones, libraries that the app is built on are not to be had yet."
    return (
        f"BGM Finder needs Python {oldest[0]}.{oldest[1]} to {newest}; "
        f"this is {version[0]}.{version[1]} ({sys.executable}).{reason}\n"
        f"If another one is installed, name it: make PYTHON=python{newest} run"
    )


def install(python: Path, *what: str) -> None:
    """Installs with the pinned versions into the environment of that Python, PyTorch's CPU build first."""
    install_torch(python)
    run(*_pip(python, "install"), "--constraint", str(CONSTRAINTS), *what)


def install_torch(python: Path) -> None:
    """Install the pinned PyTorch, without CUDA, where pip alone would bring it along."""
    torch = pinned("torch")
    if platform.system() == "Linux" and not _is_installed(python, torch) and not _pip_offers_cpu_build(python, torch):
        _install_cpu_build(python, torch)


def run(*command: str) -> None:
    """Run a command in the checkout; its failure ends the program with a sentence that names it."""
    if code := subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"Setting up stopped: this failed with code {code}:\n    {' '.join(command)}")


def _recipe() -> str:
    """Return a fingerprint of all that says what belongs in the environment."""
    held = b"".join(path.read_bytes() for path in (PROJECT, CONSTRAINTS, Path(__file__)))
    return hashlib.sha256(held).hexdigest()


def _is_whole(python: Path) -> bool:
    """Tell whether the environment has its pip, made for this place, and the Python it was made with."""
    script = python.parent / "pip"
    if not python.exists() or not script.exists() or str(python) not in script.read_text(encoding="utf-8"):
        return False  # the Python it was made with has gone, or the environment was moved, or never finished
    program = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    return subprocess.run([str(python), "-I", "-c", program], capture_output=True).returncode == 0


def pinned(name: str) -> str:
    """Return the line of constraints.txt that pins the package, such as torch==2.13.0."""
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
    """Take PyTorch alone from its index, so that no other package can come from there."""
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
