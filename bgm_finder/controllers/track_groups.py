"""The groups that the list falls into by sound: which are open, which were heard, and who stands for each."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.listing import GroupHeading, Heading, Listing, Rows
from bgm_finder.controllers.playback import Playback
from bgm_finder.controllers.search import Search
from bgm_finder.track import Match
from bgm_finder.workflows.group_tracks import TrackGroup, group_tracks

_Headings = dict[int, Heading | GroupHeading]


class TrackGroups(QObject):
    """Make groups of what the list shows; each shows its representative, and all of its tracks once it is opened."""

    made = Signal()
    """Groups are there."""
    changed = Signal()
    """Another group was opened, folded or heard."""
    empty = Signal()
    """None of the tracks is analysed yet."""
    failed = Signal(Exception)

    def __init__(self, catalogue: Path, network: str, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue, self._network, self._playback = catalogue, network, playback
        self._groups: tuple[TrackGroup, ...] = ()
        self._number_of: dict[int, int] = {}
        """The group of each track."""
        self._of: Search | None = None
        self._asked_of: Search | None = None
        """Of which search's ranking the groups are, and those that are being made; None for the library."""
        self._turn = 0
        """How many representatives of each group came before the ones that are shown."""
        self._opened: set[int] = set()
        self._heard: set[int] = set()
        """Tracks that were heard in this session, beside those that the columns know to be heard,"""
        self._heard_in = 0
        """and in which brief."""
        self._lane = Lane[tuple[TrackGroup, ...]]("groups", self)
        self._lane.finished.connect(self._on_made)
        self._lane.failed.connect(self.failed)
        playback.sounding_changed.connect(lambda _: self._hear())
        playback.playing_changed.connect(lambda _: self._hear())

    @property
    def tracks(self) -> int:
        """How many tracks are in a group."""
        return sum(len(group.track_ids) for group in self._groups)

    def are_of(self, search: Search | None) -> bool:
        """Return whether there are groups of a search's ranking, or of the library."""
        return bool(self._groups) and self._of == search

    def make(self, listing: Listing, search: Search | None) -> None:
        """Make groups of the tracks of a list, which are a search's ranking or, without one, the library."""
        rows = listing.rows.rows
        self._asked_of = search
        self._lane.start(group_tracks, self._catalogue, self._network, listing.columns, rows[rows >= 0])

    def leave(self) -> None:
        """Forget the groups."""
        self._lane.cancel()
        self._groups, self._number_of = (), {}

    def toggle(self, track_id: int | None) -> None:
        """Open the group of a track, or fold it again; without a track the first one."""
        if self._groups:
            self._opened ^= {0 if track_id is None else self._number_of.get(track_id, 0)}
            self.changed.emit()

    def show_next(self) -> bool:
        """Let the next track of each group stand for it; return False where no group has another."""
        if self._turn + 1 >= max((len(group.track_ids) for group in self._groups), default=0):
            return False
        self._turn += 1
        return True

    def representative_of(self, track_id: int | None) -> int | None:
        """Return the track that stands for the group of a track."""
        number = None if track_id is None else self._number_of.get(track_id)
        if number is None:
            return None
        tracks = self._groups[number].track_ids
        return tracks[min(self._turn, len(tracks) - 1)]

    def rows(self, listing: Listing) -> Rows:
        """Return the list in groups: those of its tracks that are in one."""
        rows: list[int] = []
        headings: _Headings = {}
        if listing.columns.brief_id != self._heard_in:
            self._heard_in = listing.columns.brief_id
            self._heard.clear()
        visited = {self._number_of[track_id] for track_id in self._heard & self._number_of.keys()}
        is_listed = np.zeros(len(listing.columns), np.bool_)
        is_listed[listing.rows.rows[listing.rows.rows >= 0]] = True
        for number, group in enumerate(self._groups):
            here = listing.columns.rows_of(group.track_ids)
            here = here[is_listed[here]]
            if len(here):
                is_open = number in self._opened
                is_visited = number in visited or bool((listing.columns.heard_s[here] > 0).any())
                heading = GroupHeading(number + 1, len(here), group.tags, group.bpm, is_open, is_visited)
                headings[len(rows)] = heading
                rows += [-1, *(here.tolist() if is_open else [int(here[min(self._turn, len(here) - 1)])])]
        match_of = {int(listing.rows.rows[place]): match for place, match in listing.rows.matches.items()}
        matches: dict[int, Match] = {place: match_of[row] for place, row in enumerate(rows) if row in match_of}
        return Rows(np.array(rows, np.int32), headings, matches)

    def close(self) -> None:
        self._lane.close()

    def _on_made(self, groups: tuple[TrackGroup, ...]) -> None:
        self._groups, self._of, self._turn = groups, self._asked_of, 0
        self._number_of = {track_id: number for number, group in enumerate(groups) for track_id in group.track_ids}
        self._opened.clear()
        if groups:
            self.made.emit()
        else:
            self.empty.emit()

    def _hear(self) -> None:
        sounding = self._playback.sounding
        if sounding is None or sounding.track_id is None or not self._playback.player.is_playing:
            return
        if sounding.track_id not in self._heard:
            self._heard.add(sounding.track_id)
            if self._groups:
                self.changed.emit()
