"""What takes a moment and ends in a report: tag lists in and out, the shortlist out, the statistics."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.controllers.lane import Lane, Policy
from bgm_finder.jobs.job import Job

P = ParamSpec("P")
T = TypeVar("T")

_DELAY_MS = 400
"""Whoever asked wonders by then whether anything happens."""


class Task(Generic[T]):
    """A recipe that was asked for, and who is handed what it returns."""

    def __init__(self) -> None:
        self._on_done: Callable[[T], object] | None = None

    def then(self, on_done: Callable[[T], object]) -> None:
        """Call on_done(outcome) in the GUI thread, once the recipe has returned."""
        self._on_done = on_done

    def finish(self, outcome: T) -> None:
        """Hand the outcome over; called in the GUI thread."""
        if self._on_done is not None:
            self._on_done(outcome)


class TaskQueue(QObject):
    """Run one recipe after the other; a failure is reported for all of them by one signal."""

    failed = Signal(Exception)
    took_long = Signal(bool)
    """True where the work goes on for longer than a moment; False once that has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane[Callable[[], None]]("tasks", self, Policy.QUEUE)
        self._takes_long = False
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(lambda: self._tell_long(True))
        # then() may open a dialog, whose own event loop must not run before the lane has heard that this run is over
        self._lane.finished.connect(lambda finish: QTimer.singleShot(0, self, finish))
        self._lane.failed.connect(self.failed)
        self._lane.busy_changed.connect(self._on_busy)

    def run(self, recipe: Callable[Concatenate[Job, P], T], /, *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """Run recipe(job, *args, **kwargs) off the GUI thread; the task's then() says who gets what it returns."""
        task = Task[T]()

        @wraps(recipe)  # the log names it
        def run_recipe(job: Job) -> Callable[[], None]:
            return partial(task.finish, recipe(job, *args, **kwargs))

        self._lane.start(run_recipe)
        return task

    def close(self) -> None:
        self._lane.close()

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._delay.start()
        else:
            self._delay.stop()
            self._tell_long(False)

    def _tell_long(self, takes_long: bool) -> None:
        if takes_long != self._takes_long:
            self._takes_long = takes_long
            self.took_long.emit(takes_long)
