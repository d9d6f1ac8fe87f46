"""What takes a moment and ends in a report: tag lists in and out, the shortlist out, the statistics."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane


class Chores(QObject):
    """Runs one recipe after the other; hands each outcome to whoever asked."""

    failed = Signal(Exception)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane("chores", self, every_one_counts=True)
        self._on_done: list[Callable[[Any], None]] = []
        self._lane.finished.connect(lambda outcome: self._on_done.pop(0)(outcome))
        self._lane.failed.connect(self._on_failed)
        self._lane.busy_changed.connect(self.busy_changed)

    def run(self, recipe: Callable[..., Any], *args: object, on_done: Callable[[Any], None]) -> None:
        """Runs recipe(job, *args) off the GUI thread, then on_done(outcome) in it."""
        self._on_done.append(on_done)
        self._lane.start(recipe, *args)

    def close(self) -> None:
        self._lane.close()

    def _on_failed(self, error: Exception) -> None:
        self._on_done.pop(0)
        self.failed.emit(error)
