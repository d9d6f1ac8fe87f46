"""Tracks in groups by their sound, each around a track that is near to most of it."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.similarity.patches import Floats

MOST_GROUPS = 10
_LEAST_TRACKS = 3
"""Tracks for each group that is made: fewer are heard as quickly one by one."""
_SAMPLE = 768
"""Of more tracks so many, spread evenly, are looked at for the centres; all are in a group."""

Rows = NDArray[np.int64]


def group_by_sound(ids: NDArray[np.int64], vectors: Floats, most: int = MOST_GROUPS) -> list[Rows]:
    """Return the row numbers of each group, the largest group first, the nearest to its middle first.

    ids: (tracks,), which settle only ties; vectors: unit vectors, (tracks, dimensions). The groups depend on the
    vectors alone, not on the order of the rows. Centres are chosen one by one, each the track that brings most tracks
    nearest to some centre (greedy facility location); every track belongs to its nearest one.
    """
    if not len(ids):
        return []
    order = np.lexsort((ids, *vectors.T[:3]))
    centred = _centred(vectors[order])
    centres = centred[_central_rows(centred, min(most, max(1, len(ids) // _LEAST_TRACKS)))]
    owners = np.argmax(centred @ centres.T, axis=1)
    groups = [np.flatnonzero(owners == number) for number in range(len(centres))]
    by_size = sorted((group for group in groups if len(group)), key=len, reverse=True)
    return [order[_nearest_first(centred, group)] for group in by_size]


def _nearest_first(vectors: Floats, group: Rows) -> Rows:
    middle = vectors[group].sum(axis=0, dtype=np.float64)
    return group[np.argsort(-(vectors[group] @ middle), kind="stable")]


def _centred(vectors: Floats) -> Floats:
    """Return the directions from what all the tracks have in common, so that small differences count too."""
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def _central_rows(vectors: Floats, count: int) -> Rows:
    """Return the rows of so many tracks that together are near to all."""
    sample = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), _SAMPLE)).astype(np.int64))
    likeness = vectors[sample] @ vectors[sample].T
    nearest = np.full(len(sample), -1.0, np.float32)
    chosen: list[int] = []
    for _ in range(count):
        gains = np.maximum(likeness, nearest).sum(axis=1, dtype=np.float64)
        gains[chosen] = -np.inf
        chosen.append(int(np.argmax(gains)))
        nearest = np.maximum(nearest, likeness[chosen[-1]])
    return sample[chosen]
