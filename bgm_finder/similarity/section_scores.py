"""Which section of each track fits a query best."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.similarity.patches import Floats

_AT_ONCE = 2048
"""Sections made float32 at once: a block that stays in the processor's cache."""


def section_scores(wanted: Floats, numbers: NDArray[np.int8], lengths: Floats) -> Floats:
    """Return each section's score, float32, (sections,): its direction's product with what is wanted.

    wanted: (dimensions,), of any length; numbers: directions of the sections, int8, (sections, dimensions), and
    lengths: those of the directions, float32, (sections,).
    """
    scores = np.empty(len(numbers), np.float32)
    wanted = np.asarray(wanted, np.float32)
    for start in range(0, len(numbers), _AT_ONCE):
        block = numbers[start : start + _AT_ONCE].astype(np.float32)
        np.matmul(block, wanted, out=scores[start : start + _AT_ONCE])
    return scores / lengths


def best_of_each(scores: Floats, firsts: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Return each track's best score, float32, and the number of its section, int64, both (tracks,).

    firsts: where each track's sections begin, and their number at the end; no track is without any.
    """
    tracks = len(firsts) - 1
    if not tracks:
        return np.zeros(0, np.float32), np.zeros(0, np.int64)
    best = np.maximum.reduceat(scores, firsts[:-1])
    owners = np.repeat(np.arange(tracks), np.diff(firsts))
    rows = np.flatnonzero(scores >= best[owners])
    _, where = np.unique(owners[rows], return_index=True)  # the first where several fit as well
    return best, rows[where] - firsts[:-1]
