"""Query vectors against a library's matrix: scores, the best rows, and where a score stands in the library."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.similarity.patches import Floats

Rows = NDArray[np.int64]

_BLOCK = 256
"""Rows that are looked at for their best one only, to find out what the top ones are no worse than."""

NEGATIVE_WEIGHT = 0.5
"""How much "not like this" counts beside "like this": enough to push away, too little to reverse an order alone."""
MOST_MARKS = 20
"""Kept tracks, and as many rejected ones, that an order learns from at most: the newest. Measured in auditions."""


def rank(
    queries: Floats,
    matrix: Floats,
    negatives: Floats | None = None,
    weights: Sequence[float] | None = None,
    negative_weights: Sequence[float] | None = None,
) -> Floats:
    """Return a score per row of the matrix, float32, (tracks,): the mean cosine with the queries, less the negatives'.

    queries: (queries, dimensions), matrix: (tracks, dimensions), negatives: (negatives, dimensions); all unit vectors.
    Without negatives the score of one query is its cosine. weights, negative_weights: as wanted_direction takes them.
    """
    return np.asarray(matrix @ wanted_direction(queries, negatives, weights, negative_weights), np.float32)


def wanted_direction(
    queries: Floats,
    negatives: Floats | None = None,
    weights: Sequence[float] | None = None,
    negative_weights: Sequence[float] | None = None,
) -> Floats:
    """Return what a row's product with is its score, float32, (dimensions,); not of unit length.

    weights: how much each query counts beside the others, above 0. negative_weights: how much each negative counts; one
    of weight 2 pushes away twice as far as one of weight 1. Without them all have weight 1.
    """
    wanted = np.average(queries, axis=0, weights=weights)
    if negatives is not None and len(negatives):
        shares = np.ones(len(negatives)) if negative_weights is None else np.asarray(negative_weights)
        wanted = wanted - NEGATIVE_WEIGHT * (shares[:, None] * negatives).mean(axis=0)
    return np.asarray(wanted, np.float32)


def best(scores: Floats, top: int | None = None, rows: NDArray[np.integer] | None = None) -> Rows:
    """Return row numbers, best score first, all or the top ones, of all rows or of those given; ties keep their order.

    Rows whose score is not a number (no vector yet, or not wanted in the list) are left out.
    """
    chosen = _likely(scores, top or 0) if rows is None else np.asarray(rows, np.int64)
    chosen = chosen[np.isfinite(scores[chosen])]
    if top is not None and 0 < top < len(chosen):
        chosen = _at_least(scores, chosen, top)
    order = np.argsort(-scores[chosen], kind="stable")
    return np.asarray(chosen[order][:top], np.int64)


def percentiles(scores: Floats, rows: NDArray[np.integer] | None = None) -> Floats:
    """Return for each score, or those of some rows, the share of all others that lie below it, in percent, float32.

    A score that is not a number has none.
    """
    asked = scores if rows is None else scores[rows]
    known = int(np.count_nonzero(np.isfinite(scores)))
    lowest = np.min(asked, initial=np.inf, where=np.isfinite(asked))
    above = np.flatnonzero(scores >= lowest)  # the best of 600,000 are found without an order of all others
    ordered = np.sort(scores[above])
    below = known - len(ordered) + np.searchsorted(ordered, asked, side="left")
    shares = 100.0 * below / max(1, known - 1)
    return np.where(np.isfinite(asked), shares, np.nan).astype(np.float32)


def _likely(scores: Floats, top: int) -> Rows:
    """Return rows that hold the top ones, ascending: all, or those no worse than the best of so many blocks of rows."""
    blocks = len(scores) // _BLOCK
    if not 0 < top < blocks:
        return np.arange(len(scores))
    heads = np.fmax.reduce(scores[: blocks * _BLOCK].reshape(blocks, _BLOCK), axis=1)
    heads = heads[np.isfinite(heads)]
    if len(heads) < top:
        return np.arange(len(scores))
    return np.flatnonzero(scores >= np.partition(heads, len(heads) - top)[len(heads) - top])


def _at_least(scores: Floats, rows: Rows, top: int) -> Rows:
    """Keep the rows that can be among the top, so that only few need sorting."""
    worst = np.partition(scores[rows], len(rows) - top)[len(rows) - top]
    return np.asarray(rows[scores[rows] >= worst], np.int64)
