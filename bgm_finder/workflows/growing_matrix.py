"""A matrix of vectors that grows and changes in place: 300 MB are not copied for one track that was added."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.mel import Floats

_ROOM = 1.125
"""What is made ready beyond what is there."""


class GrowingMatrix:
    """One vector a track, in any order; use it in one thread, and its views only until the next change."""

    def __init__(self, expected: int = 0) -> None:
        self._count = 0
        self._expected = expected
        self._ids = np.zeros(0, np.int64)
        self._matrix = np.zeros((0, 0), np.float32)

    @property
    def ids(self) -> NDArray[np.int64]:
        """The track of each row."""
        return self._ids[: self._count]

    @property
    def matrix(self) -> Floats:
        """Float32, (tracks, dimensions)."""
        return self._matrix[: self._count]

    def put(self, ids: NDArray[np.int64], vectors: Floats) -> None:
        """Add vectors of tracks that are not in here."""
        end = self._count + len(ids)
        if end > len(self._ids):
            self._make_room(max(end, self._expected), vectors.shape[1])
        self._ids[self._count : end] = ids
        self._matrix[self._count : end] = vectors
        self._count = end

    def replace(self, changed: Sequence[int], ids: NDArray[np.int64], vectors: Floats) -> None:
        """Take the changed tracks out and add those that have a vector now."""
        self._take_out(np.flatnonzero(np.isin(self.ids, np.asarray(changed, np.int64))))
        if len(ids):
            self.put(ids, vectors)

    def _take_out(self, places: NDArray[np.intp]) -> None:
        """Fill the gaps from the end."""
        kept = self._count - len(places)
        last = np.setdiff1d(np.arange(kept, self._count), places)
        gaps = places[places < kept]
        self._ids[gaps] = self._ids[last]
        self._matrix[gaps] = self._matrix[last]
        self._count = kept

    def _make_room(self, rows: int, dimensions: int) -> None:
        rows = int(rows * _ROOM) + 1
        ids, matrix = np.zeros(rows, np.int64), np.zeros((rows, dimensions), np.float32)
        if self._count:
            ids[: self._count], matrix[: self._count] = self.ids, self.matrix
        self._ids, self._matrix = ids, matrix
