"""Show a file in the system's file manager, selected where that can be; nothing here waits for it.

Windows' and macOS's ways are their documented ones, and untried.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

from bgm_finder.controllers.session_bus import session_bus
from bgm_finder.gui.file_addresses import address

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"
_ANSWER_MS = 5_000
"""A file manager may have to be started first."""


def reveal(file: Path, parent: QObject, on_failed: Callable[[], object]) -> None:
    """Show the file; on_failed is called where no file manager can be opened."""
    if sys.platform == "win32":
        _start(["explorer", f"/select,{file}"], on_failed)
    elif sys.platform == "darwin":
        _start(["open", "-R", str(file)], on_failed)
    else:
        _ask_file_manager(file, parent, on_failed)


def _start(command: list[str], on_failed: Callable[[], object]) -> None:
    try:
        subprocess.Popen(command)
    except OSError:
        on_failed()


def _ask_file_manager(file: Path, parent: QObject, on_failed: Callable[[], object]) -> None:
    """Ask whichever file manager answers on the session bus to select the file; else open its folder."""
    bus = session_bus()
    if bus is None:
        _open_folder(file, on_failed)
        return
    message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
    message.setArguments([[bytes(address(file).toEncoded().data()).decode("ascii")], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _ANSWER_MS), parent)

    def on_answer() -> None:
        if watcher.isError():
            _open_folder(file, on_failed)
        watcher.deleteLater()

    watcher.finished.connect(on_answer)


def _open_folder(file: Path, on_failed: Callable[[], object]) -> None:
    if not QDesktopServices.openUrl(address(file.parent)):
        on_failed()
