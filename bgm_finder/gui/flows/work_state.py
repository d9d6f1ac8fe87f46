"""Where one is in the work on a brief: collected from the window to be kept, and brought back into it."""

from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.briefs.brief import LIKE, NOT_LIKE, Brief, BriefContent, BriefSearch, RankedOrder, WeightedReference
from bgm_finder.catalogue.in_memory.sorting import SORT_KEYS
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.search import Beside, Search, SimilarSearch
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.gui.flows.browsing import Browsing
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings
from bgm_finder.typed_json import from_plain
from bgm_finder.workflows.find_similar import Ranking


class WorkState(QObject):
    """Gather what a brief consists of, and show one as it was left."""

    changed = Signal()
    """Something that belongs to the brief may be another."""

    def __init__(
        self, window: MainWindow, library: Library, track_list: TrackList, search: SimilarSearch, browsing: Browsing
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._track_list = window, library, track_list
        self._search, self._browsing = search, browsing
        self._coming: Brief | None = None
        """The brief that is on its way into the window."""
        track_list.changed.connect(lambda *_: self._on_listing())
        for signal in (
            library.view_changed, search.found, search.cleared, search.history_changed, window.table.row_changed,
            window.reference.scope_requested, window.table.verticalScrollBar().valueChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: self._tell())

    def collect(self) -> BriefContent | None:
        """Return what the brief that is shown consists of; None while it is on its way."""
        library, search, list_ = self._library, self._search, self._track_list
        if self._coming is not None or library.view is None:
            return None
        is_shortlist, behind = library.wanted.mark == "keep", self._browsing.behind_shortlist
        return BriefContent(
            filter=behind.filter_of(library.wanted) if is_shortlist else library.wanted,
            searches=tuple(_kept_search(one) for one in search.searches),
            place=search.place,
            is_ranking=search.current is not None,
            order=None if search.ranking is None else _kept_order(search.ranking),
            shortlist=library.wanted if is_shortlist else None,
            resumes_search=is_shortlist and behind.resumes_search,
            scope=list_.scope,
            sort_key=library.sort_key,
            sort_descending=library.sort_descending,
            current=list_.left_at,
            top_row=self._window.table.top_row,
        )

    def show(self, brief: Brief) -> None:
        """Bring a brief back into the window; what plays goes on."""
        self._coming, content = brief, brief.content
        wanted = content.filter if content.shortlist is None else content.shortlist
        sort_key = next((key for key in SORT_KEYS if key == content.sort_key), SORT_KEYS[0])
        self._track_list.begin(content.current, content.scope, wanted)
        self._window.reference.set_scope(content.scope)
        self._window.table.sort_header.show_sort(sort_key, content.sort_descending)
        self._browsing.take_up(content, wanted)
        order = content.order if content.is_ranking and content.references else None
        searches = [_search(one) for one in content.searches]
        self._search.restore(searches, content.place, None if order is None else _ranking(order))
        self._library.show_brief(brief.id, wanted, sort_key, content.sort_descending)

    def _on_listing(self) -> None:
        columns = self._library.columns
        if self._coming is not None and columns is not None and columns.brief_id == self._coming.id:
            brief, self._coming = self._coming, None
            self._window.table.scroll_to_row(brief.content.top_row)
        self._tell()

    def _tell(self) -> None:
        if self._coming is None:
            self.changed.emit()


def left_in_settings(settings: Settings, catalogue: Path) -> tuple[BriefContent, str]:
    """Return what versions without briefs kept in the settings: filter, order, parts of lists; and the last track."""
    content = {
        "filter": settings.filters.get(str(catalogue), {}),
        "scope": settings.scope,
        "sort_key": settings.sort_key,
        "sort_descending": settings.sort_descending,
    }
    return from_plain(BriefContent, content), settings.last_tracks.get(str(catalogue), "")


def _kept_search(search: Search) -> BriefSearch:
    weights = search.weights or (LIKE,) * len(search.references)
    own = map(WeightedReference, search.references, search.titles, weights)
    beside = (
        WeightedReference(one.reference, one.title, one.weight * (LIKE if one.is_like else NOT_LIKE), one.is_learned)
        for one in search.beside
    )
    return BriefSearch((*own, *beside), search.learns)


def _search(kept: BriefSearch) -> Search:
    own = [one for one in kept.references if one.weight > 0 and not one.is_learned]
    weights = tuple(one.weight for one in own)
    return Search(
        tuple(one.reference for one in own),
        tuple(one.title for one in own),
        () if set(weights) == {LIKE} else weights,
        tuple(
            Beside(one.reference, one.title, abs(one.weight), one.weight > 0, one.is_learned)
            for one in kept.references
            if one.weight < 0 or one.is_learned
        ),
        kept.learns,
    )


def _kept_order(ranking: Ranking) -> RankedOrder:
    return RankedOrder(**{item.name: getattr(ranking, item.name) for item in fields(RankedOrder)})


def _ranking(order: RankedOrder) -> Ranking:
    return Ranking(**{item.name: getattr(order, item.name) for item in fields(RankedOrder)})
