"""A third teacher: Musly's timbre measure (MPL 2.0), which tells how alike recordings sound by Gaussians of their MFCC.

The measure: Schnitzer, Flexer, Schedl and Widmer, "Using mutual proximity to improve content-based audio similarity",
2011. It gives distances, no features: what stands for a window is how far it lies from some pieces that never change.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.training.material.picture_store import read_mono
from bgm_finder.training.material.rendered import read_company

Floats = NDArray[np.float32]

RATE_HZ = 22_050
PIECES = 400
"""How many pieces every window is compared with."""
_STYLE_PIECES = 200
"""Of them, those that Musly scales its distances by."""
_NEAREST = 0.01
"""Distances go from 0 to 1; so far from both ends their logarithms of odds stay finite."""


class Musly:
    """The measure, and the pieces of a folder of bands that it compares everything with."""

    def __init__(self, bands: Path) -> None:
        from pymusly import MuslyJukebox  # optional: only teaching needs it

        self._jukebox = MuslyJukebox("timbre", "none")
        pieces = [self._track(read_mono(path, RATE_HZ)) for path in sorted(read_company(bands))[:PIECES]]
        self._jukebox.set_style(pieces[:_STYLE_PIECES])
        self._known = list(zip(self._jukebox.add_tracks(pieces), pieces, strict=True))

    def hear(self, samples: Sequence[Floats]) -> Floats:
        """Gives the logarithm of odds of each window's distance from each piece, float32, (windows, PIECES).

        samples: windows, mono, float32, (n,), at RATE_HZ.
        """
        tracks = [self._track(window) for window in samples]
        numbers = self._jukebox.add_tracks(tracks)
        seeds = zip(numbers, tracks, strict=True)
        far = np.array([self._jukebox.compute_similarity(seed, self._known) for seed in seeds], np.float32)
        self._jukebox.remove_tracks(numbers)
        return np.asarray(np.log((far + _NEAREST) / (1 + _NEAREST - far)), np.float32)

    def _track(self, samples: Floats) -> object:
        return self._jukebox.track_from_audiodata(samples)
