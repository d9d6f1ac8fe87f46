"""The list of the window: what it shows, which track of it is current, and what the keys act on."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from bgm_finder.conditions import Filter
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.list_position import Arrival, ListPosition
from bgm_finder.controllers.listing import Listing, Rows, changed_places, ranked_rows
from bgm_finder.controllers.search import Search, SimilarSearch
from bgm_finder.controllers.track_groups import TrackGroups
from bgm_finder.track import ListScope
from bgm_finder.workflows.browse import View
from bgm_finder.workflows.find_similar import Ranking


class TrackList(QObject):
    """Show the library, the shortlist or a ranking; the current track stays current in whichever holds it."""

    changed = Signal(object, object)
    """Listing and Position: what the list shows from now on, and where one stands in it."""
    requested_shown = Signal()
    """The ranking that someone asked for is shown; follows changed."""
    pending_changed = Signal(int)
    """How many tracks a newer ranking, which waits for apply_pending(), would move; 0 where none waits."""
    current_requested = Signal(int)
    """The place of a track that is to become current as by a key."""
    resumed = Signal(int)
    """The track at which a brief was left, which is current again."""

    def __init__(
        self,
        library: Library,
        search: SimilarSearch,
        comparison: Comparison,
        groups: TrackGroups,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._search, self._comparison, self._groups = library, search, comparison, groups
        self._position = ListPosition()
        self._listing: Listing | None = None
        self._whole: Listing | None = None
        """What the list shows, not in groups."""
        self._scope = ListScope.BOTH
        self._is_requested = False
        """Whether someone asked for the ranking that comes next; else it follows the filter or the library."""
        self._is_return = False
        """Whether that ranking was shown before,"""
        self._is_from_shortlist = False
        """and whether it takes the place of the shortlist."""
        self._ranked: Search | None = None
        """Whose ranking the list shows,"""
        self._filter = Filter()
        """and for which filter it shows what it does."""
        self._left_at: dict[Search, int | None] = {}
        """The track that was current in each ranking when it was left."""
        self._is_returned = False
        """Whether the current track is one that was left there, and that nobody went to since."""
        self._came_from: int | None = None
        """The track that was current when the first search took the place of the library."""
        self._awaited: int | None = None
        """A track to go to, where the list holds it by the next view."""
        self._is_due = False
        """Whether that view is there."""
        self._resumes = False
        """Whether the current track is one at which a brief was left, until a list is shown that may hold it."""
        self._tracks = 0
        """How many the library held when it was last shown."""
        self._connect()

    @property
    def current_id(self) -> int | None:
        """The current track; None where there is none in the list."""
        return self._position.current_id

    @property
    def left_at(self) -> int | None:
        """The current track, or where the list does not hold it, the one that was current last."""
        return self._position.track_id

    @property
    def scope(self) -> ListScope:
        """Which parts of rankings are shown."""
        return self._scope

    def begin(self, track_id: int | None, scope: ListScope, wanted: Filter) -> None:
        """Set the track to begin with, which parts of rankings are shown, and the filter of the list to come."""
        self._position = ListPosition()
        self._position.move(track_id, 0)
        self._listing = self._ranked = self._came_from = self._awaited = None
        self._left_at.clear()
        self._scope, self._filter = scope, wanted
        self._is_requested = False
        self._resumes = self._is_returned = track_id is not None

    def set_scope(self, scope: ListScope) -> None:
        """Set which parts of rankings are shown."""
        self._scope = scope
        if self._search.ranking is not None:
            self._show_ranking(self._search.ranking, self._is_requested and not self._search.is_busy)

    def apply_pending(self) -> None:
        """Show the newer ranking that was held back; the current track stays where it is on the screen."""
        self._search.apply_pending()

    def move(self, track_id: int | None, place: int) -> None:
        """Make the track at a place of the list current, or none."""
        self._awaited = None
        self._resumes = False
        self._is_returned = False
        self._position.move(track_id, place)

    def go_to(self, track_id: int) -> None:
        """Make a track current as by a key: now, or where the change of the library under way brings it in."""
        self._awaited, self._is_due = track_id, False
        self._go_to_awaited()

    def acted_on(self, selected: list[int]) -> list[int]:
        """Return the tracks that a command acts on: those selected, else the one heard, else the one compared.

        A track that was found again where it was left has not been selected: while another sounds, it is that one.
        """
        heard = self._comparison.heard_id
        if self._is_returned and heard is not None and self._comparison.is_sounding:
            return [heard]
        return selected or ([] if heard is None else [heard])

    @property
    def has_groups(self) -> bool:
        """Whether the list is shown in groups."""
        return self._groups.are_of(self._ranked)

    @property
    def tracks(self) -> int:
        """How many tracks the list holds, in groups or not."""
        return 0 if self._whole is None else int(np.count_nonzero(self._whole.rows.rows >= 0))

    def make_groups(self) -> None:
        """Show what the list holds in groups of tracks that sound alike, as soon as they are made."""
        if self._whole is not None:
            self._groups.make(self._whole, self._ranked)

    def leave_groups(self) -> None:
        """Show the list as it was before the groups; the current track stays current."""
        was_grouped = self.has_groups
        self._groups.leave()
        if was_grouped and self._whole is not None:
            self._show(self._whole, Arrival.OTHER)

    def show_next_of_each(self) -> bool:
        """Let the next track of each group stand for it, to be walked from the top; return False where none has one."""
        if not self.has_groups or self._whole is None or not self._groups.show_next():
            return False
        self._show(self._whole, Arrival.FROM_TOP)
        return True

    def toggle_group(self, track_id: int | None = None) -> None:
        """Open the group of a track, or of the current one, or fold it again."""
        if self.has_groups:
            self._groups.toggle(self._position.track_id if track_id is None else track_id)

    def _on_groups_made(self) -> None:
        if self.has_groups and self._whole is not None:
            self._show(self._whole, Arrival.FROM_TOP)

    def _on_groups_changed(self) -> None:
        if self.has_groups and self._whole is not None:
            current = self._position.track_id
            self._show(self._whole, Arrival.SAME, current, self._groups.representative_of(current))

    def _connect(self) -> None:
        library, search = self._library, self._search
        self._groups.made.connect(self._on_groups_made)
        self._groups.changed.connect(self._on_groups_changed)
        library.filter_changed.connect(self._on_filter)
        library.view_changed.connect(self._on_view)
        search.started.connect(self._on_started)
        search.found.connect(self._on_found)
        search.held_back.connect(self._on_held_back)
        search.failed.connect(self._on_failed)
        search.cleared.connect(self._on_cleared)

    def _on_filter(self, wanted: Filter) -> None:
        """Search by the filter at once: one that began before the view is there would be for the filter before.

        Groups were made of what the filter before it left.
        """
        if wanted != self._filter:
            self._groups.leave()
        if self._library.columns is not None:
            self._search.refresh(self._library.columns, wanted)

    def _on_view(self, view: View) -> None:
        had, self._tracks = self._tracks, len(view.columns)
        if had and not self._tracks:
            self._search.clear()  # there is nothing any more that could be like it
        self._search.refresh(view.columns, view.wanted)
        self._is_due = not self._library.is_behind
        if self._search.current is None:
            self._show_library(view)
        elif self._search.ranking is not None and view.wanted == self._search.ranked_filter:
            self._show_ranking(self._search.ranking, False)  # the same order, with what is known of its tracks now
        self._forget_awaited()

    def _resume(self, listing: Listing) -> None:
        """Report the track to begin with, once: in the first list with tracks."""
        if self._resumes and len(listing.columns):
            self._resumes = False
            if self.current_id is not None:
                self.resumed.emit(self.current_id)

    def _on_started(self, _search: Search) -> None:
        self._is_requested, self._is_return = True, self._search.is_travelling
        self._is_from_shortlist = self._search.current is None and self._filter.mark == "keep"
        if self._search.current is None:
            self._came_from = self._position.track_id

    def _on_found(self, search: Search, ranking: Ranking) -> None:
        self._leave_ranking(search)
        self._show_ranking(ranking, self._is_requested)

    def _on_held_back(self) -> None:
        """Leave the list as it is, unless there is no order to keep, or a track to go to is in the newer one only."""
        after, listing = self._pending_rows(), self._listing
        if after is None or listing is None:
            return
        brings_awaited = self._awaited is not None and after.place_of(listing.columns, self._awaited) is not None
        if brings_awaited or not listing.rows.matches or not changed_places(listing.rows, after):
            self._search.apply_pending()
        else:
            self._tell_pending()
            self._forget_awaited()

    def _pending_rows(self) -> Rows | None:
        ranking, columns = self._search.pending, self._library.columns
        return None if ranking is None or columns is None else ranked_rows(ranking, columns, self._scope)

    def _tell_pending(self) -> None:
        after = self._pending_rows()
        if after is None or self._listing is None:
            self.pending_changed.emit(0)
        else:
            self.pending_changed.emit(changed_places(self._listing.rows, after))

    def _on_failed(self, _search: Search | None, _error: Exception) -> None:
        self._is_requested = False
        if self._search.ranking is not None:
            self._show_ranking(self._search.ranking, False)  # without the tracks that have left the library

    def _on_cleared(self) -> None:
        self._is_requested = False
        was_ranked, view = self._ranked, self._library.view
        self._leave_ranking(None)
        if was_ranked is not None and view is not None and view.wanted == self._library.wanted:
            self._show_library(view)  # else another view is on its way
        self._tell_pending()

    def _leave_ranking(self, going_to: Search | None) -> None:
        """Remember the current track of the ranking that another one, or the library, takes the place of."""
        if self._ranked is not None and self._ranked != going_to:
            self._left_at[self._ranked] = self.current_id
        self._ranked = going_to

    def _show_library(self, view: View) -> None:
        """Show a view; after a ranking at its current track, or at the one that was current before the search."""
        before = None if self._listing is None else self._listing.shown
        is_same = isinstance(before, View) and view.wanted == self._filter
        self._filter = view.wanted
        candidates = [self._position.track_id]
        if isinstance(before, Ranking):
            candidates.append(self._came_from)
        listing = Listing(view.columns, Rows(view.rows), view)
        self._show(listing, Arrival.SAME if is_same else Arrival.OTHER, *candidates)

    def _show_ranking(self, ranking: Ranking, is_requested: bool) -> None:
        columns = self._library.columns
        if columns is None:
            return
        listing = Listing(columns, ranked_rows(ranking, columns, self._scope), ranking)
        is_requested = is_requested and bool(listing.rows.matches)  # else the tracks may come with the analysis
        if is_requested and self._is_return:
            self._return_to(listing)
        else:
            self._show(listing, self._arrival(listing, is_requested))
        if listing.rows.matches:
            self._filter = self._search.ranked_filter
        self._tell_pending()
        if is_requested:
            self._is_requested = False
            self.requested_shown.emit()

    def _arrival(self, listing: Listing, is_requested: bool) -> Arrival:
        """Return how a ranking comes: from its top, where asked for, or where the filter put the current track out."""
        if is_requested:
            return Arrival.FROM_TOP
        if self._search.ranked_filter == self._filter:
            return Arrival.SAME
        place = None if self._position.track_id is None else listing.place_of(self._position.track_id)
        return Arrival.OTHER if place is not None and listing.is_inside(place) else Arrival.FROM_TOP

    def _return_to(self, listing: Listing) -> None:
        """Show a ranking that was shown before, at the track that was left there, or at the current one.

        Behind the shortlist it lies at the current track first, which may have been heard in the shortlist.
        """
        left_at = None if self._ranked is None else self._left_at.get(self._ranked)
        current = self._position.track_id
        candidates = (current, left_at) if self._is_from_shortlist else (left_at, current)
        is_known = self._is_from_shortlist or left_at is not None
        self._show(listing, Arrival.OTHER if is_known else Arrival.FROM_TOP, *candidates)
        self._is_returned = True

    def _show(self, listing: Listing, arrival: Arrival, *candidates: int | None) -> None:
        self._whole = listing
        if self.has_groups:
            listing = replace(listing, rows=self._groups.rows(listing))
        self._listing = listing
        if arrival is not Arrival.SAME:
            self._awaited = None
        self.changed.emit(listing, self._position.follow(listing, arrival, candidates))
        self._resume(listing)
        self._go_to_awaited()
        self._forget_awaited()

    def _forget_awaited(self) -> None:
        """Go no more to a track that the view, and the ranking that follows it, did not bring."""
        if self._is_due and not self._search.is_busy:
            self._awaited = None

    def _go_to_awaited(self) -> None:
        place = (
            self._listing.place_of(self._awaited) if self._listing is not None and self._awaited is not None else None
        )
        if place is not None:
            is_other, self._awaited = self._awaited != self.current_id, None
            if is_other:
                self.current_requested.emit(place)
