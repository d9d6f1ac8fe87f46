"""The tags of one category over all tracks, kept so that all of them can be counted at once within any choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

_BITS = 32
"""A tag on more than one track in so many is counted by a bit for each track, a rarer one by its rows' numbers."""


@dataclass(frozen=True)
class TagColumn:
    """Names once, and one (row, code) pair for each tag of each track, ordered by row."""

    names: tuple[str, ...]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names)}

    def names_at(self, row: int) -> tuple[str, ...]:
        """Return the names that one track carries, sorted."""
        first, last = np.searchsorted(self.rows, np.array([row, row + 1], np.int32))  # of its kind: else all is copied
        return tuple(sorted(self.names[code] for code in self.codes[first:last]))

    def codes_at(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """Return the code of each of some rows, where none has more than one; -1 for none, int32, (rows,)."""
        if not len(self.rows):
            return np.full(len(rows), -1, np.int32)
        places = np.minimum(np.searchsorted(self.rows, rows.astype(np.int32)), len(self.rows) - 1)
        return np.where(self.rows[places] == rows, self.codes[places], -1).astype(np.int32)

    def mask_of(self, names: Sequence[str] | frozenset[str], count: int) -> Mask:
        """Return which of count tracks carry at least one of the names."""
        mask = np.zeros(count, np.bool_)
        for name in names:
            if name in self.code_of:
                mask[self._by_code.rows_of(self.code_of[name])] = True
        return mask

    def counts_within(self, mask: Mask) -> NDArray[np.int64]:
        """Return how many of the tracks of a mask, which has a place for every track, carry each name."""
        return self._tally(len(mask)).counts_within(mask)

    @cached_property
    def tagged_rows(self) -> NDArray[np.int32]:
        """The rows that carry any tag of the category, each once."""
        is_first = np.ones(len(self.rows), np.bool_)
        is_first[1:] = self.rows[1:] != self.rows[:-1]
        return self.rows[is_first]

    @cached_property
    def _by_code(self) -> "_ByCode":
        return _ByCode(self.rows, self.codes, len(self.names))

    @cached_property
    def _tallies(self) -> "dict[int, _Tally]":
        return {}

    def _tally(self, count: int) -> "_Tally":
        if count not in self._tallies:
            self._tallies[count] = _Tally(self._by_code, count)
        return self._tallies[count]


NO_TAGS = TagColumn((), np.zeros(0, np.int32), np.zeros(0, np.int32))


class _ByCode:
    """The rows of each code, one code's after the other's."""

    def __init__(self, rows: NDArray[np.int32], codes: NDArray[np.int32], names: int) -> None:
        small = codes.astype(np.uint16 if names < 2**16 else np.uint32)  # short numbers are sorted several times faster
        self.rows = rows[np.argsort(small, kind="stable")]
        self.sizes = np.bincount(codes, minlength=names)
        self._ends = np.cumsum(self.sizes)

    def rows_of(self, code: int) -> NDArray[np.int32]:
        return self.rows_between(code, code + 1)

    def rows_between(self, first: int, end: int) -> NDArray[np.int32]:
        """Return the rows of the codes from first on, up to end."""
        return self.rows[self._ends[first] - self.sizes[first] : self._ends[end - 1]]


class _Tally:
    """What the counting needs for a number of tracks."""

    def __init__(self, by_code: _ByCode, count: int) -> None:
        is_frequent = by_code.sizes * _BITS > count
        self._names = len(is_frequent)
        self._frequent = np.flatnonzero(is_frequent)
        self._rare = np.flatnonzero(~is_frequent & (by_code.sizes > 0))
        bits = [_bits_of(by_code.rows_of(code), count) for code in self._frequent.tolist()]
        self._bits = np.stack(bits) if bits else np.zeros((0, 0), np.uint64)
        rows = [by_code.rows_of(code) for code in self._rare.tolist()]
        self._rare_rows = np.concatenate(rows) if rows else np.zeros(0, np.int32)
        sizes = by_code.sizes[self._rare]
        self._rare_begins = np.cumsum(sizes) - sizes

    def counts_within(self, mask: Mask) -> NDArray[np.int64]:
        counts = np.zeros(self._names, np.int64)
        if len(self._frequent):
            counts[self._frequent] = np.bitwise_count(self._bits & _bits(mask)).sum(axis=1, dtype=np.int64)
        if len(self._rare):
            counts[self._rare] = np.add.reduceat(mask[self._rare_rows], self._rare_begins, dtype=np.int64)
        return counts


def _bits_of(rows: NDArray[np.int32], count: int) -> NDArray[np.uint64]:
    mask = np.zeros(count, np.bool_)
    mask[rows] = True
    return _bits(mask)


def _bits(mask: Mask) -> NDArray[np.uint64]:
    """Return a mask as bits, 64 in a number."""
    packed = np.packbits(mask)
    return np.pad(packed, (0, -len(packed) % 8)).view(np.uint64)
