"""The benchmark's figures: does one excerpt of a piece find the other, through speech and codecs too.

Ties count against the vectors. Intervals are 95%, from drawing whole tracks (or packages) again and again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.str_]
Flags = NDArray[np.bool_]

FEWEST_PER_GROUP = 5
"""A package or artist with fewer tracks than this is not asked for."""
NEIGHBOURS = 4
HUB_NEIGHBOURS = 10
_DRAWS = 1000
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with its 95% interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Unit vectors of the two excerpts of every track, each (tracks, dimensions), and whose they are."""

    first: Floats
    second: Floats
    packages: Words
    artists: Words


def same_track(excerpts: Excerpts, asked: Flags | None = None) -> dict[str, Metric]:
    """Return how often an excerpt finds the other of its track first: among all, and among its own package.

    asked: which tracks are queries, all by default; the others are still rivals.
    """
    cosines = excerpts.first @ excerpts.second.T
    ranks = np.concatenate([_ranks(cosines), _ranks(cosines.T)])
    same = excerpts.packages[:, None] == excerpts.packages[None]
    near_ranks = np.concatenate([_ranks(cosines, same), _ranks(cosines.T, same)])
    packages = np.tile(excerpts.packages, 2)
    wanted = np.ones(len(ranks), bool) if asked is None else np.tile(asked, 2)
    large = wanted & np.tile(same.sum(axis=1) >= FEWEST_PER_GROUP, 2)
    tracks = np.tile(np.arange(len(cosines)), 2)
    return {
        "R@1": mean_of((ranks == 1)[wanted], tracks[wanted]),
        "R@5": mean_of((ranks <= 5)[wanted], tracks[wanted]),
        "MRR": mean_of((1 / ranks)[wanted], tracks[wanted]),
        "in_pkg_R@1_balanced": _balanced((near_ranks == 1)[large], packages[large]),
    }


def gain(one: Excerpts, other: Excerpts, asked: Flags | None = None) -> Metric:
    """Return by how much one set of vectors finds the other excerpt first more often than another, query by query."""
    found = []
    for excerpts in (one, other):
        cosines = excerpts.first @ excerpts.second.T
        found.append(np.concatenate([_ranks(cosines), _ranks(cosines.T)]) == 1)
    wanted = np.ones(len(found[0]), bool) if asked is None else np.tile(asked, 2)
    tracks = np.tile(np.arange(len(one.first)), 2)
    return paired_gain(found[0][wanted], found[1][wanted], tracks[wanted])


def same_group(excerpts: Excerpts, groups: Words, asked: Flags | None = None) -> Metric | None:
    """Return the share of the nearest other tracks that are of the query's group (its package, its artist)."""
    count = len(groups)
    both = np.concatenate([excerpts.first, excerpts.second])
    cosines = np.maximum(both @ excerpts.first.T, both @ excerpts.second.T)
    tracks = np.tile(np.arange(count), 2)
    cosines[np.arange(2 * count), tracks] = -np.inf
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :NEIGHBOURS]
    sizes = np.array([np.sum(groups == group) if group else 0 for group in groups])
    wanted = (sizes >= FEWEST_PER_GROUP) & (np.ones(count, bool) if asked is None else asked)
    queries = np.flatnonzero(np.tile(wanted, 2))
    if not len(queries):
        return None
    hits = (groups[nearest[queries]] == groups[tracks[queries]][:, None]).mean(axis=1)
    return mean_of(hits, tracks[queries])


def alike_nearby(vectors: Floats, labels: NDArray[np.integer]) -> Metric:
    """Return the share of the nearest other tracks that carry the query's label."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :NEIGHBOURS]
    return mean_of((labels[nearest] == labels[:, None]).mean(axis=1), np.arange(len(labels)))


def hub_skew(excerpts: Excerpts) -> float:
    """Return how much a few excerpts flood everyone's nearest ten: the skewness of how often each comes; 0 is best."""
    return _skewness(times_near(excerpts))


def hub_skew_of(vectors: Floats) -> float:
    """Return the same of single unit vectors, (pieces, dimensions)."""
    return _skewness(_times_near(vectors))


def times_near(excerpts: Excerpts) -> NDArray[np.int64]:
    """Return how often each excerpt is among the nearest ten of the others: all first ones, then all second ones."""
    return _times_near(np.concatenate([excerpts.first, excerpts.second]))


def robustness(excerpts: Excerpts, tracks: NDArray[np.int64], degraded: Floats) -> tuple[Metric, Metric]:
    """Return how often a degraded first excerpt finds its own clean one, and how often the track's second.

    tracks: whose each degraded vector is; degraded: unit vectors, (copies, dimensions).
    """
    own = _finds(degraded @ excerpts.first.T, tracks)
    other = _finds(degraded @ excerpts.second.T, tracks)
    return mean_of(own, tracks), mean_of(other, tracks)


def paired_gain(one: Flags, other: Flags, tracks: NDArray[np.int64]) -> Metric:
    """Return by how much one way finds more than another on the same queries."""
    return mean_of(one.astype(float) - other.astype(float), tracks)


def mean_of(values: NDArray[np.generic], tracks: NDArray[np.int64]) -> Metric:
    """Return the mean of one value a query; the interval draws whole tracks, both excerpts together."""
    _, track = np.unique(tracks, return_inverse=True)
    sums, counts = np.bincount(track, values.astype(float)), np.bincount(track)
    return _drawn(
        len(counts), float(sums.sum() / counts.sum()), lambda drawn: sums[drawn].sum(1) / counts[drawn].sum(1)
    )


def _times_near(vectors: Floats) -> NDArray[np.int64]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :HUB_NEIGHBOURS]
    return np.bincount(nearest.ravel(), minlength=len(vectors))


def _skewness(counts: NDArray[np.int64]) -> float:
    times = counts.astype(np.float64)
    return float(((times - times.mean()) ** 3).mean() / (times.std() ** 3 + 1e-12))


def _ranks(cosines: Floats, rivals: Flags | None = None) -> NDArray[np.int64]:
    """Return the rank of each row's own column among the rivals."""
    better = cosines >= np.diag(cosines)[:, None] - _TIE
    return np.asarray((better if rivals is None else better & rivals).sum(axis=1))


def _finds(cosines: Floats, tracks: NDArray[np.int64]) -> Flags:
    own = cosines[np.arange(len(tracks)), tracks][:, None]
    return np.asarray((cosines >= own - _TIE).sum(axis=1) == 1)


def _balanced(values: NDArray[np.generic], groups: Words) -> Metric:
    """Return the mean of the groups' means, so that a large package counts no more than a small one."""
    means = np.array([values[groups == group].astype(float).mean() for group in np.unique(groups)])
    return _drawn(len(means), float(means.mean()), lambda drawn: means[drawn].mean(axis=1))


def _drawn(count: int, value: float, of: Callable[[NDArray[np.int64]], Floats]) -> Metric:
    draws = of(np.random.default_rng(0).integers(0, count, (_DRAWS, count)))
    return Metric(value, *(float(edge) for edge in np.percentile(draws, [2.5, 97.5])))
