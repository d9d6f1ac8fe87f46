"""Whether the ranking lists what a plain cosine in double precision lists: the first ten of 1,000 queries.

Two tracks may change places where their cosines differ by less than a millionth. BGM_BENCH_TRACKS: the sizes, 10,000
and 600,000 where it is not set; BGM_BENCH_QUERIES: how many, 1,000 where it is not set.
"""

import os

import numpy as np

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.similarity.ranking import best, rank
from tests.benchmarks import _synthetic

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
QUERIES = int(os.environ.get("BGM_BENCH_QUERIES", "1000"))
TOP = 10
TIE = 1e-6
_AT_ONCE = 20
"""Queries that are multiplied together in double precision: many times quicker than one by one."""


def main() -> list[dict[str, object]]:
    return [_row(size) for size in SIZES]


def _row(size: int) -> dict[str, object]:
    with Catalogue(_synthetic.catalogue(size)) as opened:
        _, matrix = opened.vectors.all(_synthetic.network())
    exact = matrix.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    same, ties, wrong = 0, 0, 0
    for places in np.array_split(np.random.default_rng(1).integers(0, size, QUERIES), max(1, QUERIES // _AT_ONCE)):
        for place, cosines in zip(places.tolist(), exact[places] @ exact.T, strict=True):
            ours = best(rank(matrix[place][None], matrix), TOP)
            theirs = _first(cosines, ours)
            if np.array_equal(ours, theirs):
                same += 1
            elif np.all(np.abs(cosines[ours] - cosines[theirs]) < TIE):
                ties += 1
            else:
                wrong += 1
    return {"tracks": size, "queries": QUERIES, "the same ten": same, "the same but for ties": ties, "different": wrong}


def _first(cosines: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """Return the first ten: all of them are at least as good as the worst of any ten, such as ours."""
    likely = np.flatnonzero(cosines >= cosines[ours].min())
    return likely[np.argsort(-cosines[likely], kind="stable")][:TOP]
