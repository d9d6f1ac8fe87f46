"""The vectors of a track's sections: kept at a byte a number, which the order of a ranking does not notice."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bgm_finder.track import Section

Floats = NDArray[np.float32]

_FULL_SCALE = 127
_IDS_AT_ONCE = 500
_ROWS_AT_ONCE = 2048
_TURNED_AT_ONCE = 256
_SECTIONS_OF = "SELECT track_id, step_s, length_s, end_s, vectors FROM sections WHERE network = ?"


@dataclass(frozen=True, slots=True)
class TrackSections:
    """What a network heard in the sections of one track, in the order of time."""

    vectors: Floats
    """float32, (sections, dimensions), of unit length."""
    step_s: float
    """From the start of one to the start of the next; the last one ends with the sound."""
    length_s: float
    end_s: float
    """Of the sound."""


@dataclass(frozen=True, slots=True)
class SectionTable:
    """The sections of many tracks, one below the other."""

    ids: NDArray[np.int64]
    """The tracks, ascending."""
    firsts: NDArray[np.int64]
    """The row at which each track's sections begin, and the number of all rows at the end: (tracks + 1,)."""
    numbers: NDArray[np.int8]
    """Directions, not of unit length: (sections, dimensions)."""
    lengths: Floats
    """Of each direction, at least 1: (sections,)."""
    times: Floats
    """Step, length and end of the sound of each track, in seconds: float32, (tracks, 3)."""

    def section(self, place: int, number: int) -> Section:
        """Return where the section of this number lies in the track at this place of ids."""
        step_s, length_s, end_s = (float(time) for time in self.times[place])
        start_s = max(0.0, min(number * step_s, end_s - length_s))
        return Section(start_s, min(start_s + length_s, end_s))


class Sections:
    """Read and write the sections' vectors; those of one network a track, of the one that heard it last."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, track_id: int, network: str, heard: TrackSections) -> None:
        """Keep a track's sections, within the transaction of the caller."""
        self._connection.execute("DELETE FROM sections WHERE track_id = ?", (track_id,))
        self._connection.execute(
            "INSERT INTO sections (track_id, network, step_s, length_s, end_s, vectors) VALUES (?, ?, ?, ?, ?, ?)",
            (track_id, network, heard.step_s, heard.length_s, heard.end_s, _packed(heard.vectors).tobytes()),
        )

    def count(self, network: str) -> int:
        """Return how many tracks have sections of a network."""
        (found,) = self._connection.execute("SELECT count(*) FROM sections WHERE network = ?", (network,)).fetchone()
        return int(found)

    def turn(self, old: str, new: str, turn: Floats) -> int:
        """Make the sections of some tracks that one network heard into another's, as Vectors.turn does."""
        rows = list(self._connection.execute(f"{_SECTIONS_OF} LIMIT {_TURNED_AT_ONCE}", (old,)))
        with self._connection:
            for track_id, *times, held in rows:
                numbers = np.frombuffer(held, np.int8).reshape(-1, turn.shape[1]).astype(np.float32)
                self.put(track_id, new, TrackSections(numbers @ turn.T, *times))
        return len(rows)

    def table(self, network: str, dimensions: int, track_ids: Sequence[int] | None = None) -> SectionTable:
        """Return the sections of all tracks that a network has heard, or of those among the given ones."""
        rows = list(self._rows(network, track_ids))
        rows.sort(key=lambda row: row[0])
        numbers = np.frombuffer(b"".join(row[4] for row in rows), np.int8).reshape(-1, dimensions)
        counts = np.array([0, *(len(row[4]) // dimensions for row in rows)], np.int64)
        times = np.array([row[1:4] for row in rows], np.float32).reshape(-1, 3)
        ids = np.array([row[0] for row in rows], np.int64)
        return SectionTable(ids, np.cumsum(counts), numbers, _lengths(numbers), times)

    def stamp(self) -> str | None:
        """Return what changes whenever sections are stored or forgotten, by whomever."""
        row = self._connection.execute("SELECT value FROM state WHERE key = 'changes of sections'").fetchone()
        return None if row is None else str(row[0])

    def _rows(self, network: str, track_ids: Sequence[int] | None) -> Iterator[tuple[int, float, float, float, bytes]]:
        if track_ids is None:
            yield from self._connection.execute(_SECTIONS_OF, (network,))
            return
        for some in _batches(track_ids):
            marks = ", ".join("?" * len(some))
            yield from self._connection.execute(f"{_SECTIONS_OF} AND track_id IN ({marks})", (network, *some))


def _batches(track_ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (track_ids[start : start + _IDS_AT_ONCE] for start in range(0, len(track_ids), _IDS_AT_ONCE))


def _lengths(numbers: NDArray[np.int8]) -> Floats:
    found = np.ones(len(numbers), np.float32)
    for start in range(0, len(numbers), _ROWS_AT_ONCE):
        block = numbers[start : start + _ROWS_AT_ONCE].astype(np.float32)
        found[start : start + _ROWS_AT_ONCE] = np.sqrt(np.einsum("ij,ij->i", block, block))
    return np.maximum(found, 1.0)


def _packed(vectors: Floats) -> NDArray[np.int8]:
    """Return each vector's direction in whole numbers: the largest becomes 127, so that no scale need be kept."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return np.asarray(np.rint(vectors * (_FULL_SCALE / largest)), np.int8)
