"""The list's headings: only those that sort look as if they could be clicked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QWidget

from bgm_finder.gui.track_model import COLUMNS, SORTS

_CLICKABLE = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Sunken


class SortHeader(QHeaderView):
    """Headings that are moved by the mouse, and show and hide columns by their menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sortable = frozenset(SORTS)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_sortable(self, names: frozenset[str]) -> None:
        """Say which columns the list can be sorted by now; none in a ranking."""
        self._sortable = names
        self.viewport().update()

    def is_sortable(self, section: int) -> bool:
        return COLUMNS[section] in self._sortable

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        is_sortable = self.is_sortable(section)
        role = QPalette.ColorRole.Text if is_sortable else QPalette.ColorRole.PlaceholderText
        option.palette.setColor(QPalette.ColorRole.ButtonText, self.palette().color(role))
        if not is_sortable:
            option.state &= ~_CLICKABLE
