"""The log file: rotating, and without the names of the user's files unless they want them in it."""

import faulthandler
import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_KEPT_BYTES, _KEPT_FILES = 500_000, 2
_PATH = re.compile(r"""(?:\b[A-Za-z]:)?[\\/][^\n"']*""")
"""From a slash to the end of the line or of the quotes: a name may hold spaces, brackets and colons."""
_OURS = re.compile(r".*[\\/](bgm_finder|site-packages|lib[\\/]python[\d.]+)[\\/]")
_CODE = re.compile(r"\.pyc?$")

_log = logging.getLogger("bgm_finder")


class PrivateFormatter(logging.Formatter):
    """Write paths of code from the package on, and of all other files nothing."""

    def format(self, record: logging.LogRecord) -> str:
        return without_names(super().format(record))


def without_names(text: str) -> str:
    """Return the text with every path in it left out, except those of program code."""
    return _PATH.sub(lambda found: _shown(found.group()), text)


def start_log(folder: Path, with_names: bool = False) -> None:
    """Send the log to a file in the folder, and every error that nobody caught to the log.

    Where the folder cannot be written, the log goes to stderr.
    """
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "bgm-finder.log",
            maxBytes=_KEPT_BYTES,
            backupCount=_KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.StreamHandler()
    kind = logging.Formatter if with_names else PrivateFormatter
    handler.setFormatter(kind("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    sys.excepthook = _log_bug
    threading.excepthook = lambda args: _log_bug(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def last_lines(folder: Path, count: int = 200) -> list[str]:
    """Return the log's last lines, without names; empty where there is no log."""
    try:
        text = (folder / "bgm-finder.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return without_names(text).splitlines()[-count:]


def watch_for_crashes(folder: Path) -> Path | None:
    """Let Python write down where it was if it dies in C code; return what it wrote so the last time, if it did."""
    now, last = folder / "crash.txt", folder / "last-crash.txt"
    try:
        has_crashed = now.exists() and now.stat().st_size > 0
        if has_crashed:
            now.replace(last)
        faulthandler.enable(now.open("w", encoding="utf-8"))  # stays open as long as the app runs
    except OSError:
        return None
    return last if has_crashed else None


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("a bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _shown(path: str) -> str:
    return _OURS.sub(r"\1/", path) if _CODE.search(path) and _OURS.match(path) else "…"
