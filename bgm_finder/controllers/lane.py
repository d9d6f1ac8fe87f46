"""The only bridge between threads and Qt: runs recipes off the GUI thread and brings their answers back."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal

from bgm_finder.catalogue.connections import keep_connections
from bgm_finder.jobs.job import Cancelled, Job, Progress
from bgm_finder.reasons import RefusalError

_log = logging.getLogger(__name__)


class Lane(QObject):
    """One kind of work. A new start makes the one before it stale: it is asked to stop, and its answer is dropped.

    With every_one_counts no start makes another stale; they run one after the other.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(Exception)
    busy_changed = Signal(bool)
    _arrived = Signal(object, str, object)

    def __init__(
        self,
        name: str,
        parent: QObject | None = None,
        every_one_counts: bool = False,
        executor: Executor | None = None,
    ) -> None:
        """executor: a thread shared with other lanes; whoever made it shuts it down."""
        super().__init__(parent)
        self._executor = executor or thread_of(f"lane-{name}")
        self._owns_executor = executor is None
        self._every_one_counts = every_one_counts
        self._jobs: list[Job] = []
        self._is_closed = False
        self._arrived.connect(self._on_arrived)

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    @property
    def job(self) -> Job | None:
        """The newest run, while it lasts."""
        return self._jobs[-1] if self._jobs else None

    def start(self, recipe: Callable[..., Any], *args: object, **named: object) -> None:
        """Run recipe(job, *args, **named) in the lane's thread."""
        if self._is_closed:
            return
        if not self._every_one_counts:
            self.cancel()
        job = Job()
        job.listen(lambda progress: self._arrived.emit(job, "progressed", progress))
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._executor.submit(self._run, job, recipe, args, named)

    def cancel(self) -> None:
        """Ask all runs to stop; none of their answers will be heard."""
        was_busy = self.is_busy
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        if was_busy:
            self.busy_changed.emit(False)

    def close(self) -> None:
        """Stop the runs and waits for the thread to end; where every one counts, they are finished first.

        Even these do not wait for a file that does not answer.
        """
        if not self._every_one_counts:
            self.cancel()
        for job in self._jobs:
            job.hurry()
        self._is_closed = True
        if self._owns_executor:
            self._executor.shutdown(wait=True, cancel_futures=not self._every_one_counts)

    def _run(self, job: Job, recipe: Callable[..., Any], args: tuple[object, ...], named: dict[str, object]) -> None:
        try:
            job.check()
            outcome, kind = recipe(job, *args, **named), "finished"
        except Cancelled:
            outcome, kind = None, "stopped"
        except Exception as error:  # noqa: BLE001 - every failure crosses the bridge; bugs are logged whole
            _log_failure(getattr(recipe, "__qualname__", str(recipe)), error)
            outcome, kind = error, "failed"
        if not self._is_closed:
            self._arrived.emit(job, kind, outcome)

    def _on_arrived(self, job: Job, kind: str, outcome: object) -> None:
        if job not in self._jobs:
            return  # stale: someone asked for something newer, or pressed stop
        if kind == "progressed":
            assert isinstance(outcome, Progress)
            self.progressed.emit(outcome)
            return
        self._jobs.remove(job)
        if kind == "finished":
            self.finished.emit(outcome)
        elif kind == "failed":
            self.failed.emit(outcome)
        if not self._jobs:
            self.busy_changed.emit(False)


def thread_of(name: str) -> ThreadPoolExecutor:
    """Return an executor of one thread, which keeps its connection to the catalogue."""
    return ThreadPoolExecutor(1, thread_name_prefix=name, initializer=keep_connections)


def _log_failure(recipe: str, error: Exception) -> None:
    """Logs what the user can mend as a line, and a bug with all its steps."""
    if isinstance(error, OSError | RefusalError):
        _log.info("%s: %s (%s)", recipe, type(error).__name__, error)
    else:
        _log.error("%s failed", recipe, exc_info=error)
