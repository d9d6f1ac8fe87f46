"""Whether a place answers at all: asked by another process, which can be left behind where a thread cannot.

A process with a thread in a call that the system never answers does not end, even when it is killed.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from bgm_finder.drives.waiting import in_thread, is_done_in_time

_pending: "dict[bytes, Future[None]]" = {}
"""Questions that were not answered yet: the same question asked again waits for the same process."""
_processes: "set[subprocess.Popen[bytes]]" = set()
_guard = threading.Lock()


def answers(place: bytes, is_cancelled: Callable[[], bool], timeout_s: float) -> bool:
    """Return whether the system says in time what is at a place and, if that is a folder, what it holds.

    A link is followed; what is not there has answered. Raises Cancelled.
    """
    return is_done_in_time(_asked(place), is_cancelled, timeout_s)


def is_waited_for_below(point: bytes) -> bool:
    """Return whether anything below a mount point, or that itself, has been asked and has not answered yet."""
    with _guard:
        return any(place == point or place.startswith(point.rstrip(b"/") + b"/") for place in _pending)


def _asked(place: bytes) -> "Future[None]":
    with _guard:
        if place not in _pending:
            _pending[place] = in_thread(partial(_ask, place), "asks a drive")
        return _pending[place]


def _ask(place: bytes) -> None:
    try:
        process = _begin(place)
        if process is None:
            _look(place)
        else:
            process.wait()
            _processes.discard(process)
    finally:
        with _guard:
            del _pending[place]


def _begin(place: bytes) -> "subprocess.Popen[bytes] | None":
    """Return the process that asks, or None where there is no program for it; Windows' find is another one."""
    if sys.platform == "win32":
        return None
    words: list[str | bytes] = ["find", "-H", place, "-maxdepth", "0", "-empty"]
    nowhere = subprocess.DEVNULL
    try:  # in a session of its own, as Ctrl+C is this process' to answer
        process = subprocess.Popen(words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return None
    _processes.add(process)
    return process


def _look(place: bytes) -> None:
    """Ask the same within this process: a program whose thread waits for a share can be ended on Windows."""
    with suppress(OSError), os.scandir(place) as entries:  # an error is an answer too
        next(entries, None)


@atexit.register
def _end_all() -> None:
    """Leave no process behind that a signal can end; those of a share that is silent for good would wait for ever."""
    for process in tuple(_processes):
        process.terminate()
