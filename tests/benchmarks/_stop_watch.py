"""A sound card that only keeps time: it notes when a claim about the sound comes true."""

import threading
import time
from collections.abc import Callable

import numpy as np

from bgm_finder.audio.playing.sound_card import Fill
from bgm_finder.audio.source import Floats

BLOCK = 128
"""3 ms: a sound card's own buffer comes on top of the figures, and is the same for every player."""

_PATIENCE_S = 10.0


class StopWatch:
    """Take sound in real time; keeps to Output."""

    is_silent = True
    is_lost = False
    name = "stop watch"
    rate_hz = 44_100
    underflows = 0
    stops_after_s = 3600.0

    def __init__(self) -> None:
        self._closing = threading.Event()
        self._came_true = threading.Event()
        self._claim: Callable[[Floats], bool] | None = None
        self._at_s = 0.0

    def measure_ms(self, act: Callable[[], object], claim: Callable[[Floats], bool]) -> float:
        """Acts, and return how long it takes until the claim holds of a block that was filled after that."""
        began_s = time.perf_counter()
        act()
        self.begin(claim)
        return (self.came_true_s() - began_s) * 1000

    def begin(self, claim: Callable[[Floats], bool]) -> None:
        """Looks out from now on."""
        self._came_true.clear()
        self._claim = claim

    def came_true_s(self) -> float:
        """Wait for the claim to hold, and return the time of it (perf_counter)."""
        assert self._came_true.wait(_PATIENCE_S), "waited in vain for the sound"
        return self._at_s

    def start(self, fill: Fill) -> None:
        self._thread = threading.Thread(target=self._run, args=(fill,))
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join()

    def stop(self) -> None:
        self.close()

    def _run(self, fill: Fill) -> None:
        block = np.empty((BLOCK, 2), np.float32)
        due_s = time.perf_counter()
        while not self._closing.wait(max(0.0, due_s - time.perf_counter())):
            claim = self._claim  # before the filling: one that is made meanwhile is about the next block
            fill(block)
            if claim is not None and claim(block):
                self._at_s, self._claim = time.perf_counter(), None
                self._came_true.set()
            due_s += BLOCK / self.rate_hz
