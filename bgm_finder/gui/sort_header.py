"""The list's headings: a click on one of those that sort requests its order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHeaderView, QMenu, QStyle, QStyleOptionHeader, QWidget

from bgm_finder.gui.track_model import COLUMNS, SORTS, header_name

_CLICKABLE = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Sunken


class SortHeader(QHeaderView):
    """Headings that are moved by the mouse; only those that sort look as if they could be clicked."""

    sort_requested = Signal(str, bool)
    """The key to sort by, and whether descending."""
    sort_refused = Signal(bool)
    """Whether it is since a ranking has an order of its own; else since the column has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_ranking = False
        self._sort = ("title", False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.sectionClicked.connect(self._on_clicked)

    def set_ranking(self, is_ranking: bool) -> None:
        """Report whether the list is a ranking, which cannot be sorted."""
        self._is_ranking = is_ranking
        self.setSortIndicatorShown(not is_ranking)
        self.viewport().update()

    def is_sortable(self, section: int) -> bool:
        return not self._is_ranking and COLUMNS[section] in SORTS

    def show_sort(self, key: str, descending: bool) -> None:
        """Show which column the list is sorted by."""
        self._sort = key, descending
        names = [name for name, sort in SORTS.items() if sort == key]
        self.setSortIndicatorShown(bool(names) and not self._is_ranking)
        if names:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.setSortIndicator(COLUMNS.index(names[0]), order)

    def open_sort_menu(self) -> None:
        """Offer every column that the list can be sorted by; a second choice of one turns its order."""
        if self._is_ranking:
            self.sort_refused.emit(True)
            return
        menu = QMenu(self)
        self.open_menu(menu, [self._sort_action(name, menu) for name in SORTS])

    def open_column_menu(self) -> None:
        """Open the headings' own menu, as a right click on them does."""
        self.open_menu(QMenu(self), self.actions())

    def open_menu(self, menu: QMenu, actions: list[QAction]) -> None:
        """Open a menu below the headings, on its first entry."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(actions)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(actions[0])

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        is_sortable = self.is_sortable(section)
        role = QPalette.ColorRole.Text if is_sortable else QPalette.ColorRole.PlaceholderText
        option.palette.setColor(QPalette.ColorRole.ButtonText, self.palette().color(role))
        if not is_sortable:
            option.state &= ~_CLICKABLE

    def _sort_action(self, name: str, menu: QMenu) -> QAction:
        action = QAction(header_name(name), menu)
        action.setCheckable(True)
        action.setChecked(self._sort[0] == SORTS[name])
        action.triggered.connect(lambda: self._on_clicked(COLUMNS.index(name)))
        return action

    def _on_clicked(self, column: int) -> None:
        key, (sorted_by, is_descending) = SORTS.get(COLUMNS[column]), self._sort
        if key is None or self._is_ranking:
            self.show_sort(*self._sort)  # Qt has moved its mark already
            self.sort_refused.emit(self._is_ranking)
        else:
            self.sort_requested.emit(key, key == sorted_by and not is_descending)
