"""The last turn of the vectors, in closed form: the same piece lies close, and so do pieces that teachers find alike.

Each part is a linear view of the measures.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

AUGMENTED_WEIGHT = 3.0
"""How much of what an augmentation changes counts beside what changes within a track."""
WHITENING, EVENING = 0.4, 0.75
"""How far what varies within tracks is made small, and the strengths between tracks alike; 1 is wholly.

Wholly whitened vectors tell the piece from its likes, and forget what they share.
"""
SHRINKAGE = 0.1
"""How much of the within-track covariance is taken from its diagonal alone: few tracks for so many numbers."""
FLOOR = 1e-4
"""The least variance of a direction within tracks, and strength of one between them, as a part of the others."""
RIDGE = 1.0
"""In variances of a measure: what keeps the view of the teachers' targets simple."""


class Turn(NamedTuple):
    """A linear view: vectors are (values - mean) @ turn."""

    mean: Doubles
    turn: Doubles

    def __call__(self, values: NDArray[np.floating]) -> Doubles:
        return np.asarray((values - self.mean) @ self.turn)


def identity(
    clean: NDArray[np.floating], augmented: NDArray[np.floating], tracks: NDArray[np.integer], dimensions: int
) -> Turn:
    """Return the view that brings windows of one track together.

    clean: (windows, measures), augmented: (copies, windows, measures) of the same windows, tracks: (windows,) numbers.
    """
    mean, spread = _mean_and_spread(clean)
    scaled = (clean - mean) / spread
    changes = ((augmented - clean) / spread).reshape(-1, clean.shape[1])
    _, track = np.unique(tracks, return_inverse=True)
    within = scaled - _means(scaled, track)[track]
    whitening = _whitening(AUGMENTED_WEIGHT * _square(changes) + _square(within))
    everything = np.concatenate([scaled, ((augmented - mean) / spread).reshape(-1, clean.shape[1])])
    apart = _means(everything, np.tile(track, len(augmented) + 1)) @ whitening
    strengths, axes = np.linalg.eigh(_square(apart - apart.mean(axis=0)))
    strengths, axes = strengths[::-1][:dimensions], axes[:, ::-1][:, :dimensions]
    turn = whitening @ axes / np.maximum(strengths, FLOOR * strengths[0]) ** (EVENING / 2)
    return Turn(mean, turn / spread[:, None])


def style(values: NDArray[np.floating], targets: NDArray[np.floating], weights: NDArray[np.floating]) -> Turn:
    """Return the view that comes nearest to the targets of each row's piece; (rows, measures), (rows, n), (rows,)."""
    mean, spread = _mean_and_spread(values)
    scaled = (values - mean) / spread
    weighted = scaled * (weights / weights.sum())[:, None]
    centred = targets - np.average(targets, axis=0, weights=weights)
    turn = np.linalg.solve(weighted.T @ scaled + RIDGE * np.eye(scaled.shape[1]), weighted.T @ centred)
    return Turn(mean, turn / spread[:, None])


def principal(view: Turn, values: NDArray[np.floating], dimensions: int) -> Turn:
    """Return the directions in which a view of the values varies most, the strongest first."""
    mean = values.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(_square((values - mean) @ view.turn))
    return Turn(mean, view.turn @ axes[:, ::-1][:, :dimensions])


def _mean_and_spread(values: NDArray[np.floating]) -> tuple[Doubles, Doubles]:
    return values.mean(axis=0, dtype=np.float64), values.std(axis=0, dtype=np.float64) + 1e-3


def _square(values: Doubles) -> Doubles:
    return np.asarray(values.T @ values / len(values))


def _means(values: Doubles, track: NDArray[np.integer]) -> Doubles:
    counts = np.bincount(track)
    sums = np.zeros((len(counts), values.shape[1]))
    np.add.at(sums, track, values)
    return np.asarray(sums / counts[:, None])


def _whitening(covariance: Doubles) -> Doubles:
    own = np.diag(np.diag(covariance))
    floor = FLOOR * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    variances, axes = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * own + floor)
    return np.asarray(axes * variances ** (-WHITENING / 2))
