"""How far vectors and a teacher agree on which tracks are alike: meant for tracks that nothing was learned from."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.training.metrics.retrieval import Excerpts, Flags, Floats, Metric, mean_of
from bgm_finder.training.teacher_features import TEACHERS, heard_file, read_heard

NEIGHBOURS = 10


def with_teachers(excerpts: Excerpts, paths: Sequence[Path], work: Path, asked: Flags | None) -> dict[str, Metric]:
    """Return for each teacher that heard all tracks the share of its nearest ten that are ours too, and how alike the
    orders of all tracks are (rank correlation); paths: the tracks' files, in the excerpts' order.
    """
    said: dict[str, Metric] = {}
    for teacher in TEACHERS:
        files = [heard_file(work, teacher, path) for path in paths]
        if all(file.exists() for file in files):
            features = np.stack([read_heard(file).features.mean(axis=0, dtype=np.float64) for file in files])
            shared, alike = _compared(excerpts, _likeness(features), asked)
            said |= {f"{teacher}: nearest ten": shared, f"{teacher}: order": alike}
    return said


def _likeness(heard: Floats) -> Floats:
    """Return the cosines of z-scored features, (tracks, tracks)."""
    scaled = (heard - heard.mean(axis=0)) / (heard.std(axis=0) + 1e-3)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled @ scaled.T)


def _compared(excerpts: Excerpts, likeness: Floats, asked: Flags | None) -> tuple[Metric, Metric]:
    count = len(likeness)
    queries = np.arange(count) if asked is None else np.flatnonzero(asked)
    shared, alike = [], []
    for vectors in (excerpts.first, excerpts.second):
        ours = np.maximum(vectors @ excerpts.first.T, vectors @ excerpts.second.T)
        for query in queries:
            others = np.delete(np.arange(count), query)
            one, other = ours[query, others], likeness[query, others]
            shared.append(len(np.intersect1d(_nearest(one), _nearest(other))) / NEIGHBOURS)
            alike.append(np.corrcoef(_places(one), _places(other))[0, 1])
    tracks = np.tile(queries, 2)
    return mean_of(np.array(shared), tracks), mean_of(np.array(alike), tracks)


def _nearest(cosines: Floats) -> NDArray[np.integer]:
    return np.argsort(-cosines, kind="stable")[:NEIGHBOURS]


def _places(cosines: Floats) -> NDArray[np.integer]:
    return np.argsort(np.argsort(cosines, kind="stable"), kind="stable")
