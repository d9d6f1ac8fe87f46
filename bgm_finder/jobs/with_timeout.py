"""Files that may never answer, as on a vanished share: read in a thread that can be left behind."""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Unreadable

Result = TypeVar("Result")

_LOOK_S = 0.05
"""How soon a cancelled job is let go."""
ANSWER_S = 15.0
"""What the slowest drive takes to wake up and to give a file's beginning."""
LONGEST_S = 120.0
"""What any honest file's windows take."""


def call_with_timeout(job: Job, path: Path, read: Callable[[], Result], longest_s: float | None = LONGEST_S) -> Result:
    """Return what read gives of a file, but waits for it no longer than the job is wanted, nor than longest_s.

    Else the thread that reads is left behind; it ends when the file answers. Raises what read raises, Cancelled, and
    Unreadable where nothing came in time. What counts is how often was looked in vain, not the clock: whoever is
    starved by other programs, or asleep with the computer, does not look either.
    """
    answer: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
    threading.Thread(target=_read, args=(read, answer), name="reading", daemon=True).start()
    looks = 0
    while True:
        try:
            result, error = answer.get(timeout=_LOOK_S)
        except Empty:
            job.check_wait()
            looks += 1
            if longest_s is not None and looks * _LOOK_S > longest_s:
                raise Unreadable(path, Reason.NO_ANSWER) from None
            continue
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]


def _read(read: Callable[[], Any], answer: SimpleQueue[tuple[Any, BaseException | None]]) -> None:
    try:
        answer.put((read(), None))
    except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
        answer.put((None, error))
