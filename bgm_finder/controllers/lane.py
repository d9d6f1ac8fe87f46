"""The only bridge between threads and Qt: runs recipes off the GUI thread and brings their answers back."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from enum import Enum
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast

from PySide6.QtCore import QObject, Signal, SignalInstance

from bgm_finder.catalogue.connections import keep_connections
from bgm_finder.jobs.job import Cancelled, Job, Progress
from bgm_finder.reasons import RefusalError

_log = logging.getLogger(__name__)


P = ParamSpec("P")
T = TypeVar("T")


class TypedSignal(Protocol[T]):
    """A signal of one argument whose type mypy knows: Qt's own takes any function."""

    def connect(self, slot: "Callable[[T], object] | TypedSignal[T] | SignalInstance", /) -> object: ...

    def disconnect(self, slot: Callable[[T], object], /) -> bool: ...

    def emit(self, value: T, /) -> None: ...


class Policy(Enum):
    """What a start means for the runs before it."""

    LATEST = "latest"
    """They are stale: asked to stop, and their answers are dropped."""
    QUEUE = "queue"
    """They are finished first."""


class Lane(QObject, Generic[T]):
    """One kind of work: recipes that take a Job and return a T, run one at a time."""

    progressed: TypedSignal[Progress] = cast(Any, Signal(object))
    finished: TypedSignal[T] = cast(Any, Signal(object))
    failed: TypedSignal[Exception] = cast(Any, Signal(Exception))
    busy_changed: TypedSignal[bool] = cast(Any, Signal(bool))
    _arrived = Signal(object, str, object)

    def __init__(
        self,
        name: str,
        parent: QObject | None = None,
        policy: Policy = Policy.LATEST,
        executor: Executor | None = None,
    ) -> None:
        """executor: a thread shared with other lanes; whoever made it shuts it down."""
        super().__init__(parent)
        self._executor = executor or thread_of(f"lane-{name}")
        self._owns_executor = executor is None
        self._policy = policy
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

    def start(self, recipe: Callable[Concatenate[Job, P], T], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run recipe(job, *args, **kwargs) in the lane's thread."""
        if self._is_closed:
            return
        if self._policy is Policy.LATEST:
            self.cancel()
        job = Job()
        job.listen(lambda progress: self._bring(job, "progressed", progress))
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        name = getattr(recipe, "__qualname__", str(recipe))
        self._executor.submit(self._run, job, name, lambda: recipe(job, *args, **kwargs))

    def cancel(self) -> None:
        """Ask all runs to stop; none of their answers will be heard."""
        was_busy = self.is_busy
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        if was_busy:
            self.busy_changed.emit(False)

    def close(self) -> None:
        """Stop the runs and wait for the thread to end; queued ones are finished first.

        Even these do not wait for a file that does not answer.
        """
        if self._policy is Policy.LATEST:
            self.cancel()
        for job in self._jobs:
            job.hurry()
        self._is_closed = True
        if self._owns_executor:
            self._executor.shutdown(wait=True, cancel_futures=self._policy is Policy.LATEST)

    def _run(self, job: Job, name: str, call: Callable[[], T]) -> None:
        outcome: object
        try:
            job.check()
            outcome, kind = call(), "finished"
        except Cancelled:
            outcome, kind = None, "stopped"
        except Exception as error:  # noqa: BLE001 - every failure crosses the bridge; bugs are logged whole
            _log_failure(name, error)
            outcome, kind = error, "failed"
        self._bring(job, kind, outcome)

    def _bring(self, job: Job, kind: str, outcome: object) -> None:
        if not self._is_closed:  # else nobody listens, and a thread that is not waited for may outlive the lane
            self._arrived.emit(job, kind, outcome)

    def _on_arrived(self, job: Job, kind: str, outcome: Any) -> None:
        if job not in self._jobs:
            return  # stale: someone asked for something newer, or pressed stop
        if kind == "progressed":
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
    """Log what the user can repair as a line, and a bug with all its steps."""
    if isinstance(error, OSError | RefusalError):
        _log.info("%s: %s (%s)", recipe, type(error).__name__, error)
    else:
        _log.error("%s failed", recipe, exc_info=error)
