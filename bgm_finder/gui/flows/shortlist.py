"""The way into the shortlist and back: it holds every kept track, also those that were found outside the filter."""

from collections.abc import Callable
from dataclasses import replace

from bgm_finder.conditions import Filter
from bgm_finder.controllers.search import SimilarSearch
from bgm_finder.gui.filter_changes import Change, clear


class ShortlistWay:
    """Put the filter and the search aside while the shortlist is shown; its methods are changes of the filter."""

    def __init__(self, search: SimilarSearch) -> None:
        self._search = search
        self._before: Filter | None = None
        self._was_searching = False
        self._then: Callable[[], None] | None = None
        """What becomes of the search once the filter is set: before, it would be one for the filter that is left."""

    @property
    def resumes_search(self) -> bool:
        """Whether the search that was put aside comes back with the filter."""
        return self._was_searching

    def filter_of(self, now: Filter) -> Filter:
        """Return the filter behind the shortlist, whose own filter holds now."""
        return replace(now, mark=None) if self._before is None else self._before

    def take_up(self, before: Filter | None, resumes_search: bool) -> None:
        """Put a filter and a search aside as they were in another session; None: the shortlist is not shown."""
        self._before, self._was_searching, self._then = before, resumes_search, None

    def enter(self, now: Filter) -> Filter:
        """Return the filter that leaves the kept tracks, however they were found."""
        self._before, self._was_searching = now, self._search.current is not None or self._search.is_busy
        self._then = self._search.clear if self._was_searching else None
        return Filter(mark="keep")

    def leave(self, now: Filter) -> Filter:
        """Return the filter that was there before; its search follows."""
        before, is_known, self._before = self.filter_of(now), self._before is not None, None
        if not is_known:  # the app began with the shortlist
            return before
        self._then = self._search.back if self._was_searching and self._search.current is None else None
        return before

    def go_on(self) -> None:
        """Put the search aside, or take it up again, now that the filter is set."""
        then, self._then = self._then, None
        if then is not None:
            then()

    def follow(self, change: Change) -> None:
        """Make a change to the filter that was put aside."""
        if self._before is not None:
            self._before = change(self._before)


def ends_shortlist(change: Change, now: Filter, wanted: Filter) -> bool:
    """Return whether a change takes nothing away but the shortlist, as its chip does."""
    return now.mark == "keep" and change is not clear and wanted == replace(now, mark=None)
