"""Editors who look for one track among many, each in a way of their own; a judge answers for what they hear."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bgm_finder.similarity.ranking import MOST_MARKS, wanted_direction
from tests.benchmarks._auditions_material import Judge

SEVEN = 7
_KEPT_SHARE = 0.05
_LISTED = 200
"""Tracks of a ranking that the window lists."""

Numbers = NDArray[np.int64]
Vectors = NDArray[np.float32]


class Found(Exception):  # noqa: N818 - named as the fact it is
    """The track wanted is heard."""


@dataclass(frozen=True)
class Auditions:
    """How many tracks were heard until any of the best seven, and until the best one."""

    any_of_seven: int
    the_one: int


class Editor:
    """What one editor wants, has heard, and answers; wrong answers come by chance."""

    def __init__(self, judge: Judge, vectors: Vectors, groups: Sequence[Numbers], wrong: float, seed: int) -> None:
        rng = np.random.default_rng(seed)
        place = int(rng.integers(len(judge.wanted)))
        self.vectors, self.groups = vectors, groups
        self.order: Numbers = rng.permutation(len(vectors))
        self._rng, self._wrong = rng, wrong
        self._wanted, self._distances = int(judge.wanted[place]), judge.distances[place]
        is_other = np.arange(len(vectors)) != self._wanted
        nearest = np.lexsort((rng.permutation(len(vectors)), self._distances, is_other))
        self.best = nearest[:SEVEN]
        self._seven = set(self.best.tolist())
        near = self._distances[nearest[int(_KEPT_SHARE * len(vectors))]]
        self._is_kept = (self._distances <= near) & (self._distances < self._distances.max())
        self._is_rejected = ~self._is_kept & (self._distances >= np.median(self._distances))
        self._is_heard = np.zeros(len(vectors), np.bool_)
        self._heard = self._at_seven = 0

    def run(self, strategy: "Strategy") -> Auditions:
        """Return how soon a strategy leads there."""
        try:
            strategy(self)
        except Found:
            return Auditions(self._at_seven, self._heard)
        raise AssertionError("a strategy must go on until the track wanted is heard")

    def hear(self, track: int) -> int:
        """Hear a track that was not heard before, and return it; raises Found."""
        assert not self._is_heard[track]
        self._is_heard[track], self._heard = True, self._heard + 1
        if not self._at_seven and track in self._seven:
            self._at_seven = self._heard
        if track == self._wanted:
            raise Found
        return track

    def next_of(self, tracks: Numbers) -> int:
        """Return the first track that was not heard yet, of these or else of the library's order."""
        for some in (tracks, self.order):
            left = some[~self._is_heard[some]]
            if len(left):
                return int(left[0])
        raise AssertionError("all are heard")

    def is_nearer(self, track: int, than: int | None) -> bool:
        """Answer whether a track is nearer to what is wanted than another, or than none."""
        return than is None or bool(self._distances[track] < self._distances[than]) != self._errs()

    def mark(self, track: int) -> int:
        """Answer 1 to keep a track, -1 to reject it, or 0."""
        mark = int(self._is_kept[track]) - int(self._is_rejected[track])
        return -mark if self._errs() else mark

    def ranked(self, like: Sequence[int], weights: Sequence[float], unlike: Sequence[int] = ()) -> Numbers:
        """Return what the window lists for references with weights, and tracks that are not like it."""
        direction = wanted_direction(self.vectors[list(like)], self.vectors[list(unlike)], weights)
        return np.argsort(-(self.vectors @ direction), kind="stable")[: _LISTED + len(like)]

    def _errs(self) -> bool:
        return bool(self._rng.random() < self._wrong)


Strategy = Callable[[Editor], None]


def walk(editor: Editor) -> None:
    """Hear the library in its order."""
    while True:
        editor.hear(editor.next_of(editor.order))


def search(editor: Editor, reference: int | None = None) -> None:
    """Walk, press S on what is nearer than all before it, and walk on in that ranking."""
    ranking = editor.order if reference is None else editor.ranked([reference], [1.0])
    while True:
        track = editor.hear(editor.next_of(ranking))
        if editor.is_nearer(track, reference):
            reference, ranking = track, editor.ranked([track], [1.0])


def open_groups(editor: Editor) -> None:
    """Hear the representatives, open the group of the nearest, then the next nearest, and hear what they hold."""
    by_nearness: list[Numbers] = []
    for group in editor.groups:
        track = editor.hear(int(group[0]))
        place = 0
        while place < len(by_nearness) and not editor.is_nearer(track, int(by_nearness[place][0])):
            place += 1
        by_nearness.insert(place, group)
    for group in by_nearness:
        for track in group[1:]:
            editor.hear(int(track))


def learn_from_marks(editor: Editor) -> None:
    """Keep and reject what is heard, from the library's order on, with "learn from marks" switched on."""
    kept: list[int] = []
    rejected: list[int] = []
    ranking = editor.order
    while True:
        track = editor.hear(editor.next_of(ranking))
        mark = editor.mark(track)
        if mark:
            (kept if mark > 0 else rejected).append(track)
        if mark and kept:
            ranking = editor.ranked(kept[-MOST_MARKS:], [1.0] * len(kept[-MOST_MARKS:]), rejected[-MOST_MARKS:])


def all_together(editor: Editor) -> None:
    """Hear the representatives, search by the nearest, by each nearer one, and learn from the marks on the way."""
    kept: list[int] = []
    rejected: list[int] = []
    reference: int | None = None
    ranking, first = editor.order, [int(group[0]) for group in editor.groups]
    while True:
        track = editor.hear(first.pop(0) if first else editor.next_of(ranking))
        mark = editor.mark(track)
        if mark:
            (kept if mark > 0 else rejected).append(track)
        if editor.is_nearer(track, reference):
            reference = track
        like = [reference, *kept[-MOST_MARKS:]]
        ranking = editor.ranked(like, [1.0] * len(like), rejected[-MOST_MARKS:])


def search_by_the_others(editor: Editor) -> None:
    """Search by the other six of the best seven, with nothing heard before: what the network's order allows."""
    others = editor.best[1:].tolist()
    ranking = editor.ranked(others, [1.0] * len(others))
    ranking = ranking[~np.isin(ranking, others)]
    while True:
        editor.hear(editor.next_of(ranking))


STRATEGIES: dict[str, Strategy] = {
    "walking": walk,
    "S alone": search,
    "groups alone": open_groups,
    "marks alone": learn_from_marks,
    "all": all_together,
    "ranked by the other six": search_by_the_others,
}
