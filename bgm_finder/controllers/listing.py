"""What the list shows: rows of the columns, and the headings and matches of a ranking."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.track import AtMost, ListScope, Match, Scope, Tag
from bgm_finder.workflows.at_most import are_among_first
from bgm_finder.workflows.browse import View
from bgm_finder.workflows.find_similar import Ranking

_SIDES = 2
"""Parts of a ranking that shows the tracks inside the filter and those outside it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a part of a ranking."""

    side: Scope
    """The side of the filter that the part is on: INSIDE or OUTSIDE."""
    count: int
    """Tracks in the part."""


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """What stands above a group of tracks that sound alike."""

    number: int
    """Counted from 1."""
    count: int
    """Tracks in the group."""
    tags: tuple[Tag, ...]
    bpm: tuple[int, int] | None
    is_open: bool
    """Whether all its tracks are listed, not only the one that stands for them."""
    is_visited: bool
    """Whether one of its tracks was heard."""


@dataclass(frozen=True)
class Rows:
    """Rows of the columns in the order of the list, -1 where a heading stands."""

    rows: NDArray[np.int32]
    headings: dict[int, Heading | GroupHeading] = field(default_factory=dict)
    """By place in the list."""
    matches: dict[int, Match] = field(default_factory=dict)
    """By place in the list."""

    def place_of(self, columns: Columns, track_id: int) -> int | None:
        """Return where a track stands in the list."""
        row = columns.row_of(track_id)
        if row is None:
            return None
        places = np.flatnonzero(self.rows == row)
        return int(places[0]) if len(places) else None


NO_ROWS = Rows(np.zeros(0, np.int32))


@dataclass(frozen=True)
class Listing:
    """A view of the library, of which the shortlist is one, or a ranking."""

    columns: Columns
    rows: Rows
    shown: View | Ranking

    def place_of(self, track_id: int) -> int | None:
        """Return where a track stands in the list."""
        return self.rows.place_of(self.columns, track_id)

    def is_inside(self, place: int) -> bool:
        """Return whether a ranked track is in the part that the filter leaves, where the list has two parts."""
        match = self.rows.matches[place]
        return match.outside is None or len(self.rows.headings) < _SIDES


def changed_places(before: Rows, after: Rows) -> int:
    """Return how many tracks of a ranking would come, go or move, where another takes its place.

    One that comes as another goes counts once; those that only make room, or close up, do not count.
    """
    places = {track: place for place, track in enumerate(_tracks(before))}
    tracks = _tracks(after)
    staying = _longest_ascent([places[track] for track in tracks if track in places])
    return max(len(places), len(tracks)) - staying


def _tracks(rows: Rows) -> list[tuple[bool, int]]:
    """Return the tracks of a ranking in their order, each with whether it is outside the filter."""
    return [(match.outside is not None, match.track_id) for _, match in sorted(rows.matches.items())]


def _longest_ascent(numbers: Sequence[int]) -> int:
    """Return how many of the numbers, at most, ascend in the order in which they stand."""
    lowest_ends: list[int] = []
    for number in numbers:
        place = bisect_left(lowest_ends, number)
        lowest_ends[place : place + 1] = [number]
    return len(lowest_ends)


def ranked_rows(ranking: Ranking, columns: Columns, scope: ListScope) -> Rows:
    """Return the rows of a ranking for a scope."""
    if scope == ListScope.MERGED or not ranking.is_filtered:
        best_first = sorted((*ranking.inside, *ranking.outside), key=lambda match: -match.score)
        merged = _stacked([(None, tuple(best_first))], columns)
        return merged if ranking.at_most is None else _few_of(merged, columns, ranking.at_most)
    inside = (Heading(Scope.INSIDE, len(ranking.inside)), ranking.inside)
    outside = (Heading(Scope.OUTSIDE, len(ranking.outside)), ranking.outside)
    return _stacked({ListScope.INSIDE: [inside], ListScope.OUTSIDE: [outside]}.get(scope, [inside, outside]), columns)


def _few_of(listed: Rows, columns: Columns, at_most: AtMost) -> Rows:
    """Return a list without headings, with no more of one artist or folder than are allowed."""
    places = np.flatnonzero(are_among_first(columns, listed.rows, at_most)).tolist()
    return Rows(listed.rows[places], matches={new: listed.matches[old] for new, old in enumerate(places)})


def _stacked(parts: Sequence[tuple[Heading | None, tuple[Match, ...]]], columns: Columns) -> Rows:
    rows: list[int] = []
    headings: dict[int, Heading | GroupHeading] = {}
    matches: dict[int, Match] = {}
    for heading, part in parts:
        if heading is not None:
            headings[len(rows)] = heading
            rows.append(-1)
        present = columns.rows_of([match.track_id for match in part])
        row_of = dict(zip(columns.ids[present].tolist(), present.tolist(), strict=True))
        for match in part:
            row = row_of.get(match.track_id)
            if row is not None:
                matches[len(rows)] = match
                rows.append(row)
    return Rows(np.array(rows, np.int32), headings, matches)
