"""Waiting for what may never come: no longer than it is wanted, and no longer than a time limit.

A call that the system never answers cannot be ended, so it runs in a thread that is left behind and ends should the
answer ever come. Until then it keeps this process from ending, even when it is killed; what may hang there is first
asked for by another process, see answering.py.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from errno import ETIMEDOUT
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

ANSWER_S = 15.0
"""What the slowest drive takes to wake up and to give a file's beginning."""
_LOOK_S = 0.05
"""How soon a cancelled wait ends."""


class Cancelled(Exception):  # noqa: N818 - not an error: someone pressed stop
    """It was stopped on purpose; what had been finished is kept."""


class NoAnswer(TimeoutError):  # noqa: N818 - says what happened
    """A drive or share did not answer in time; an OSError that names the path."""

    def __init__(self, path: Path) -> None:
        super().__init__(ETIMEDOUT, os.strerror(ETIMEDOUT), str(path))


def is_done_in_time(
    future: "Future[Any]",
    is_cancelled: Callable[[], bool],
    timeout_s: float | None,
    progress: Callable[[], int] = lambda: 0,
) -> bool:
    """Wait for a future; return False once it has made no progress for so long. Raises Cancelled.

    What counts is how often was looked in vain, not the clock: who is starved by other programs, or asleep with the
    computer, does not look either.
    """
    seen, looks = progress(), 0
    while True:
        if is_cancelled():
            raise Cancelled
        if wait([future], _LOOK_S).done:
            return True
        looks = looks + 1 if progress() == seen else 0
        seen = progress()
        if timeout_s is not None and looks * _LOOK_S >= timeout_s:
            return False


def in_thread(function: Callable[[], Result], name: str) -> "Future[Result]":
    """Return the result to come of a function that runs in a thread of its own, which may be left behind."""
    future: Future[Result] = Future()
    threading.Thread(target=_run, args=(function, future), name=name, daemon=True).start()
    return future


def call_with_timeout(
    path: Path,
    function: Callable[[], Result],
    is_cancelled: Callable[[], bool],
    timeout_s: float | None = None,
    progress: Callable[[], int] = lambda: 0,
) -> Result:
    """Return what a function that uses a path returns; else leave its thread behind.

    is_cancelled is asked all the time. timeout_s: how long without progress is too long; None: there is no limit.
    Raises what the function raises, Cancelled, and NoAnswer where nothing came in time.
    """
    if is_cancelled():
        raise Cancelled
    future = in_thread(function, "uses a drive")
    if not is_done_in_time(future, is_cancelled, timeout_s, progress):
        raise NoAnswer(path)
    return future.result()


def _run(function: Callable[[], Any], future: "Future[Any]") -> None:
    try:
        future.set_result(function())
    except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
        future.set_exception(error)
