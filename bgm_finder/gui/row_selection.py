"""The list's current track and those that are selected, kept while other rows take the place of those shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QTableView

from bgm_finder.gui.track_model import COLUMNS, TrackModel

_TITLE = COLUMNS.index("title")


@dataclass(frozen=True)
class Chosen:
    """The current track and those that are selected."""

    current: int | None
    selected: list[int]


class RowSelection(QObject):
    """The rows of a table that are current and selected, by place and by track."""

    current_changed = Signal(object, bool)
    """Track id or None; False where it should stay silent."""

    def __init__(self, view: QTableView, tracks: TrackModel) -> None:
        super().__init__(view)
        self._view, self._tracks = view, tracks
        self.is_silent = False
        """Whether rows become current without sound."""
        self.is_replaced = False
        """Whether other rows are taking the place of those shown."""
        self._kept: list[int] | None = None
        """The tracks selected when rows were replaced last, also those left out; None once others were selected."""
        tracks.modelAboutToBeReset.connect(self._keep)

    def current_id(self) -> int | None:
        return self._tracks.id_at(self._view.currentIndex().row())

    def selected_ids(self) -> list[int]:
        found = [self._tracks.id_at(place) for place in self.selected_places()]
        return [track_id for track_id in found if track_id is not None]

    def selected_places(self) -> list[int]:
        selection = self._view.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        return sorted({place for chosen in ranges for place in range(chosen.top(), chosen.bottom() + 1)})

    def chosen(self) -> Chosen:
        return Chosen(self.current_id(), self.selected_ids())

    def select(self, place: int) -> None:
        """Make a row current, and the only selected one."""
        index = self._tracks.index(place, _TITLE)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._view.selectionModel().setCurrentIndex(index, flags)
        self._view.scrollTo(index)

    def select_silently(self, place: int | None) -> None:
        """Make a row current without playing it, or none."""
        with self.silence():
            if place is None:
                self._view.setCurrentIndex(QModelIndex())
                self._view.clearSelection()
            else:
                self.select(place)

    def show_single(self) -> None:
        """Make the only selected track the current one, silently, so that the keys act on what they can make heard."""
        places = self.selected_places()
        if len(places) == 1:
            if places[0] != self._view.currentIndex().row():
                self.select_silently(places[0])
            self.report_silently()

    def restore(self, before: Chosen) -> None:
        """Make current and selected what was so before, silently."""
        place = None if before.current is None else self._tracks.place_of(before.current)
        if place is None:
            self.report_silently()
            return
        self.select_silently(place)
        if len(before.selected) > 1:
            self._add(self._tracks.places_of(before.selected))

    def report_silently(self) -> None:
        self.current_changed.emit(self.current_id(), False)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Let rows become current without sound."""
        self.is_silent = True
        try:
            yield
        finally:
            self.is_silent = False

    @contextmanager
    def replacing(self) -> Iterator[None]:
        """Keep what is selected while other rows take the place of those shown."""
        self.is_replaced = True
        try:
            yield
        finally:
            self.is_replaced = False

    def follow(self, current: int | None) -> None:
        """Make a place of the rows that were replaced current, silently, and select what was selected of several.

        Only the current one is selected if it was not among those before.
        """
        self.select_silently(current)
        kept = self._kept or []
        if len(kept) > 1 and (current is None or self._tracks.id_at(current) in kept):
            self._add(self._tracks.places_of(kept))

    def forget_kept(self) -> None:
        """Take what is selected now for the user's choice."""
        if not self.is_replaced:
            self._kept = None

    def _keep(self) -> None:
        if self._kept is None:
            self._kept = self.selected_ids()

    def _add(self, places: NDArray[np.int64]) -> None:
        """Select rows beside those that are: neighbours as one range, so that ten thousand take no longer than ten."""
        chosen, last = QItemSelection(), len(COLUMNS) - 1
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            if len(run):
                chosen.select(self._tracks.index(int(run[0]), 0), self._tracks.index(int(run[-1]), last))
        self._view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)
