"""What is dropped on the window or pasted, on its way to those whom it concerns."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane, Policy
from bgm_finder.workflows import arrivals
from bgm_finder.workflows.arrivals import Arrivals


class DroppedFiles(QObject):
    """Ask the file system what came, off the GUI thread, one drop after the other."""

    folders = Signal(list)
    files = Signal(list)
    nothing = Signal()
    failed = Signal(Exception)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane[Arrivals]("dropped", self, Policy.QUEUE)
        self._lane.finished.connect(self._on_sorted)
        self._lane.failed.connect(self.failed)

    def take(self, paths: list[Path]) -> None:
        """Take files and folders."""
        if paths:
            self._lane.start(arrivals.sort_arrivals, paths)

    def take_text(self, text: str) -> None:
        """Take what may be the path of a file."""
        self._lane.start(arrivals.file_named, text)

    def close(self) -> None:
        self._lane.cancel()  # else it would be waited for
        self._lane.close()

    def _on_sorted(self, found: Arrivals) -> None:
        if found.folders:
            self.folders.emit(list(found.folders))
        if found.files:
            self.files.emit(list(found.files))
        if found.silent is not None:
            self.failed.emit(found.silent)
        elif not (found.folders or found.files):
            self.nothing.emit()
