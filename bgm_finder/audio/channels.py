"""Folds any number of channels to the two of a loudspeaker pair, each to the side where its loudspeaker stands."""

from functools import lru_cache

import numpy as np

from bgm_finder.audio.source import Floats

WAVE_ORDER: dict[int, tuple[str, ...]] = {
    3: ("FL", "FR", "FC"),
    4: ("FL", "FR", "BL", "BR"),
    5: ("FL", "FR", "FC", "BL", "BR"),
    6: ("FL", "FR", "FC", "LFE", "BL", "BR"),
    7: ("FL", "FR", "FC", "LFE", "BC", "SL", "SR"),
    8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}
"""Loudspeakers by number of channels where a file does not name them; FLAC's order, and that of WAV without a mask."""
VORBIS_ORDER: dict[int, tuple[str, ...]] = {
    3: ("FL", "FC", "FR"),
    4: ("FL", "FR", "BL", "BR"),
    5: ("FL", "FC", "FR", "BL", "BR"),
    6: ("FL", "FC", "FR", "BL", "BR", "LFE"),
    7: ("FL", "FC", "FR", "SL", "SR", "BC", "LFE"),
    8: ("FL", "FC", "FR", "SL", "SR", "BL", "BR", "LFE"),
}
"""The order in which Ogg Vorbis and Opus keep their channels."""
_SIDE = 0.5**0.5
_SHARES = {"FL": (1.0, 0.0), "FR": (0.0, 1.0), "DL": (1.0, 0.0), "DR": (0.0, 1.0), "FC": (_SIDE, _SIDE)}
"""What the input_spec loudspeakers give to left and right, after ITU-R BS.775."""


def to_stereo(samples: Floats, places: tuple[str, ...] = ()) -> Floats:
    """Return two channels, float32, (frames, 2); surround is mixed so that it cannot clip.

    places: each channel's loudspeaker by FFmpeg's names, such as FL or LFE; empty where the file does not tell.
    """
    channels = samples.shape[1]
    if channels == 2:
        return samples
    if channels == 1:
        return np.repeat(samples, 2, axis=1)
    return np.asarray(samples @ _fold(places if len(places) == channels else WAVE_ORDER.get(channels, ()), channels))


@lru_cache(maxsize=16)
def _fold(places: tuple[str, ...], channels: int) -> Floats:
    """Return the mixing matrix, float32, (channels, 2)."""
    if places:
        matrix = np.array([_share(place) for place in places], np.float32)
    else:  # separate stems, as recorders write them: even ones left, odd ones right
        matrix = np.array([(1.0, 0.0), (0.0, 1.0)] * channels, np.float32)[:channels]
    sums = matrix.sum(axis=0)
    return np.asarray(matrix / np.where(sums > 0, sums, 1.0), np.float32)


def _share(place: str) -> tuple[float, float]:
    """Return what a loudspeaker gives to left and right; the bass channel is left out, as in ITU-R BS.775."""
    if place in _SHARES:
        return _SHARES[place]
    if place.startswith("LFE"):
        return 0.0, 0.0
    if "L" in place:
        return _SIDE, 0.0
    return (0.0, _SIDE) if "R" in place else (0.5, 0.5)
