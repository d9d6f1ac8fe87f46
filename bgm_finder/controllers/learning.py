"""Whether searches learn from the marks: towards what was kept, away from what was rejected."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from bgm_finder.catalogue.in_memory.columns import ANALYSED, MARK_CODES, Columns
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.search import Beside, Search, SimilarSearch
from bgm_finder.similarity.ranking import MOST_MARKS
from bgm_finder.track import Reference


class Learning(QObject):
    """Put the newest marks beside what is searched by, for as long as it is switched on."""

    switched = Signal(bool)

    def __init__(self, search: SimilarSearch, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search, self._library = search, library
        self._is_on = False
        self._marked: dict[int, int] = {}
        """Each marked track's mark, in the order in which they were seen: the newest last."""
        self._left_out: set[int] = set()
        """Tracks that were taken out of what is learned from."""
        library.view_changed.connect(lambda view: self._on_columns(view.columns))
        search.found.connect(lambda search, _: self._on_found(search))

    @property
    def is_on(self) -> bool:
        return self._is_on

    def switch(self, is_on: bool) -> None:
        """Learn from the marks, or no longer; what is searched by now follows, and can be gone back from in a step."""
        if is_on == self._is_on:
            return
        self._set(is_on)
        self._left_out.clear()
        requested = self._search.requested
        if requested is not None and (wanted := self.applied(requested)) != requested:
            self._search.start(wanted)

    def applied(self, search: Search) -> Search:
        """Return a search with what is learned from the marks now, or without anything learned."""
        own = tuple(beside for beside in search.beside if not beside.is_learned)
        learned = self._learned({*_ids(search.references), *_ids(one.reference for one in own)}) if self._is_on else ()
        return replace(search, beside=(*own, *learned), learns=self._is_on)

    def leave_out(self, track_ids: Iterable[int]) -> None:
        """Learn nothing from these tracks, until it is switched on the next time."""
        self._left_out |= set(track_ids)
        self._follow()

    def _learned(self, asked: set[int]) -> tuple[Beside, ...]:
        columns = self._library.columns
        if columns is None:
            return ()
        found: list[Beside] = []
        for code in (MARK_CODES["keep"], MARK_CODES["reject"]):
            ids = [i for i, mark in self._marked.items() if mark == code and i not in asked and i not in self._left_out]
            rows = [row for row in columns.rows_of(ids).tolist() if columns.states[row] & ANALYSED]
            found += [_beside(columns, row, is_like=code > 0) for row in rows[-MOST_MARKS:]]
        return tuple(found)

    def _on_columns(self, columns: Columns) -> None:
        rows = np.flatnonzero(columns.marks)
        now = dict(zip(columns.ids[rows].tolist(), columns.marks[rows].tolist(), strict=True))
        kept = {track_id: mark for track_id, mark in self._marked.items() if now.get(track_id) == mark}
        if kept != now or kept != self._marked:
            self._marked = {**kept, **{track_id: mark for track_id, mark in now.items() if track_id not in kept}}
            self._follow()

    def _on_found(self, search: Search) -> None:
        """Follow the way back and forward: an earlier search may not have learned."""
        if search.learns != self._is_on:
            self._set(search.learns)
        self._follow()

    def _follow(self) -> None:
        current = self._search.current
        if not self._is_on or current is None or self._search.requested is not current:
            return  # a search on its way is followed once it is found
        wanted = self.applied(current)
        if set(wanted.beside) != set(current.beside):  # their order, as the marks came, is not kept with a brief
            self._search.replace(wanted)

    def _set(self, is_on: bool) -> None:
        self._is_on = is_on
        self.switched.emit(is_on)


def _ids(references: Iterable[Reference]) -> set[int]:
    return {reference.track_id for reference in references if reference.track_id is not None}


def _beside(columns: Columns, row: int, is_like: bool) -> Beside:
    reference = Reference(Path(columns.paths[row]), int(columns.ids[row]))
    return Beside(reference, columns.titles[row], is_like=is_like, is_learned=True)
