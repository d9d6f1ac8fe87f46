"""The waveform at a glance: lowest and highest sample of each of 400 columns."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.source import Floats

Overview = NDArray[np.int8]
"""int8, (columns, 2): lowest and highest sample, full scale at 127."""

COLUMNS = 400
_HIGHLIGHT_S = 12.0


class OverviewMaker:
    """Take a sound in blocks of any size."""

    def __init__(self, frames: int) -> None:
        self._frames = max(1, frames)
        self._extremes = np.zeros((COLUMNS, 2), np.float32)
        self._at = 0

    def add(self, samples: Floats) -> None:
        """Take the next mono samples, float32, (n,)."""
        if not len(samples):
            return
        first, last = (min(at * COLUMNS // self._frames, COLUMNS - 1) for at in (self._at, self._at + len(samples) - 1))
        places = np.arange(first, last + 1)
        firsts = np.maximum(-(-places * self._frames // COLUMNS) - self._at, 0)
        is_there = np.diff(firsts, append=len(samples)) > 0  # a short sound has fewer samples than columns
        places, firsts = places[is_there], firsts[is_there]
        lowest, highest = np.minimum.reduceat(samples, firsts), np.maximum.reduceat(samples, firsts)
        self._extremes[places, 0] = np.minimum(self._extremes[places, 0], lowest)
        self._extremes[places, 1] = np.maximum(self._extremes[places, 1], highest)
        self._at += len(samples)

    def overview(self) -> Overview:
        """Return the overview of what was taken so far."""
        return np.asarray(np.clip(np.rint(self._extremes * 127), -127, 127), np.int8)


def overview(samples: Floats) -> Overview:
    """Return the overview of mono samples, float32, (n,)."""
    maker = OverviewMaker(len(samples))
    maker.add(samples)
    return maker.overview()


def overview_bytes(shape: Overview) -> bytes:
    """Return the stored form, 800 bytes."""
    return shape.tobytes()


def overview_from(stored: bytes) -> Overview:
    """Return the overview back; raises ValueError where it is damaged."""
    return np.frombuffer(stored, np.int8).reshape(-1, 2)


def highlight_s(overview: NDArray[np.float32], duration_s: float) -> float:
    """Return where the loudest passage begins, in seconds, by the waveform."""
    if not len(overview) or duration_s <= 0:
        return 0.0
    power = ((overview[:, 1] - overview[:, 0]) / 2) ** 2
    width = max(1, min(len(power), round(_HIGHLIGHT_S / duration_s * len(power))))
    sums = np.convolve(power, np.ones(width), mode="valid")
    return float(np.argmax(sums)) / len(power) * duration_s
