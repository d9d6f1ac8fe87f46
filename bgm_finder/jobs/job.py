"""The token of one run of a recipe: how far it is, and whether someone wants it to wait or stop."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bgm_finder.drives.waiting import Cancelled

__all__ = ["Cancelled", "Job", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    done: int
    total: int
    label: str = ""
    """What is worked on now, such as a file's name."""
    stage: str = ""
    """Which part of the work this is, such as "listen" or "draw"."""
    seconds_left: float | None = None


_GRACE_S = 2.0
"""What a run that is hurried still waits for whatever may never answer."""
_PACE_S = 3.0
"""A run is watched for so long, from the first piece on, before its pace is taken to foretell anything."""


class Job:
    """Handed to every recipe; safe to use from several threads."""

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self._on_progress = on_progress
        self._stopped = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._waits_until_s = math.inf
        self._paused_s = 0.0
        self._first: tuple[int, float] | None = None
        """How much was done when the pace began to count, and when that was on the working clock."""
        self._stage = ""

    def listen(self, on_progress: Callable[[Progress], None]) -> None:
        """Set who gets the progress."""
        self._on_progress = on_progress

    @property
    def is_cancelled(self) -> bool:
        return self._stopped.is_set()

    @property
    def is_paused(self) -> bool:
        return not self._running.is_set()

    def cancel(self) -> None:
        """Ask the run to stop at its next check; also ends a pause."""
        self._stopped.set()
        self._running.set()

    def pause(self) -> None:
        """Ask the run to wait at its next check."""
        self._running.clear()

    def resume(self) -> None:
        """Let a waiting run go on."""
        self._running.set()

    def hurry(self) -> None:
        """Let the run end by itself, but for waiting: someone closes the window."""
        self._waits_until_s = time.monotonic() + _GRACE_S

    def stops_waiting(self) -> bool:
        """Wait while paused; return whether to wait no longer for what may never answer: stopped, or hurried for long.

        It is what is handed to the room drives/.
        """
        self._rest()
        return self._stopped.is_set() or time.monotonic() > self._waits_until_s

    def check(self) -> None:
        """Wait while paused; raises Cancelled once the run was stopped."""
        self._rest()
        if self._stopped.is_set():
            raise Cancelled

    def progress(self, done: int, total: int, label: str = "") -> None:
        """Tell how far the run is, with the time left at the pace so far; then check."""
        if self._on_progress is not None:
            self._on_progress(Progress(done, total, label, self._stage, self._seconds_left(done, total)))
        self.check()

    def begin_stage(self, stage: str, total: int) -> None:
        """Begin a part of the work at a pace of its own: what was done before says nothing of the time left."""
        self._stage = stage
        self._first = None
        if total:
            self.progress(0, total)

    def _rest(self) -> None:
        if not self._running.is_set():
            began = time.monotonic()
            self._running.wait()
            self._paused_s += time.monotonic() - began

    def _seconds_left(self, done: int, total: int) -> float | None:
        """Count from the first piece on: until then the workers were starting, which is no part of the pace."""
        if not 0 < done <= total:
            return None
        if done == total:
            return 0.0
        now_s = time.monotonic() - self._paused_s
        if self._first is None:
            self._first = done, now_s
        first_done, first_s = self._first
        if done == first_done or now_s - first_s < _PACE_S:
            return None
        return (now_s - first_s) / (done - first_done) * (total - done)
