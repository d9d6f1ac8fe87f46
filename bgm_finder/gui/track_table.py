"""The list of tracks: walked with the arrow keys, dragged out as files."""

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.controllers.list_position import Position, Scroll
from bgm_finder.controllers.listing import Rows
from bgm_finder.gui.closeness_delegate import ClosenessDelegate
from bgm_finder.gui.column_layout import ColumnLayout
from bgm_finder.gui.miss_chips import MissChips
from bgm_finder.gui.row_presses import RowPresses
from bgm_finder.gui.row_selection import RowSelection
from bgm_finder.gui.row_steps import EXTENDING, RowSteps
from bgm_finder.gui.sort_header import SortHeader
from bgm_finder.gui.track_model import COLUMNS, AnyIndex, TrackModel

_HEADING_MARGIN_PX = 6
_LEAPS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TrackTable(QTableView):
    """The list, which emits the track that became current, and whether the user wants to hear it."""

    current_changed = Signal(object, bool)
    """Track id or None; False where it should stay silent (Ctrl with the arrows, or a list that was replaced)."""
    row_changed = Signal(object, int)
    """Track id or None, and its place: another row has become current, silently or not."""
    current_clicked = Signal()
    """On the row that was current before, without Ctrl or Shift."""
    double_clicked = Signal()
    heading_clicked = Signal(int)
    """The place of a heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trackTable")
        self.tracks = TrackModel(self.palette, self)
        self._selection = RowSelection(self, self.tracks)
        self._steps = RowSteps(self.tracks)
        self.presses = RowPresses(self._selection)
        self.sort_header = SortHeader(self)
        self._build()
        self.column_layout = ColumnLayout(self.sort_header)
        self.setItemDelegateForColumn(COLUMNS.index("closeness"), ClosenessDelegate(self))

    def _build(self) -> None:
        self._selection.current_changed.connect(self.current_changed)
        self.setModel(self.tracks)
        self.setItemDelegateForColumn(COLUMNS.index("outside"), MissChips(self))
        self.setHorizontalHeader(self.sort_header)
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

    def set_ranking(self, is_ranking: bool, has_outside: bool = False) -> None:
        """Show or hide the columns that only a ranking has, and the one that only tracks outside the filter fill."""
        self.sort_header.set_ranking(is_ranking)
        self.column_layout.set_ranking(is_ranking, has_outside)

    def show_rows(self, columns: Columns, shown: Rows, position: Position = Position()) -> None:  # noqa: B008 - frozen
        """Show other rows, and where one stands among them; what is selected stays so where it is still there."""
        before, top = self.currentIndex().row(), self.verticalScrollBar().value()
        with self._selection.replacing():
            is_same = not self.tracks.show(columns, shown)
            if not is_same:
                self.executeDelayedItemsLayout()  # else it comes after the painting, and has all of it done once more
            if not is_same or self.currentIndex().row() != (-1 if position.current is None else position.current):
                self._selection.follow(position.current)
        self._steps.resume_at = position.resume_at
        if position.scroll is Scroll.TOP:
            self.scrollToTop()
        elif position.scroll is Scroll.KEEP and not is_same:
            self._keep_scrolled(position.current, before, top)

    def begin(self) -> None:
        """Go to the top of the list: no track is current, and the next step goes to the first."""
        self.select_silently(None)
        self._steps.resume_at = 0
        self.scrollToTop()

    @property
    def top_row(self) -> int:
        """The first row that is in view."""
        return self.verticalScrollBar().value()

    def scroll_to_row(self, row: int) -> None:
        """Bring a row to the top, as far as there are rows below it."""
        self.verticalScrollBar().setValue(row)

    def current_id(self) -> int | None:
        return self._selection.current_id()

    def selected_ids(self) -> list[int]:
        return self._selection.selected_ids()

    def select(self, place: int) -> None:
        """Make a row current, as the arrow keys do."""
        self._selection.select(place)

    def select_silently(self, place: int | None) -> None:
        """Make a row current without playing it, or none."""
        self._selection.select_silently(place)

    def step(self, direction: int, silently: bool = False) -> bool:
        """Go to the next (1) or previous (-1) track, over headings; report whether there was one."""
        place = self._steps.next_to(self.currentIndex().row(), direction)
        if place is None:
            return False
        if silently:
            self.select_silently(place)
            self._selection.report_silently()
        else:
            self.select(place)
        return True

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go over headings and into a new list; Home and End, which Qt keeps within the row, go to its ends."""
        if not self._steps.decides(action, modifiers):
            return super().moveCursor(action, modifiers)
        place = self._steps.place_after(action, self.currentIndex().row())
        return QModelIndex() if place is None else self.tracks.index(place, COLUMNS.index("title"))

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view, with the heading above it where there is room for both."""
        if self.tracks.is_heading(index.row() - 1):
            super().scrollTo(self.tracks.index(index.row() - 1, index.column()), hint)
        super().scrollTo(index, hint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; what is heard follows on release, as the press may begin a drag, and a right click opens a menu."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            event.ignore()
            return
        if not self._is_track_at(event):  # below the rows or on a heading: what was chosen stays
            self._press_heading(event)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._steps.resume_at = None
            self.presses.press()
            super().mousePressEvent(event)
            return
        before = self._selection.chosen()
        with self._selection.silence():
            super().mousePressEvent(event)
        self.presses.open_menu(before)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        before = self.presses.release() if event.button() == Qt.MouseButton.LeftButton else None
        if before is None:
            return
        if event.modifiers() & EXTENDING:
            self._selection.show_single()
        elif self.current_id() != before.current:
            self.current_changed.emit(self.current_id(), True)
        else:
            self.current_clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_track_at(event):
            super().mouseDoubleClickEvent(event)
            if not event.modifiers() & EXTENDING:
                self.double_clicked.emit()
        else:
            self.mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Hand the selected files over; what was heard and chosen before is so afterwards."""
        before = self.presses.release()
        super().startDrag(actions)
        if before is not None:
            self._selection.restore(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave signs and Alt to the commands; with Ctrl or Shift go and select without sound."""
        is_sign = bool(event.text()) and event.text().isprintable() and event.key() != Qt.Key.Key_Space
        is_command = is_sign and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_command or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # a command that is switched off takes no key, and Qt would go to another row
        elif event.key() == Qt.Key.Key_Space and event.isAutoRepeat():
            return
        elif not event.modifiers() & EXTENDING:
            super().keyPressEvent(event)
        else:
            self._extend(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: bare letters are commands, and Qt's own search asks for every row."""

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        track_id = self.tracks.id_at(current.row())
        if not self._selection.is_replaced:
            self._steps.resume_at = None if current.isValid() else self._steps.resume_at
            self.row_changed.emit(track_id, current.row())
        if not self._selection.is_silent and not self.presses.is_pressed:
            self.current_changed.emit(track_id, True)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._selection.forget_kept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings over all columns: what a group shares is longer than a title."""
        super().paintEvent(event)
        top, bottom = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        bottom = self.tracks.rowCount() - 1 if bottom < 0 else bottom
        headings = [place for place in range(max(0, top), bottom + 1) if self.tracks.is_heading(place)]
        if headings:
            painter = QPainter(self.viewport())
            for place in headings:
                self._paint_heading(painter, place)
            painter.end()

    def event(self, event: QEvent) -> bool:
        """Keep the rows on an opaque ground, which style sheets take away: only so a scroll moves what is painted."""
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.viewport().setAutoFillBackground(True)
        return is_done

    def _extend(self, event: QKeyEvent) -> None:
        if event.key() in _LEAPS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)  # Ctrl: without playing
        with self._selection.silence():
            super().keyPressEvent(event)
        self._selection.show_single()

    def _paint_heading(self, painter: QPainter, place: int) -> None:
        left, width = -self.horizontalHeader().offset(), max(self.horizontalHeader().length(), self.viewport().width())
        row = QRect(left, self.rowViewportPosition(place), width, self.rowHeight(place))
        painter.fillRect(row, self.palette().brush(QPalette.ColorRole.AlternateBase))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
        text = row.adjusted(_HEADING_MARGIN_PX, 0, -_HEADING_MARGIN_PX, 0)
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, alignment, self.tracks.heading_at(place))

    def _press_heading(self, event: QMouseEvent) -> None:
        place = self.rowAt(round(event.position().y()))
        is_single = event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton
        if is_single and self.tracks.is_heading(place):
            self.heading_clicked.emit(place)

    def _is_track_at(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        return index.isValid() and not self.tracks.is_heading(index.row())

    def _keep_scrolled(self, place: int | None, before: int, top: int) -> None:
        """Scroll so that the current row, which stood at another place before, is where it was on the screen."""
        was_in_view = place is not None and 0 <= before - top < self._rows_in_view()
        self.verticalScrollBar().setValue(place - (before - top) if place is not None and was_in_view else top)

    def _rows_in_view(self) -> int:
        return self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize())
