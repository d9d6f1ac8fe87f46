"""The way into the shortlist and back: it holds every kept track, also those that were found outside the filter."""

from dataclasses import replace

from bgm_finder.catalogue.in_memory.conditions import Filter
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.gui.filter_changes import Change, clear


class ShortlistWay:
    """Put the filter and the search aside while the shortlist is shown; its methods are changes of the filter."""

    def __init__(self, search: SimilarSearch) -> None:
        self._search = search
        self._before: Filter | None = None
        self._was_searching = False

    def enter(self, now: Filter) -> Filter:
        """Return the filter that leaves the kept tracks, however they were found."""
        self._before, self._was_searching = now, self._search.current is not None or self._search.is_busy
        return Filter(mark="keep")

    def put_search_aside(self) -> None:
        """Clear the search, once the filter of the shortlist is set: else the whole library is shown before it."""
        if self._was_searching:
            self._search.clear()

    def leave(self, now: Filter) -> Filter:
        """Return the filter that was there before, and goes back to its search."""
        before, self._before = self._before, None
        if before is None:  # the app began with the shortlist
            return replace(now, mark=None)
        if self._was_searching and self._search.current is None:
            self._search.back()
        return before

    def follow(self, change: Change) -> None:
        """Make a change to the filter that was put aside."""
        if self._before is not None:
            self._before = change(self._before)


def ends_shortlist(change: Change, now: Filter, wanted: Filter) -> bool:
    """Says whether a change takes nothing away but the shortlist, as its chip does."""
    return now.mark == "keep" and change is not clear and wanted == replace(now, mark=None)
