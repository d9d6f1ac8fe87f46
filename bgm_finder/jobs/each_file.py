"""One piece of work for each of many files, side by side; a file that breaks its worker costs only itself."""

import logging
import os
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, RefusalError, Unreadable

Key = TypeVar("Key")
Result = TypeVar("Result")

_log = logging.getLogger(__name__)

MakeExecutor = Callable[[], Executor]
_IN_FLIGHT = 2 * (os.cpu_count() or 1)
"""Enough that no worker waits, few enough that a stop loses little."""
_HOPELESS = 3
"""When so many files in a row end their workers and none was ever finished, it is not the files' fault."""
_LOOK_S = 0.1
"""How often a stop or pause is looked for while files are worked on."""
FILE_LONGEST_S = 960.0
"""A little more than a worker that only waits gives one file: whoever waits longer cannot even end itself."""


class WorkersFail(RefusalError):  # noqa: N818 - named for what happened
    """The worker processes end, or meet mistakes of ours, before they have done anything."""

    kind = "analysis"


def each_file(
    job: Job,
    make_executor: MakeExecutor,
    work: Callable[[Path], Result],
    files: Iterable[tuple[Key, Path]],
    requested: Callable[[], Iterable[Key]] = tuple,
    longest_s: float = FILE_LONGEST_S,
) -> Iterator[tuple[Key, Path, Result | Unreadable]]:
    """Yield each file's key and path with its result, or with why it cannot be read, as they are done.

    No key comes twice. requested: asked for the keys of the files that go before all others now, the likeliest first.
    longest_s: where no file is done and no worker seen to work for so long, reading is taken to be stuck in the system,
    as on a vanished share.
    work must be picklable where the executor has processes. The executor is shut down at the end, or on Cancelled.
    A mistake of ours that work meets costs the one file too, and its traceback is logged as an error. Raises
    WorkersFail where no worker lives long enough to finish anything, and what work raises that is about no file.
    """
    run = _Run(make_executor, _Carried(work), files, requested, longest_s)
    try:
        while run.is_unfinished:
            job.check()
            yield from run.step()
    finally:
        run.close()


class _Mistake(Exception):  # noqa: N818 - a mistake of ours
    """An error that work should have explained; as text, since not every error can travel between processes."""


@dataclass(frozen=True, slots=True)
class _Carried(Generic[Result]):
    """Work that raises nothing but errors which mean something to its caller."""

    work: Callable[[Path], Result]

    def __call__(self, path: Path) -> Result:
        try:
            return self.work(path)
        except MemoryError:
            raise Unreadable(path, Reason.TOO_LITTLE_MEMORY) from None
        except RefusalError:
            raise
        except Exception as error:
            raise _Mistake("".join(traceback.format_exception(error))) from None


class _Run(Generic[Key, Result]):
    def __init__(
        self,
        make_executor: MakeExecutor,
        work: Callable[[Path], Result],
        files: Iterable[tuple[Key, Path]],
        requested: Callable[[], Iterable[Key]],
        longest_s: float,
    ) -> None:
        self._make_executor = make_executor
        self._work = work
        self._waiting = OrderedDict(files)
        self._requested = requested
        self._longest_s = longest_s
        self._quiet_looks = 0
        """Looks since a file was last begun with idle workers, or done, or seen to be worked on."""
        self._worked_s = 0.0
        self._flying: dict[Future[Result], tuple[Key, Path]] = {}
        self._suspects: deque[tuple[Key, Path]] = deque()
        """Files in flight when a worker died: one of them did it, so each is tried alone."""
        self._alone: Future[Result] | None = None
        self._blamed: list[tuple[Key, Path, Unreadable]] | None = []
        """Files that seem to be at fault, held back until any worker has finished anything; None from then on."""
        self._executor: Executor | None = None

    @property
    def is_unfinished(self) -> bool:
        return bool(self._waiting or self._flying or self._suspects)

    def step(self) -> Iterator[tuple[Key, Path, Result | Unreadable]]:
        """Keep the workers busy and yield what is done by now."""
        self._fill()
        done, _ = wait(self._flying, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        self._quiet_looks = 0 if done or self._goes_on() else self._quiet_looks + 1
        if self._quiet_looks * _LOOK_S > self._longest_s:  # the clock would count while this computer sleeps
            yield from self._give_up()
        for future in done:
            key, path = self._flying.pop(future)
            try:
                result = future.result()
            except Unreadable as error:
                yield from self._alive()
                yield key, path, error
            except _Mistake as mistake:
                _log.error("%s meets a mistake of this program:\n%s", path, mistake)
                yield from self._blame(key, path, Reason.INTERNAL_ERROR)
            except (BrokenExecutor, CancelledError):
                self.close()
                yield from self._suspect(future, key, path)
            else:
                yield from self._alive()
                yield key, path, result

    def close(self) -> None:
        """Let the workers end; files in flight that are not done are cancelled."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _goes_on(self) -> bool:
        """Whether a worker was seen to work since this was last asked; only our own processes tell."""
        before, self._worked_s = self._worked_s, float(getattr(self._executor, "worked_s", 0.0))
        return self._worked_s != before

    def _give_up(self) -> Iterator[tuple[Key, Path, Unreadable]]:
        """Leave workers that are stuck; one of the files in flight did it."""
        self.close()
        stuck, self._flying = self._flying, {}
        for future, (key, path) in stuck.items():
            yield from self._suspect(future, key, path, Reason.NO_ANSWER)

    def _suspect(
        self, future: Future[Result], key: Key, path: Path, reason: Reason = Reason.STOPS_DECODER
    ) -> Iterator[tuple[Key, Path, Unreadable]]:
        if future is self._alone:
            yield from self._blame(key, path, reason)
        else:
            self._suspects.append((key, path))

    def _alive(self) -> Iterator[tuple[Key, Path, Unreadable]]:
        """Note that workers can work, so that those files are to blame at which they did not."""
        blamed, self._blamed = self._blamed or [], None
        yield from blamed

    def _blame(self, key: Key, path: Path, reason: Reason) -> Iterator[tuple[Key, Path, Unreadable]]:
        if self._blamed is None:
            yield key, path, Unreadable(path, reason)
            return
        self._blamed.append((key, path, Unreadable(path, reason)))
        if len(self._blamed) >= _HOPELESS:
            raise WorkersFail(Reason.WORKERS_FAIL)
        if not (self._waiting or self._flying or self._suspects):
            yield from self._alive()

    def _fill(self) -> None:
        if self._suspects:
            if not self._flying:
                self._alone = self._submit(*self._suspects.popleft())
            return
        while self._waiting and len(self._flying) < self._most_in_flight and not self._suspects:
            self._submit(*self._next())

    @property
    def _most_in_flight(self) -> int:
        """Return how many an executor says that it can take, or enough for the processors of this computer."""
        return int(getattr(self._executor, "at_once", _IN_FLIGHT))

    def _next(self) -> tuple[Key, Path]:
        for key in self._requested():
            if key in self._waiting:
                return key, self._waiting.pop(key)
        return self._waiting.popitem(last=False)

    def _submit(self, key: Key, path: Path) -> Future[Result] | None:
        if self._executor is None:
            self._executor = self._make_executor()
        if not self._flying:
            self._quiet_looks = 0
        try:
            future = self._executor.submit(self._work, path)
        except BrokenExecutor:  # it died since it was last heard of
            self.close()
            self._suspects.append((key, path))
            return None
        self._flying[future] = key, path
        return future
