"""Which libraries of the system Qt lacks, and the Debian packages that have them.

Qt itself would end the process with a message that blames libxcb-cursor0, whatever is missing.
"""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from bgm_finder import paths


def missing_libraries() -> str | None:
    """Return in a sentence what keeps Qt from reaching the screen; None where nothing does, or it cannot be told."""
    if not sys.platform.startswith("linux") or getattr(sys, "frozen", False):  # the built app has Qt laid out anew
        return None
    plugins = [plugin for plugin in map(_plugin, _platforms()) if plugin is not None]
    problems = [problem for problem in map(_problem, plugins) if problem]
    if not plugins or len(problems) < len(plugins):  # Qt takes the first that loads
        return None
    return problems[-1] + _advice()


def _platforms() -> list[str]:
    """Return the names of Qt's plugins for this screen, as Qt chooses them."""
    if asked := os.environ.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in asked.split(";")]
    screens = (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb"))
    return [name for variable, name in screens if os.environ.get(variable)]


def _plugin(platform: str) -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    return path if path.exists() else None


def _problem(library: Path | str) -> str:
    """Return why a library cannot be loaded, in the loader's words; nothing where it can."""
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        return str(error)
    return ""


def _advice() -> str:
    """Name the packages of all libraries in the table that are not there."""
    lines = paths.resource("system_libraries.txt").read_text(encoding="utf-8").splitlines()
    table = [line.split() for line in lines if not line.startswith("#")]
    packages = dict.fromkeys(package for library, package in table if _problem(library))
    if not packages:
        return ""
    return f" (on Debian or Ubuntu: sudo apt-get install {' '.join(packages)})"
