"""A ranking with only the best few tracks of each artist or folder, so that one album does not fill the list."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.mel import Floats
from bgm_finder.similarity.ranking import best
from bgm_finder.track import AtMost

_MORE = 4
"""Where too few are left, so many times more are looked at."""


def best_few(columns: Columns, scores: Floats, top: int, at_most: AtMost | None) -> NDArray[np.int64]:
    """Return the rows with the top scores, best first, with no more of one artist or folder than are allowed."""
    if at_most is None:
        return best(scores, top)
    looked_at = top
    while True:
        rows = best(scores, looked_at)
        kept = rows[are_among_first(columns, rows, at_most)][:top]
        if len(kept) == top or len(rows) < looked_at:
            return kept
        looked_at *= _MORE


def are_among_first(columns: Columns, rows: NDArray[np.integer], at_most: AtMost) -> NDArray[np.bool_]:
    """Return for each row of a list whether fewer of its artist or folder stand before it than are allowed."""
    facet = columns.artist_facet if at_most.per == "artist" else columns.folder_facet
    codes = facet.codes_at(rows)
    order = np.argsort(codes, kind="stable")
    grouped = codes[order]
    before = np.empty(len(rows), np.int64)
    before[order] = np.arange(len(rows)) - np.searchsorted(grouped, grouped)
    return np.asarray((before < at_most.count) | (codes < 0))
