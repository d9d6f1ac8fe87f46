"""Searches for similar tracks: the one under way, those before it, and the way back and forward through them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.catalogue.columns import Columns
from bgm_finder.catalogue.conditions import Filter
from bgm_finder.controllers.lane import Lane
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.track import Section
from bgm_finder.workflows import find_similar
from bgm_finder.workflows.find_similar import Ranking, Reference
from bgm_finder.workflows.job import Job

TOP = 200
"""Rows of each list; nobody listens to more."""


@dataclass(frozen=True)
class Search:
    """What was asked: the references, and a name for each that a person knows."""

    references: tuple[Reference, ...]
    titles: tuple[str, ...] = field(default=())


class SimilarSearch(QObject):
    """Takes references; tells what is found, and keeps the history as a browser does."""

    started = Signal(object)
    found = Signal(object, object)
    """Search and Ranking."""
    failed = Signal(object, Exception)
    """The search that failed; the list stays as it was."""
    cleared = Signal()
    history_changed = Signal()
    ready_changed = Signal(bool)

    def __init__(self, catalogue: Path, embedder: Embedder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._embedder = embedder
        self._columns: Columns | None = None
        self._wanted = Filter()
        self._past: list[Search] = []
        self._future: list[Search] = []
        self._asked: Search | None = None
        self.current: Search | None = None
        self.ranking: Ranking | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedder")
        self._lane = Lane("search", self, executor=self._thread)
        self._loading = Lane("load", self, executor=self._thread)
        self._lane.finished.connect(self._on_found)
        self._lane.failed.connect(self._on_failed)
        self._loading.finished.connect(lambda _: self.ready_changed.emit(True))
        self._loading.failed.connect(lambda error: self.failed.emit(None, error))

    def load(self) -> None:
        """Loads the network in its thread, ahead of the first search."""
        self._loading.start(_load, self._embedder)

    def start(self, search: Search) -> None:
        """Searches; the search before it can be gone back to."""
        self._asked = search
        self.started.emit(search)
        self._run(search)

    def refresh(self, columns: Columns, wanted: Filter) -> None:
        """Searches again where the library or the filter has changed."""
        if columns is self._columns and wanted == self._wanted:
            return
        self._columns, self._wanted = columns, wanted
        if self._asked or self.current:
            self._run(self._asked or self.current)

    def back(self) -> None:
        self._travel(self._past, self._future)

    def forward(self) -> None:
        self._travel(self._future, self._past)

    @property
    def can_go_back(self) -> bool:
        return bool(self._past)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._future)

    @property
    def is_busy(self) -> bool:
        return self._lane.is_busy

    def clear(self) -> None:
        """Back to the plain list; the search stays in the history."""
        self._lane.cancel()
        self._asked = None
        if self.current is not None:
            self._past.append(self.current)
            self.current = self.ranking = None
            self._future.clear()
            self.history_changed.emit()
        self.cleared.emit()

    def close(self) -> None:
        self._lane.close()
        self._loading.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(self, search: Search | None) -> None:
        if self._columns is None or search is None:
            return
        self._lane.start(
            find_similar.find_similar,
            self._catalogue,
            self._columns,
            self._embedder,
            search.references,
            self._wanted,
            top=TOP,
        )

    def _travel(self, source: list[Search], target: list[Search]) -> None:
        if not source:
            return
        if self.current is not None:
            target.append(self.current)
        self.current = None
        self._asked = source.pop()
        self.history_changed.emit()
        self.started.emit(self._asked)
        self._travels = True
        self._run(self._asked)

    _travels = False

    def _on_found(self, ranking: Ranking) -> None:
        asked = self._asked
        if asked is not None:
            if self.current is not None and self.current != asked and not self._travels:
                self._past.append(self.current)
                self._future.clear()
            self.current, self._asked, self._travels = asked, None, False
            self.history_changed.emit()
        self.ranking = ranking
        self.found.emit(self.current, ranking)

    def _on_failed(self, error: Exception) -> None:
        asked, self._asked, self._travels = self._asked, None, False
        self.failed.emit(asked, error)


def _load(job: Job, embedder: Embedder) -> None:
    embedder.load()


def section_reference(path: Path, track_id: int | None, section: Section | None) -> Reference:
    """Gives the reference for a track or a file, or for a stretch of it."""
    return Reference(path=path, track_id=track_id, section=section)
