"""The drives and network shares that one job meets: each is asked once, and a silent one costs it one wait."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bgm_finder.drives import waiting
from bgm_finder.drives.answering import answers, is_waited_for_below
from bgm_finder.drives.mounts import mount_of, mount_points
from bgm_finder.drives.waiting import Cancelled, NoAnswer, call_with_timeout

Result = TypeVar("Result")

_NEXT_ANSWER_S = 2.0
"""Whoever did not wake up by then lets the next question wait for less."""
_MOST_SILENT = 8
"""So many threads and processes are left behind for each drive at most; then nothing more is asked of it."""


class Drives:
    """Ask about places and use them, one after the other; one for each job, used by one thread."""

    def __init__(self, is_cancelled: Callable[[], bool]) -> None:
        """is_cancelled: asked while an answer is waited for."""
        self._is_cancelled = is_cancelled
        self._silent: Counter[bytes | None] = Counter()
        """How often each mount point gave no answer; None: places whose drive is not known."""
        self._points = mount_points()
        self._answering = {b"/": True}
        """Whether each drive or share that was asked does answer; without the system's own nothing would run."""

    def check(self) -> None:
        """Raise Cancelled where the job that asks is over."""
        if self._is_cancelled():
            raise Cancelled

    def reaches(self, place: bytes) -> bool:
        """Return whether the drive on which an absolute place lies answers, as far as known. Raises Cancelled."""
        point = mount_of(place, self._points)
        return point is None or self._answers(point, point)

    def is_answered(self, path: Path) -> bool:
        """Return whether the system says what is at a path, links and all, or that nothing is. Raises Cancelled.

        Asks more than whether its drive answers, so it is for the few places that a user names.
        """
        place = _bytes(path)
        point = mount_of(place, self._points)
        if point is None:
            return self._answers(place, point)
        if is_waited_for_below(point):  # then one process more asks for the drive, not one for each of its files
            self._answers(point, point)
        if not self._answering.get(point, True) or not self._answers(place, point):
            return False
        self._answering[point] = True
        return True

    def require_answer(self, path: Path) -> None:
        """Raise NoAnswer where is_answered is False."""
        if not self.is_answered(path):
            raise NoAnswer(path)

    def call(self, path: Path, function: Callable[[], Result], progress: Callable[[], int] = lambda: 0) -> Result:
        """Return what a function that uses a path returns; its thread is left behind where that takes too long.

        Raises what the function raises, Cancelled, and NoAnswer where it makes no progress for too long.
        """
        point = mount_of(_bytes(path), self._points)
        if self._silent[point] >= _MOST_SILENT or not self.reaches(_bytes(path)):
            raise NoAnswer(path)
        try:
            return call_with_timeout(path, function, self._is_cancelled, self._timeout_s(point), progress)
        except NoAnswer:
            self._silent[point] += 1
            raise

    def resolved(self, path: Path) -> Path:
        """Return a path as what it is itself, without links. Raises NoAnswer, Cancelled."""
        return self.call(path, path.resolve)

    def folder_at(self, path: Path) -> Path | None:
        """Return the folder at a path as what it is itself, or None where there is none. Raises NoAnswer, Cancelled."""
        return self.call(path, lambda: path.resolve() if path.is_dir() else None)

    def _answers(self, place: bytes, point: bytes | None) -> bool:
        if place not in self._answering:
            is_asked = self._silent[point] < _MOST_SILENT
            self._answering[place] = is_asked and answers(place, self._is_cancelled, self._timeout_s(point))
            self._silent[point] += not self._answering[place]
        return self._answering[place]

    def _timeout_s(self, point: bytes | None) -> float:
        return _NEXT_ANSWER_S if self._silent[point] else waiting.ANSWER_S


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.absolute())
