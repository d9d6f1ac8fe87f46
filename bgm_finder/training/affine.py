"""The last turn of the vectors, in closed form: what varies within a track counts little, what tells two apart much.

Within-track whitening, then the principal axes of the tracks' means, their strengths evened out by half.
"""

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

SHRINKAGE = 0.1
"""How much of the within-track covariance is taken from its diagonal alone: few tracks for so many numbers."""
FLOOR = 1e-4
"""The least variance of a direction within tracks, and strength of one between them, as a part of the others."""


def fit(values: NDArray[np.floating], tracks: NDArray[np.integer], dimensions: int) -> tuple[Doubles, Doubles]:
    """Gives (mean, turn): vectors are (values - mean) @ turn.

    values: (windows, measures), tracks: (windows,) numbers that windows of one track share, disturbed copies included.
    """
    mean = values.mean(axis=0, dtype=np.float64)
    spread = values.std(axis=0, dtype=np.float64) + 1e-3
    scaled = (values - mean) / spread
    _, track = np.unique(tracks, return_inverse=True)
    centres = _means(scaled, track)
    whitening = _whitening(scaled - centres[track])
    apart = centres @ whitening
    apart = apart - apart.mean(axis=0)
    strengths, axes = np.linalg.eigh(apart.T @ apart / len(apart))
    strengths, axes = strengths[::-1][:dimensions], axes[:, ::-1][:, :dimensions]
    turn = whitening @ axes / np.maximum(strengths, FLOOR * strengths[0]) ** 0.25
    return mean, turn / spread[:, None]


def _means(values: Doubles, track: NDArray[np.integer]) -> Doubles:
    counts = np.bincount(track)
    sums = np.zeros((len(counts), values.shape[1]))
    np.add.at(sums, track, values)
    return np.asarray(sums / counts[:, None])


def _whitening(within: Doubles) -> Doubles:
    covariance = within.T @ within / len(within)
    own = np.diag(np.diag(covariance))
    floor = FLOOR * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    variances, axes = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * own + floor)
    return np.asarray(axes / np.sqrt(variances))
