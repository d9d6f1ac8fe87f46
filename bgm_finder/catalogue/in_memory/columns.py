"""All tracks as columns in memory: what the list shows and the filters work on, made for 600,000 rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.file_facets import (
    CodedBlocks,
    FolderColumn,
    artist_column,
    artists_in,
    coded_blocks,
    folder_column,
    folders_in,
)
from bgm_finder.catalogue.in_memory.places import Paths, Titles
from bgm_finder.catalogue.in_memory.tag_column import NO_TAGS, TagColumn
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.track import ARTIST, FOLDER, FORMAT, HEARD_AFTER_S, Mark, Tag

ANALYSED = 1
"""Flag of a track whose vector is there, so that it can be searched for and found."""
MISSING = 2
"""Flag of a track whose file was gone at the last scan."""
UNREADABLE = 4
"""Flag of a track whose file cannot be read; its reason is in the catalogue."""
PICTURED = 8
"""Flag of a track whose preview picture and waveform overview are there."""

MARK_NAMES: dict[int, Mark] = {1: "keep", -1: "reject", 0: ""}
MARK_CODES = {name: code for code, name in MARK_NAMES.items()}

_MANY = 8
"""Ids that are more than one in so many are looked up in a table,"""
_GAPS = 8
"""unless so many times more ids were given than are left."""


@dataclass
class Remembered:
    """What was found out from columns on the way, kept for those that follow them."""

    orders: dict[tuple[str, bool], tuple[object, NDArray[np.int32]]] = field(default_factory=dict)
    """By key and direction: what was sorted, and its order."""
    artists: tuple[Texts, TagColumn] | None = None
    """What they were made of, and they; the blocks of it too, for columns in which only some blocks are others."""
    folders: tuple[Paths, FolderColumn] | None = None
    artist_blocks: CodedBlocks = field(default_factory=dict)
    folder_blocks: CodedBlocks = field(default_factory=dict)


@dataclass(frozen=True)
class Columns:
    """All tracks, one row each in the order they were added; all that is in here is row-aligned and never changed."""

    ids: NDArray[np.int64]
    """Ascending."""
    paths: Paths
    """Absolute; bytes that are not valid text stand as surrogate escapes, so that Path(path) opens the file."""
    titles: Titles
    artists: Texts
    comments: Texts
    durations_s: NDArray[np.float32]
    """nan where unknown."""
    bpms: NDArray[np.float32]
    """nan where unknown."""
    bpms_estimated: NDArray[np.bool_]
    marks: NDArray[np.int8]
    """Of the brief: 1 keep, -1 reject, 0 neither."""
    heard_s: NDArray[np.float32]
    """For how long each track was listened to in the brief."""
    notes: Mapping[int, str]
    """The brief's notes, by row; rows without one are left out."""
    states: NDArray[np.uint8]
    """ANALYSED, MISSING, UNREADABLE, PICTURED."""
    title_ranks: NDArray[np.int32]
    """Each row's place among all titles, numbers in them by value; titles that are alike share one."""
    searched: Texts = field(repr=False)
    """Folded title, artist, comment and file name; tags are searched through their names."""
    tags: dict[str, TagColumn]
    stamp: int = 0
    """Of the catalogue's last change that is in here."""
    file: tuple[int, int] = (0, 0)
    """The catalogue file, by its numbers in the file system."""
    brief_id: int = 0
    """The brief whose marks, listening and notes these are; 0 for none."""
    heard_after_s: float = HEARD_AFTER_S
    """For how long a track must have been listened to so that it counts as heard."""
    network: str = ""
    """The one whose vectors make a track analysed."""
    remembered: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_heard(self) -> NDArray[np.bool_]:
        """Whether each track counts as heard in the brief."""
        return np.greater_equal(self.heard_s, np.float32(self.heard_after_s))

    def row_of(self, track_id: int) -> int | None:
        """Return the row of a track, or None where it is not in the catalogue."""
        row = int(np.searchsorted(self.ids, track_id))
        return row if row < len(self.ids) and self.ids[row] == track_id else None

    def rows_of(self, track_ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the rows of those of the tracks that are here, in the order asked."""
        wanted = np.asarray(track_ids, np.int64)
        if not len(self.ids):
            return np.zeros(0, np.int32)
        rows = np.minimum(rows_of(self.ids, np.minimum(wanted, self.ids[-1])), len(self.ids) - 1)
        return np.asarray(rows[self.ids[rows] == wanted], np.int32)

    def facet(self, category: str) -> TagColumn:
        """Return what the filter offers under a category: its tags, or the artists or folders."""
        if category == ARTIST:
            return self.artist_facet
        return self.folder_facet if category == FOLDER else self.tags.get(category, NO_TAGS)

    @property
    def facets(self) -> list[str]:
        """What the filter offers: all categories; artists where any is known, folders where there is a choice."""
        artists = [ARTIST] if self.artist_facet.names else []
        return [*self.tags, *artists, *([FOLDER] if len(self.folder_facet.names) > 1 else [])]

    @property
    def artist_facet(self) -> TagColumn:
        """The artists as the filter offers them."""
        known, kept = self.remembered, self.remembered.artists
        if kept is None or kept[0] is not self.artists:
            coded = known.artist_blocks = coded_blocks(self.artists, artists_in, known.artist_blocks)
            kept = known.artists = self.artists, artist_column(self.artists, coded)
        return kept[1]

    @property
    def folder_facet(self) -> FolderColumn:
        """The folders as the filter offers them."""
        known, kept = self.remembered, self.remembered.folders
        if kept is None or kept[0] is not self.paths:
            coded = known.folder_blocks = coded_blocks(self.paths.names, folders_in, known.folder_blocks)
            kept = known.folders = self.paths, folder_column(self.paths, coded)
        return kept[1]

    def tags_at(self, row: int) -> dict[str, tuple[str, ...]]:
        """Return the tags of one track by category; categories without any are left out."""
        found = {category: column.names_at(row) for category, column in self.tags.items()}
        return {category: names for category, names in found.items() if names}

    def tags_among(self, rows: NDArray[np.int32]) -> dict[Tag, int]:
        """Return the tags that any of the rows carry, and how many of them do; file formats are no tags."""
        is_among = np.zeros(len(self), np.bool_)
        is_among[rows] = True
        found: dict[Tag, int] = {}
        for category, column in self.tags.items():
            counts = np.bincount(column.codes[is_among[column.rows]], minlength=len(column.names))
            if category != FORMAT:
                found |= {Tag(category, column.names[code]): int(counts[code]) for code in np.flatnonzero(counts)}
        return found

    def count_tagged(self, tag: Tag) -> int:
        """Return how many tracks carry a tag, or any of a category where it has no name."""
        column = self.tags.get(tag.category, NO_TAGS)
        if not tag.name:
            return len(column.tagged_rows)
        return int(np.count_nonzero(column.codes == column.code_of.get(tag.name, -1)))

    def format_ranks(self) -> NDArray[np.float32]:
        """Return each row's place among the file formats, nan where unknown."""
        column = self.tags.get(FORMAT, NO_TAGS)
        order = np.argsort(np.argsort(np.array(column.names, dtype=np.str_)))
        ranks = np.full(len(self), np.nan, np.float32)
        ranks[column.rows] = order[column.codes]
        return ranks


def rows_of(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the row of each wanted id among ids, which ascend, and of one that is not there any row.

    No wanted id is above the last one. Many are looked up in a table, many times quicker than each by halving.
    """
    if len(wanted) * _MANY < len(ids) or not len(ids) or ids[-1] > len(ids) * _GAPS or wanted.min() < 0:
        return np.searchsorted(ids, wanted).astype(np.int32)
    table = np.zeros(int(ids[-1]) + 1, np.int32)
    table[ids] = np.arange(len(ids), dtype=np.int32)
    return table[wanted]
