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
class Search:
    """What was asked: the references, and a name for each that a person knows."""

    references: tuple[Reference, ...]
    titles: tuple[str, ...] = field(default=())


class SimilarSearch(QObject):
    """Take references, report what is found, and keep the history as a browser does."""

    started = Signal(object)
    found = Signal(object, object)
    """Search and Ranking."""
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
        """What the search under way, and the one shown, looked through."""
        self._history: History[Search] = History()
        self._takes_ground = False
        """Whether the ranking shown is for what comes next, as it was for what it looked through."""
        self._asked: Search | None = None
        self.current: Search | None = None
        self.ranking: Ranking | None = None
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
        self._run(self._asked or self.current)

    def repeat(self, paths: Collection[Path]) -> None:
        """Search again where one of these files, which sound otherwise now, is searched by."""
        search = self._asked or self.current
        if search is not None and any(reference.path in paths for reference in search.references):
            self._run(search)

    def set_at_most(self, at_most: AtMost | None) -> None:
        """Set how many tracks of one artist or folder a list holds; None for any number."""
        if at_most != self._at_most:
            self._at_most = at_most
            self._run(self._asked or self.current)

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
        self._asked = self.current = self.ranking = None
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
            Query(search.references, wanted, top=TOP, at_most=self._at_most),
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
        if self._asked is not None:
            self._history.arrive(self._asked)
            self.current, self._asked = self._asked, None
            self.history_changed.emit()
        self.ranking, self._ranked_on = ranking, self._running_on
        self.found.emit(self.current, ranking)
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
