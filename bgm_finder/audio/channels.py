"""Folds any number of channels to the two of a loudspeaker pair, or to one for analysis."""

from functools import lru_cache

import numpy as np

from bgm_finder.audio.source import Floats

_SIDE = 0.5**0.5
_HALVES = np.array([0.5, 0.5], np.float32)
_LEFT_RIGHT = {
    1: ("C",),
    3: ("L", "R", "C"),
    4: ("L", "R", "Ls", "Rs"),
    5: ("L", "R", "C", "Ls", "Rs"),
    6: ("L", "R", "C", "LFE", "Ls", "Rs"),
    7: ("L", "R", "C", "LFE", "B", "Ls", "Rs"),
    8: ("L", "R", "C", "LFE", "Ls", "Rs", "Ls", "Rs"),
}
_SHARES = {
    "L": (1.0, 0.0),
    "R": (0.0, 1.0),
    "C": (_SIDE, _SIDE),
    "Ls": (_SIDE, 0.0),
    "Rs": (0.0, _SIDE),
    "B": (0.5, 0.5),
    "LFE": (0.0, 0.0),
}
"""What each loudspeaker gives to left and right, after ITU-R BS.775; the bass channel is left out, as there."""


def to_stereo(samples: Floats) -> Floats:
    """Gives two channels, float32, (frames, 2); surround is mixed so that it cannot clip."""
    channels = samples.shape[1]
    if channels == 2:
        return samples
    if channels == 1:
        return np.repeat(samples, 2, axis=1)
    return np.asarray(samples @ _fold(channels), np.float32)


def to_mono(samples: Floats) -> Floats:
    """Gives the mean of all channels, float32, (frames,)."""
    if samples.shape[1] == 1:
        return samples[:, 0]
    if samples.shape[1] == 2:
        return np.asarray(samples @ _HALVES, np.float32)  # in one go over the memory
    return np.asarray(samples.mean(axis=1), np.float32)


@lru_cache(maxsize=16)
def _fold(channels: int) -> Floats:
    """Gives the mixing matrix, float32, (channels, 2)."""
    if channels in _LEFT_RIGHT:
        matrix = np.array([_SHARES[place] for place in _LEFT_RIGHT[channels]], np.float32)
    else:  # separate stems, as recorders write them: even ones left, odd ones right
        matrix = np.array([(1.0, 0.0), (0.0, 1.0)] * channels, np.float32)[:channels]
    return np.asarray(matrix / matrix.sum(axis=0), np.float32)
