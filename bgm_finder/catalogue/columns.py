"""All tracks as columns in memory: what the list shows and the filters work on, made for 600,000 rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.folding import fold

ANALYSED = 1
"""Flag of a track whose vector is there, so that it can be searched for and found."""
MISSING = 2
"""Flag of a track whose file was gone at the last scan."""
UNREADABLE = 4
"""Flag of a track whose file cannot be read; its reason is in the catalogue."""
PICTURED = 8
"""Flag of a track whose preview picture and waveform overview are there."""

MARK_NAMES = {1: "keep", -1: "reject", 0: ""}
MARK_CODES = {name: code for code, name in MARK_NAMES.items()}

_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 12
"""Digits that numbers in a title are filled up to, so that 9 comes before 10."""


@dataclass(frozen=True)
class TagColumn:
    """The tags of one category: names once, and one (row, code) pair for each tag of each track, ordered by row."""

    names: tuple[str, ...]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names)}

    def names_at(self, row: int) -> tuple[str, ...]:
        """Gives the names that one track carries, sorted."""
        first, last = np.searchsorted(self.rows, [row, row + 1])
        return tuple(sorted(self.names[code] for code in self.codes[first:last]))

    def mask_of(self, names: Sequence[str] | frozenset[str], count: int) -> NDArray[np.bool_]:
        """Gives which of count tracks carry at least one of the names."""
        wanted = np.zeros(len(self.names), np.bool_)
        wanted[[self.code_of[name] for name in names if name in self.code_of]] = True
        mask = np.zeros(count, np.bool_)
        mask[self.rows[wanted[self.codes]]] = True
        return mask

    @cached_property
    def tagged_rows(self) -> NDArray[np.int32]:
        """The rows that carry any tag of the category, each once."""
        return np.unique(self.rows)


NO_TAGS = TagColumn((), np.zeros(0, np.int32), np.zeros(0, np.int32))


@dataclass(frozen=True)
class Columns:
    """All tracks, one row each in the order they were added; lists and arrays are row-aligned and never changed."""

    ids: NDArray[np.int64]
    """Ascending."""
    paths: list[str]
    """Absolute; bytes that are not valid text stand as surrogate escapes, so that Path(path) opens the file."""
    titles: list[str]
    artists: list[str]
    comments: list[str]
    durations_s: NDArray[np.float32]
    """nan where unknown."""
    bpms: NDArray[np.float32]
    """nan where unknown."""
    bpms_estimated: NDArray[np.bool_]
    marks: NDArray[np.int8]
    """1 keep, -1 reject, 0 neither."""
    states: NDArray[np.uint8]
    """ANALYSED, MISSING, UNREADABLE, PICTURED."""
    searched: list[str] = field(repr=False)
    """Folded title, artist, comment and file name; tags are searched through their names."""
    tags: dict[str, TagColumn]

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, track_id: int) -> int | None:
        """Gives the row of a track, or None where it is not in the catalogue."""
        row = int(np.searchsorted(self.ids, track_id))
        return row if row < len(self.ids) and self.ids[row] == track_id else None

    def rows_of(self, track_ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int32]:
        """Gives the rows of those of the tracks that are here, in the order asked."""
        wanted = np.asarray(track_ids, np.int64)
        if not len(self.ids):
            return np.zeros(0, np.int32)
        rows = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.asarray(rows[self.ids[rows] == wanted], np.int32)

    def tags_at(self, row: int) -> dict[str, tuple[str, ...]]:
        """Gives the tags of one track by category; categories without any are left out."""
        found = {category: column.names_at(row) for category, column in self.tags.items()}
        return {category: names for category, names in found.items() if names}

    @cached_property
    def search_bytes(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The searched texts as one run of UTF-8 bytes, each ended by a line feed, and where each one ends."""
        text = "".join(f"{line}\n" for line in self.searched)
        letters = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
        return letters, np.flatnonzero(letters == ord("\n"))

    @cached_property
    def title_ranks(self) -> NDArray[np.int32]:
        """Each row's place among all titles, numbers in them by value."""
        return _ranks(self.titles)

    @cached_property
    def folder_ranks(self) -> NDArray[np.int32]:
        """Each row's place among all folders; those of one folder share one."""
        return _ranks([path[: path.rfind("/")] for path in self.paths])

    @cached_property
    def format_ranks(self) -> NDArray[np.float32]:
        """Each row's place among the file formats, nan where unknown."""
        column = self.tags.get("format", NO_TAGS)
        order = np.argsort(np.argsort(np.array(column.names, dtype=np.str_)))
        ranks = np.full(len(self), np.nan, np.float32)
        ranks[column.rows] = order[column.codes]
        return ranks


def _natural(text: str) -> str:
    return _DIGITS.sub(lambda digits: digits[0].zfill(_LONGEST_NUMBER), fold(text))


def _ranks(texts: list[str]) -> NDArray[np.int32]:
    """Gives each text's place in natural order; those that differ by case, width or kana only share one."""
    keys = {text: _natural(text) for text in set(texts)}
    place = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    rank_of = {text: place[key] for text, key in keys.items()}
    return np.fromiter(map(rank_of.__getitem__, texts), np.int32, len(texts))
