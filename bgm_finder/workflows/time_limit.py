"""How long a worker may take for a file: by its processor while it uses it, by the clock while it does not."""

import faulthandler
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOKS = 100
"""How often is looked within a limit whether the work goes on."""
_STIR_S = 0.002
"""So much processor time between looks is work; who waits for a read uses none at all."""
_LAST = 20
"""So many times its limit is the end in any case, by the clock."""

Tell = Callable[[], None]
_tell: list[Tell] = []
"""Who is told that the work goes on, where this process does no other work."""


def tell_of_work(tell: Tell) -> None:
    """Has someone told while this process works on a file and does not only wait; it must do no other work."""
    _tell.append(tell)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Ends this worker process where the work within takes longer; does nothing in the main process.

    What counts is the processor time that it uses, and the time in which it uses none, as in a read that is never
    answered. Where others keep the processor from it, or the computer sleeps, neither goes on, and it gets its time.
    A decoder that hangs in C code can be ended in no gentler way; the file is then tried alone and given up.
    """
    if multiprocessing.parent_process() is None:
        yield
        return
    done = threading.Event()
    longest_s = _LAST * seconds if _tell else seconds
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(longest_s, exit=True, file=nowhere)  # whoever holds Python's lock
        if _tell:
            threading.Thread(target=_watch, args=(done, seconds), name="time limit", daemon=True).start()
        try:
            yield
        finally:
            done.set()
            faulthandler.cancel_dump_traceback_later()


def _watch(done: threading.Event, seconds: float) -> None:
    """Counts looks, not the clock: whoever is stopped or starved does not look either."""
    began_s = stirred_s = _used_s()
    quiet_looks = 0
    while not done.wait(seconds / _LOOKS):
        used_s = _used_s()
        quiet_looks += 1
        if used_s - stirred_s >= _STIR_S:
            stirred_s, quiet_looks = used_s, 0
            for tell in _tell:
                tell()
        if used_s - began_s > seconds or quiet_looks > _LOOKS:
            os._exit(1)


def _used_s() -> float:
    """Gives the processor time of this process but for the looking."""
    return time.process_time() - time.thread_time()
