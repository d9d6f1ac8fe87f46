"""What takes a moment and ends in a report: tag lists in and out, the shortlist out, the statistics."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.controllers.lane import Lane

_PATIENCE_MS = 400
"""Whoever asked wonders by then whether anything happens."""


class TaskQueue(QObject):
    """Run one recipe after the other; hand each outcome to its on_done."""

    failed = Signal(Exception)
    took_long = Signal(bool)
    """True where the work goes on for longer than a moment; False once that has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane("tasks", self, every_one_counts=True)
        self._on_done: list[Callable[[Any], None]] = []
        self._takes_long = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._tell_long(True))
        self._lane.finished.connect(self._on_finished)
        self._lane.failed.connect(self._on_failed)
        self._lane.busy_changed.connect(self._on_busy)

    def run(self, recipe: Callable[..., Any], *args: object, on_done: Callable[[Any], None]) -> None:
        """Run recipe(job, *args) off the GUI thread, then on_done(outcome) in it."""
        self._on_done.append(on_done)
        self._lane.start(recipe, *args)

    def close(self) -> None:
        self._lane.close()

    def _on_finished(self, outcome: object) -> None:
        # on_done may open a dialog, whose own event loop must not run before the lane has heard that this run is over
        QTimer.singleShot(0, self, partial(self._on_done.pop(0), outcome))

    def _on_failed(self, error: Exception) -> None:
        self._on_done.pop(0)
        self.failed.emit(error)

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._tell_long(False)

    def _tell_long(self, takes_long: bool) -> None:
        if takes_long != self._takes_long:
            self._takes_long = takes_long
            self.took_long.emit(takes_long)
