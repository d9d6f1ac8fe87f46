"""Searches for similar tracks: the one under way, those before it, and the way back and forward through them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.conditions import Filter
from bgm_finder.controllers.history import History
from bgm_finder.controllers.lane import Lane, thread_of
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.track import AtMost, Reference
from bgm_finder.workflows import find_similar
from bgm_finder.workflows.find_similar import Query, Ranking
from bgm_finder.workflows.kept_vectors import KeptVectors

TOP = 200
"""Rows of each list; nobody listens to more."""

_Ground = tuple[Columns | None, Filter]


@dataclass(frozen=True)
class Beside:
    """What pulls the order of a search towards it, or pushes it away, beside the references that were asked for."""

    reference: Reference
    title: str = ""
    """As the user knows it."""
    weight: float = 1.0
    """Above 0; how much it counts."""
    is_like: bool = False
    """Whether the matches should sound like it, not unlike it."""
    is_learned: bool = False
    """Whether it comes from the marks."""


@dataclass(frozen=True)
class Search:
    """What was asked: the references, and a name for each that a person knows."""

    references: tuple[Reference, ...]
    titles: tuple[str, ...] = field(default=())
    weights: tuple[float, ...] = ()
    """How much each reference counts; 1 each where there are none."""
    beside: tuple[Beside, ...] = ()
    learns: bool = False
    """Whether what the marks say is among what stands beside the references."""

    def query(self, wanted: Filter, top: int, at_most: AtMost | None) -> Query:
        """Return what the recipe is asked."""
        like, unlike = ([one for one in self.beside if one.is_like is is_like] for is_like in (True, False))
        weights = self.weights or (1.0,) * len(self.references)
        return Query(
            (*self.references, *(one.reference for one in like)),
            wanted,
            negatives=tuple(one.reference for one in unlike),
            top=top,
            at_most=at_most,
            weights=(*weights, *(one.weight for one in like)),
            negative_weights=tuple(one.weight for one in unlike),
        )


class SimilarSearch(QObject):
    """Take references, report what is found, and keep the history as a browser does."""

    started = Signal(object)
    found = Signal(object, object)
    """Search and Ranking, which is to be shown."""
    held_back = Signal()
    """A newer ranking of what is shown is there: pending. Nobody asked for it, and it waits for apply_pending()."""
    failed = Signal(object, Exception)
    """The search that failed; the list stays as it was."""
    loaded = Signal()
    """The network is there, or cannot be: what it holds up may begin."""
    cleared = Signal()
    history_changed = Signal()

    def __init__(self, catalogue: Path, embedder: Embedder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._embedder = embedder
        self._kept = KeptVectors()
        self._at_most: AtMost | None = None
        self._now: _Ground = (None, Filter())
        """What a search looks through."""
        self._running_on: _Ground = self._now
        self._ranked_on: _Ground = self._now
        """What the search under way, and the newest ranking, looked through."""
        self._history: History[Search] = History()
        self._takes_ground = False
        """Whether the ranking shown is for what comes next, as it was for what it looked through."""
        self._asked: Search | None = None
        self.current: Search | None = None
        self.ranking: Ranking | None = None
        """The one to be shown."""
        self.pending: Ranking | None = None
        """A newer one for the same search and filter, held back so that the list does not reorder by itself."""
        self._is_due = False
        """Whether a user's action on the files asks for what is found next to be shown at once."""
        self._thread = thread_of("embedder")
        self._lane = Lane[Ranking]("search", self, executor=self._thread)
        self._loading = Lane[None]("load", self, executor=self._thread)
        self._lane.finished.connect(self._on_found)
        self._lane.failed.connect(self._on_failed)
        self._loading.finished.connect(lambda _: self.loaded.emit())
        self._loading.failed.connect(self._on_not_loaded)

    def load(self) -> None:
        """Load the network in its thread, ahead of the first search."""
        self._loading.start(_load, self._embedder)

    def start(self, search: Search) -> None:
        """Search; the search before it can be gone back to."""
        self._history.stay()
        self._ask(search)

    def replace(self, search: Search) -> None:
        """Search otherwise in the place of the search that is shown: no way back leads to the one before."""
        self._history.change(search)
        if self.current is not None:
            self.current = search
        self._asked = None
        self._is_due = True
        self.started.emit(search)
        self._run(search)

    def restore(self, searches: Sequence[Search], place: int, ranking: Ranking | None) -> None:
        """Take searches up as they were left, at a place of them; a ranking that was shown comes back unchanged.

        It is reported as found with the library and the filter that come next, which are taken for its own.
        """
        self._lane.cancel()
        self._history = History.of(searches, place, ranking is None)
        is_shown = ranking is not None and 0 <= place < len(searches)
        self._asked, self.current, self.ranking = None, searches[place] if is_shown else None, ranking
        self._now, self._takes_ground = (None, Filter()), is_shown
        self.history_changed.emit()
        if not is_shown:
            self.ranking = None
            self.cleared.emit()

    def refresh(self, columns: Columns, wanted: Filter) -> None:
        """Search again where the library or the filter has changed."""
        before, self._now = self._now, (columns, wanted)
        if self._takes_ground:
            self._takes_ground, self._running_on, self._ranked_on = False, self._now, self._now
            self.found.emit(self.current, self.ranking)
            return
        if _is_same(before, self._now):
            return
        if self._lane.is_busy and wanted == before[1]:
            return  # while an analysis runs, a search that is cut short at each step would never end
        self._run(self.requested)

    def repeat(self, paths: Collection[Path]) -> None:
        """Search again where one of these files, which sound otherwise now, is searched by."""
        search = self.requested
        if search is not None and any(reference.path in paths for reference in search.references):
            self._is_due = True
            self._run(search)

    def set_at_most(self, at_most: AtMost | None) -> None:
        """Set how many tracks of one artist or folder a list holds; None for any number."""
        if at_most != self._at_most:
            self._at_most = at_most
            self._is_due = True
            self._run(self._asked or self.current)

    def apply_pending(self) -> None:
        """Have the ranking that was held back shown."""
        if self.pending is not None and self.current is not None:
            self.ranking, self.pending = self.pending, None
            self.found.emit(self.current, self.ranking)

    def back(self) -> None:
        self._travel(-1)

    def forward(self) -> None:
        self._travel(1)

    @property
    def can_go_back(self) -> bool:
        return self._history.can_go(-1)

    @property
    def can_go_forward(self) -> bool:
        return self._history.can_go(1)

    @property
    def searches(self) -> tuple[Search, ...]:
        """The searches that can be gone to, the oldest first."""
        return self._history.visited

    @property
    def place(self) -> int:
        """The place of the search that is shown, or was last, among all; -1 for none."""
        return self._history.place

    @property
    def is_travelling(self) -> bool:
        """Whether the search under way is one of the history."""
        return self._history.is_on_the_way

    @property
    def requested(self) -> Search | None:
        """The search under way to take the place of the one shown, or else that one."""
        return self._asked or self.current

    @property
    def ranked_filter(self) -> Filter:
        """The filter that the ranking shown was made for."""
        return self._ranked_on[1]

    @property
    def is_busy(self) -> bool:
        return self._lane.is_busy

    def clear(self) -> None:
        """Back to the plain list; the search stays in the history."""
        self._lane.cancel()
        self._history.leave()
        self._asked = self.current = self.ranking = self.pending = None
        self._is_due = False
        self.history_changed.emit()
        self.cleared.emit()

    def close(self) -> None:
        self._lane.close()
        self._loading.close()
        self._thread.shutdown(wait=False, cancel_futures=True)  # it keeps nothing, and may load torch for seconds

    def _ask(self, search: Search) -> None:
        self._asked = search
        self.history_changed.emit()
        self.started.emit(search)
        self._run(search)

    def _run(self, search: Search | None) -> None:
        columns, wanted = self._now
        if columns is None or search is None:
            return
        self._running_on = self._now
        self._lane.start(
            find_similar.find_similar,
            self._catalogue,
            columns,
            self._embedder,
            search.query(wanted, TOP, self._at_most),
            self._kept,
        )

    def _travel(self, steps: int) -> None:
        search = self._history.set_out(steps)
        if search is not None:
            self._ask(search)

    def _on_not_loaded(self, error: Exception) -> None:
        self.failed.emit(None, error)
        self.loaded.emit()

    def _on_found(self, ranking: Ranking) -> None:
        is_other_filter = self._running_on[1] != self._ranked_on[1]
        is_shown = self._asked is not None or self._is_due or self.ranking is None or is_other_filter
        self._ranked_on, self._is_due = self._running_on, False
        if self._asked is not None:
            self._history.arrive(self._asked)
            self.current, self._asked = self._asked, None
            self.history_changed.emit()
        self.pending = ranking
        if is_shown:
            self.apply_pending()
        else:
            self.held_back.emit()
        self._catch_up()

    def _on_failed(self, error: Exception) -> None:
        asked, self._asked = self._asked, None
        self._history.stay()
        self.history_changed.emit()
        self.failed.emit(asked, error)
        if asked is not None:  # else the same would fail again
            self._catch_up()

    def _catch_up(self) -> None:
        """Search again by what is shown where the library or the filter has changed meanwhile."""
        if self.current is not None and not self._lane.is_busy and not _is_same(self._ranked_on, self._now):
            self._run(self.current)


def _is_same(one: _Ground, other: _Ground) -> bool:
    return one[0] is other[0] and one[1] == other[1]


def _load(job: Job, embedder: Embedder) -> None:
    embedder.load()
