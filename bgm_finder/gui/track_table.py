"""The list of tracks: walked with the arrow keys, dragged out as files."""

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.controllers.list_position import Position, Scroll
from bgm_finder.controllers.listing import Rows
from bgm_finder.gui.sort_header import SortHeader
from bgm_finder.gui.track_model import (
    COLUMNS,
    RANKING_COLUMNS,
    SORTS,
    AnyIndex,
    TrackModel,
    header_name,
    header_text,
)

_WIDTHS = {
    "mark": 26, "title": 204, "score": 62, "percentile": 104, "outside": 190, "duration": 56, "bpm": 50, "use": 90,
    "genre": 90, "mood": 92, "instrument": 104, "tempo": 70, "format": 88, "comment": 30, "file": 160, "folder": 200,
}  # fmt: skip
_HIDDEN_AT_FIRST = ("tempo", "file", "folder")


_EXTENDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS = {QAbstractItemView.CursorAction.MoveDown: 1, QAbstractItemView.CursorAction.MoveUp: -1}
_LEAPS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class _Chosen:
    """The current track and those that are selected."""

    current: int | None
    selected: list[int]


class TrackTable(QTableView):
    """Emits the track that became current, and whether the user wants to hear it."""

    current_changed = Signal(object, bool)
    """Track id or None; False where it should stay silent (Ctrl with the arrows, or a list that was replaced)."""
    row_changed = Signal(object, int)
    """Track id or None, and its place: another row has become current, silently or not."""
    current_clicked = Signal()
    """On the row that was current before, without Ctrl or Shift."""
    double_clicked = Signal()
    sort_requested = Signal(str, bool)
    header_changed = Signal()
    """A column was made wider, moved, shown or hidden."""
    sort_refused = Signal(bool)
    """Whether it is since a ranking has an order of its own; else since the column has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trackTable")
        self._is_silent = False
        self._pressed: _Chosen | None = None
        """What was chosen before the mouse button went down; its release decides what is heard."""
        self._before_menu: _Chosen | None = None
        self._menu_id: int | None = None
        """The track that a right click has made current, and what was chosen before."""
        self._is_ranking = False
        self._sort = ("title", False)
        self._resume_at: int | None = 0
        """The place that the next step down leads to; None where it leads to the neighbour of the current row."""
        self._is_replaced = False
        """Whether other rows are taking the place of those shown."""
        self._chosen_ids: list[int] | None = None
        """The tracks selected when rows were replaced last, also those left out; None once others were selected."""
        self._build()

    def _build(self) -> None:
        self.tracks = TrackModel(self.palette, self)
        self.tracks.modelAboutToBeReset.connect(self._keep_chosen)
        self.setModel(self.tracks)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.sort_header = SortHeader(self)
        self.setHorizontalHeader(header)
        header.sectionClicked.connect(self._on_header_clicked)
        for changed in (header.sectionResized, header.sectionMoved):
            changed.connect(lambda *_: self.header_changed.emit())
        for column, name in enumerate(COLUMNS):
            self.setColumnWidth(column, _WIDTHS[name])
            self.setColumnHidden(column, name in (*_HIDDEN_AT_FIRST, *RANKING_COLUMNS))

    def retranslate(self) -> None:
        """Fills the headings' menu, which shows and hides columns."""
        header = self.horizontalHeader()
        for action in header.actions():
            header.removeAction(action)
            action.deleteLater()
        for column, name in enumerate(COLUMNS):
            if name == "title" or name in RANKING_COLUMNS:
                continue
            action = QAction(header_text(name), header)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda is_on, column=column: self.setColumnHidden(column, not is_on))
            header.addAction(action)

    def open_column_menu(self) -> None:
        """Open the headings' own menu, as a right click on them does."""
        self._open_at_header(QMenu(self), self.horizontalHeader().actions())

    def open_sort_menu(self) -> None:
        """Offer every column that the list can be sorted by; a second choice of one turns its order."""
        if self._is_ranking:
            self.sort_refused.emit(True)
            return
        menu = QMenu(self)
        self._open_at_header(menu, [self._sort_action(name, menu) for name in SORTS])

    def _sort_action(self, name: str, menu: QMenu) -> QAction:
        action = QAction(header_name(name), menu)
        action.setCheckable(True)
        action.setChecked(self._sort[0] == SORTS[name])
        action.triggered.connect(lambda: self._on_header_clicked(COLUMNS.index(name)))
        return action

    def _open_at_header(self, menu: QMenu, actions: list[QAction]) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(actions)
        header = self.horizontalHeader()
        menu.popup(header.mapToGlobal(header.rect().bottomLeft()))
        menu.setActiveAction(actions[0])

    def show_sort(self, key: str, descending: bool) -> None:
        """Show which column the list is sorted by."""
        self._sort = key, descending
        names = [name for name, sort in SORTS.items() if sort == key]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(bool(names) and not self._is_ranking)
        if names:
            self.horizontalHeader().setSortIndicator(COLUMNS.index(names[0]), order)

    def set_ranking(self, is_ranking: bool, has_outside: bool = False) -> None:
        """Show or hides the columns that only a ranking has, and the one that only tracks outside the filter fill."""
        self._is_ranking = is_ranking
        self.sort_header.set_sortable(frozenset() if is_ranking else frozenset(SORTS))
        for name in RANKING_COLUMNS:
            is_filled = is_ranking and (has_outside or name != "outside")
            self.setColumnHidden(COLUMNS.index(name), not is_filled)
        self.horizontalHeader().setSortIndicatorShown(not is_ranking)

    def show_rows(self, columns: Columns, shown: Rows, position: Position = Position()) -> None:  # noqa: B008 - frozen
        """Show other rows, and where one stands among them; what is selected stays so where it is still there."""
        before, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self._is_replaced = True
        is_same = not self.tracks.show(columns, shown)
        if not is_same:
            self.executeDelayedItemsLayout()  # else it comes after the painting, and has all of it done once more
        if not is_same or self.currentIndex().row() != (-1 if position.current is None else position.current):
            self.select_silently(position.current)
            self._select_again(position.current)
        self._is_replaced = False
        self._resume_at = position.resume_at
        if position.scroll is Scroll.TOP:
            self.scrollToTop()
        elif position.scroll is Scroll.KEEP and not is_same:
            self._keep_scrolled(position.current, before, top)

    def _keep_chosen(self) -> None:
        """Note what is selected, before rows are replaced."""
        if self._chosen_ids is None:
            self._chosen_ids = self.selected_ids()

    def _select_again(self, current: int | None) -> None:
        """Select what was selected of several tracks, unless one that was not among them is current now."""
        chosen = self._chosen_ids or []
        if len(chosen) > 1 and (current is None or self.tracks.id_at(current) in chosen):
            self._add_to_selection(self.tracks.places_of(chosen))

    def _keep_scrolled(self, place: int | None, before: int, top: int) -> None:
        """Scroll so that the current row, which stood at another place before, is where it was on the screen."""
        was_in_view = place is not None and 0 <= before - top < self._rows_in_view()
        self.verticalScrollBar().setValue(place - (before - top) if place is not None and was_in_view else top)

    def begin(self) -> None:
        """Go to the top of the list: no track is current, and the next step goes to the first."""
        self.select_silently(None)
        self._resume_at = 0
        self.scrollToTop()

    def _rows_in_view(self) -> int:
        return self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize())

    def select_silently(self, place: int | None) -> None:
        """Make a row current without playing it."""
        self._is_silent = True
        if place is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.select(place)
        self._is_silent = False

    def _add_to_selection(self, places: NDArray[np.int64]) -> None:
        """Selects rows beside those that are: neighbours as one range, so that ten thousand take no longer than ten."""
        chosen, last = QItemSelection(), len(COLUMNS) - 1
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            if len(run):
                chosen.select(self.tracks.index(int(run[0]), 0), self.tracks.index(int(run[-1]), last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    def select(self, place: int) -> None:
        """Make a row current, as the arrow keys do."""
        index = self.tracks.index(place, COLUMNS.index("title"))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view, with the heading above it where there is room for both."""
        if self.tracks.is_heading(index.row() - 1):
            super().scrollTo(self.tracks.index(index.row() - 1, index.column()), hint)
        super().scrollTo(index, hint)

    def step(self, direction: int, silently: bool = False) -> bool:
        """Go to the next (1) or previous (-1) track, over headings; report whether there was one."""
        place = self._place_after(direction)
        if place is None:
            return False
        if silently:
            self.select_silently(place)
            self.current_changed.emit(self.current_id(), False)
        else:
            self.select(place)
        return True

    def _place_after(self, direction: int) -> int | None:
        """Return the place of the next (1) or previous (-1) track, which is not the current one."""
        current = self.currentIndex().row()
        place = current + direction
        if self._resume_at is not None and (current < 0 or direction > 0):
            place = self._resume_at - (direction < 0)
        while 0 <= place < self.tracks.rowCount() and (place == current or self.tracks.is_heading(place)):
            place += direction
        return place if 0 <= place < self.tracks.rowCount() else None

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go over headings and into a new list; Home and End, which Qt keeps within the row, go to its ends."""
        leaps, is_new = QAbstractItemView.CursorAction, self._resume_at is not None
        if action in _STEPS and not modifiers & _EXTENDING:
            return self._title_at(self._place_after(_STEPS[action]))
        if action not in (leaps.MoveHome, leaps.MoveEnd) and not (
            is_new and action in (leaps.MovePageUp, leaps.MovePageDown) and not modifiers & _EXTENDING
        ):
            return super().moveCursor(action, modifiers)
        places = range(self.tracks.rowCount())
        tracks = (p for p in (reversed(places) if action == leaps.MoveEnd else places) if not self.tracks.is_heading(p))
        return self._title_at(next(tracks, None))

    def _title_at(self, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self.tracks.index(place, COLUMNS.index("title"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; what is heard follows on release, as the press may begin a drag, and a right click opens a menu."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            event.ignore()
            return
        if not self._is_track_at(event):
            return  # below the rows or on a heading: what was chosen stays
        before = _Chosen(self.current_id(), self.selected_ids())
        if event.button() == Qt.MouseButton.LeftButton:
            self._resume_at = None
            self._pressed = before
            super().mousePressEvent(event)
        else:
            self._before_menu = before
            self._is_silent = True
            super().mousePressEvent(event)
            self._is_silent = False
            self._menu_id = self.current_id()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        before = self._pressed
        if event.button() != Qt.MouseButton.LeftButton or before is None:
            return
        self._pressed = None
        if event.modifiers() & _EXTENDING:
            self._show_single()
        elif self.current_id() != before.current:
            self.current_changed.emit(self.current_id(), True)
        else:
            self.current_clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_track_at(event):
            super().mouseDoubleClickEvent(event)
            if not event.modifiers() & _EXTENDING:
                self.double_clicked.emit()
        else:
            self.mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Hand the selected files over; what was heard and chosen before is so afterwards."""
        before, self._pressed = self._pressed, None
        super().startDrag(actions)
        if before is not None:
            self._choose_again(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave signs and Alt to the commands; with Ctrl or Shift go and select without sound."""
        is_sign = bool(event.text()) and event.text().isprintable() and event.key() != Qt.Key.Key_Space
        is_command = is_sign and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_command or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # a command that is switched off takes no key, and Qt would go to another row
        elif event.key() == Qt.Key.Key_Space and event.isAutoRepeat():
            return
        elif not event.modifiers() & _EXTENDING:
            super().keyPressEvent(event)
        else:
            self._extend(event)

    def _extend(self, event: QKeyEvent) -> None:
        if event.key() in _LEAPS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)  # Ctrl: without playing
        self._is_silent = True
        super().keyPressEvent(event)
        self._is_silent = False
        self._show_single()

    def _show_single(self) -> None:
        """Make the only selected track the current one, silently, so that the keys act on what they can make heard."""
        places = self.selected_places()
        if len(places) == 1:
            if places[0] != self.currentIndex().row():
                self.select_silently(places[0])
            self.current_changed.emit(self.current_id(), False)

    def _is_track_at(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        return index.isValid() and not self.tracks.is_heading(index.row())

    def leave_menu(self) -> None:
        """Choose again what was chosen before a right click, unless its menu has made another row current."""
        before, self._before_menu = self._before_menu, None
        if before is not None and self.current_id() == self._menu_id:
            self._choose_again(before)

    def stay_here(self) -> None:
        """Leave the row of the right click current: it is what is heard now."""
        self._before_menu = None

    def _choose_again(self, before: _Chosen) -> None:
        place = None if before.current is None else self.tracks.place_of(before.current)
        if place is None:
            self.current_changed.emit(self.current_id(), False)
            return
        self.select_silently(place)
        if len(before.selected) > 1:
            self._add_to_selection(self.tracks.places_of(before.selected))

    def current_id(self) -> int | None:
        return self.tracks.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[int]:
        found = [self.tracks.id_at(place) for place in self.selected_places()]
        return [track_id for track_id in found if track_id is not None]

    def selected_places(self) -> list[int]:
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        return sorted({place for chosen in ranges for place in range(chosen.top(), chosen.bottom() + 1)})

    def event(self, event: QEvent) -> bool:
        """Keep the rows on an opaque ground, which style sheets take away: only so a scroll moves what is painted."""
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.viewport().setAutoFillBackground(True)
        return is_done

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if not self._is_replaced:
            self._resume_at = None if current.isValid() else self._resume_at
            self.row_changed.emit(self.tracks.id_at(current.row()), current.row())
        if not self._is_silent and self._pressed is None:
            self.current_changed.emit(self.tracks.id_at(current.row()), True)

    def arrangement(self) -> list[tuple[int, bool, int]]:
        """Return place, whether hidden, and width of each column, without those that come and go by themselves.

        The width of the last one follows the window's.
        """
        header = self.horizontalHeader()
        own = [column for column, name in enumerate(COLUMNS) if name not in RANKING_COLUMNS]
        last = max((column for column in own if not self.isColumnHidden(column)), key=header.visualIndex)
        return [
            (header.visualIndex(column), self.isColumnHidden(column), self.columnWidth(column) * (column != last))
            for column in own
        ]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_replaced:
            self._chosen_ids = None

    def header_state(self) -> str:
        """Return widths, order and hidden columns, to be kept."""
        return base64.b64encode(self.horizontalHeader().saveState().data()).decode("ascii")

    def restore_header(self, state: str) -> None:
        if state:
            self.horizontalHeader().restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore")))
            self.set_ranking(False)
            self.retranslate()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: bare letters are commands, and Qt's own search asks for every row."""

    def _on_header_clicked(self, column: int) -> None:
        key, (sorted_by, is_descending) = SORTS.get(COLUMNS[column]), self._sort
        if key is None or self._is_ranking:
            self.show_sort(*self._sort)  # Qt has moved its mark already
            self.sort_refused.emit(self._is_ranking)
        else:
            self.sort_requested.emit(key, key == sorted_by and not is_descending)
