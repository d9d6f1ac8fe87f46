"""The vectors of the tracks, as matrices; half precision is only how they are kept."""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.parts import numbers

Floats = NDArray[np.float32]
_AT_ONCE = 8192
_TINY = float(np.finfo(np.float32).tiny)
_NONE = np.zeros(0, np.int64), np.zeros((0, 0), np.float32)


class Vectors:
    """Read vectors, and make those of one network into another's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count(self, network: str) -> int:
        """Return how many tracks a network has heard."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM vectors INDEXED BY vectors_by_track WHERE network = ?", (network,)
        ).fetchone()
        return int(count)

    def all(self, network: str) -> tuple[NDArray[np.int64], Floats]:
        """Return what blocks yields in one piece; (0, 0) where there is none."""
        blocks = list(self.blocks(network)) or [_NONE]
        return np.concatenate([ids for ids, _ in blocks]), np.concatenate([vectors for _, vectors in blocks])

    def blocks(self, network: str) -> Iterator[tuple[NDArray[np.int64], Floats]]:
        """Yield ids, ascending, and vectors of unit length, (tracks, dimensions), of all that a network has heard.

        A vector that is all nought stays so.
        """
        above = 0
        while len((some := self._some("track_id > ?", (above,), network))[0]):
            yield some
            above = int(some[0][-1])

    def of(self, network: str, track_ids: Sequence[int]) -> tuple[NDArray[np.int64], Floats]:
        """Return ids, ascending, and vectors of those tracks that a network has heard; at most a few thousand."""
        return self._some(f"track_id IN ({', '.join('?' * len(track_ids))})", tuple(track_ids), network)

    def turn(self, old: str, new: str, turn: Floats) -> int:
        """Make some vectors of one network into another's by a turn, (dimensions, dimensions); return how many.

        They go on being one transaction a call; where none is left, 0 comes back. What the other heard itself stays.
        """
        ids, vectors = self._some("track_id > ?", (-1,), old)
        turned = vectors @ turn.T if len(ids) else vectors
        rows = [
            (new, track_id, (vector / max(float(np.linalg.norm(vector)), _TINY)).astype(np.float16).tobytes())
            for track_id, vector in zip(ids.tolist(), turned, strict=True)
        ]
        with self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)
            self._connection.executemany(
                "DELETE FROM vectors WHERE network = ? AND track_id = ?", [(old, track_id) for _, track_id, _ in rows]
            )
        return len(rows)

    def _some(self, among: str, values: tuple[int, ...], network: str) -> tuple[NDArray[np.int64], Floats]:
        ids, halves = self._connection.execute(
            f"""SELECT group_concat(track_id), CAST(group_concat(vector, '') AS BLOB) FROM (SELECT track_id, vector
                FROM vectors WHERE {among} AND network = ? ORDER BY track_id LIMIT {_AT_ONCE})""",
            (*values, network),
        ).fetchone()
        if ids is None:
            return _NONE
        found = numbers(ids)
        matrix = np.frombuffer(halves, np.float16).astype(np.float32).reshape(len(found), -1)
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), _TINY)
        return found, matrix
