"""How long a worker may take for a file: by its processor while it uses it, by the clock while it does not."""

import faulthandler
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOOK_S = 0.2
"""How often a worker's watch looks."""
_STIR_S = 0.002
"""So much processor time is work; who waits for a read uses none at all."""
_LAST = 20
"""So many times its limit is the end in any case, by the clock."""


@dataclass(slots=True)
class _Limit:
    seconds: float
    began_s: float | None = None
    """The processor time when it was first looked at."""
    quiet_looks: int = 0


class Watch:
    """The processor time that this process uses; look is to be called every LOOK_S, always by the same thread.

    It counts looks, not the clock: whoever is stopped or starved does not look either.
    """

    def __init__(self) -> None:
        self.limit: _Limit | None = None
        self._stirred_s = 0.0

    def look(self) -> bool:
        """Return whether this process has worked since it last had; ends it where its limit is reached."""
        used_s = time.process_time() - time.thread_time()  # looking is no work
        has_worked = used_s - self._stirred_s >= _STIR_S
        if has_worked:
            self._stirred_s = used_s
        if (limit := self.limit) is not None:
            limit.began_s = used_s if limit.began_s is None else limit.began_s
            limit.quiet_looks = 0 if has_worked else limit.quiet_looks + 1
            if max(used_s - limit.began_s, limit.quiet_looks * LOOK_S) > limit.seconds:
                os._exit(1)
        return has_worked


_watches: list[Watch] = []
"""That of this process, where it is a worker of ours."""


def begin_watch() -> Watch:
    """Return the watch of this process, which does no work but ours."""
    _watches.append(Watch())
    return _watches[-1]


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End this worker process where the work within takes longer; do nothing in the main process.

    What counts is the processor time that it uses, and the time in which it uses none, as in a read that is never
    answered. Where others keep the processor from it, or the computer sleeps, neither goes on: it gets its time. In a
    process that does other work too, as on a cluster, only the clock counts. A decoder that hangs in C code can be
    ended in no gentler way; the file is then tried alone and given up.
    """
    if multiprocessing.parent_process() is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        longest_s = _LAST * seconds if _watches else seconds
        faulthandler.dump_traceback_later(longest_s, exit=True, file=nowhere)  # whoever holds Python's lock
        for watch in _watches:
            watch.limit = _Limit(seconds)
        try:
            yield
        finally:
            for watch in _watches:
                watch.limit = None
            faulthandler.cancel_dump_traceback_later()
