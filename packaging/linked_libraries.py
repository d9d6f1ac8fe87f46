"""Write resources/system_libraries.txt: the libraries of the system that the wheels link, and their packages.

Runs on a Debian where all of them are installed (else it names what it could not find); needs binutils.
With --check it only tells what the table lacks; another release of Qt may need less.
"""

import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "resources" / "system_libraries.txt"
HEAD = "# library, Debian's package (its name without t64); written by packaging/linked_libraries.py\n"
PLUGINS = (
    *("generic", "iconengines", "imageformats", "platforminputcontexts", "wayland-decoration-client"),
    *("wayland-graphics-integration-client", "wayland-shell-integration", "xcbglintegrations"),
)
PLATFORMS = ("offscreen", "wayland", "xcb")
MODULES = ("QtCore", "QtDBus", "QtGui", "QtOpenGL", "QtOpenGLWidgets", "QtSvg", "QtTest", "QtWidgets")
"""What pyqtgraph and pytest-qt load is among them."""
LOADED_BY_NAME = ("libportaudio.so.2",)
"""No wheel links it: sounddevice looks for it when it is imported."""
ALWAYS = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libzstd1"}
"""Python, apt and dpkg need them themselves."""


def main() -> None:
    wanted = {name for path in _files_of_qt() for name in _needed(path)}
    wanted = {name for name in wanted if not name.startswith("libQt6")}  # those of Addons; their plugins stay out
    owners = {name: _package(name) for name in sorted({*wanted, *LOADED_BY_NAME} - _names_in_the_wheel())}
    if unknown := [name for name, package in owners.items() if package is None]:
        sys.exit(f"No installed package has these libraries: {' '.join(unknown)}")
    lines = [f"{name} {package}\n" for name, package in owners.items() if package not in ALWAYS]
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")
    elif lacking := set(lines) - set(TABLE.read_text(encoding="utf-8").splitlines(keepends=True)):
        sys.exit(f"{TABLE.name} lacks:\n{''.join(sorted(lacking))}")


def _qt() -> Path:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def _files_of_qt() -> set[Path]:
    """Return PySide6's modules and plugins that the app loads, and what they link within the wheel."""
    place = _qt()
    plugins = place / "Qt" / "plugins"
    found = {path for folder in PLUGINS for path in (plugins / folder).glob("*.so")}
    found |= {plugins / "platforms" / f"libq{name}.so" for name in PLATFORMS}
    found |= {place / f"{name}.abi3.so" for name in MODULES}
    looked_at: set[Path] = set()
    while left := found - looked_at:
        looked_at |= left
        names = {name for path in left for name in _needed(path)}
        found |= {path for name in names for path in ((place / "Qt" / "lib" / name),) if path.exists()}
    return found


def _names_in_the_wheel() -> set[str]:
    return {path.name for folder in (_qt(), _qt().parent / "shiboken6") for path in folder.rglob("*.so*")}


@cache
def _needed(path: Path) -> list[str]:
    told = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE)


def _package(library: str) -> str | None:
    """Return the installed package that has this library, or None."""
    told = subprocess.run(
        ["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout
    names = re.findall(r"^([^:,\s]+)(?::\S+)?: ", told, re.MULTILINE)
    return names[0].removesuffix("t64") if names else None


if __name__ == "__main__":
    main()
