"""Draws how close a match is: a bar, and the word beside it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

LEVEL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The length of the bar, 0 to 1; None where there is no bar."""
_BAR = QSize(44, 6)
_MARGIN = 5
_ROLES = QPalette.ColorRole


class ClosenessDelegate(QStyledItemDelegate):
    """One accent: the longer the bar, the closer; the word keeps the colour that the row's text has."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row's ground as any cell has it, the bar on it, and the word behind the bar."""
        level = index.data(LEVEL_ROLE)
        if not isinstance(level, float):
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        word, cell.text = cell.text, ""
        style = cell.widget.style() if cell.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        is_selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        self._draw_bar(painter, cell.rect, level, cell.palette, is_selected)
        room = cell.rect.adjusted(_BAR.width() + 2 * _MARGIN, 0, -_MARGIN, 0)
        role = _ROLES.HighlightedText if is_selected else _ROLES.Text
        shown = cell.fontMetrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(cell.palette.color(role))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _draw_bar(self, painter: QPainter, cell: QRect, level: float, palette: QPalette, is_selected: bool) -> None:
        bar = QRect(cell.left() + _MARGIN, cell.center().y() - _BAR.height() // 2 + 1, _BAR.width(), _BAR.height())
        ground = QColor(palette.color(_ROLES.HighlightedText))
        ground.setAlphaF(0.25)
        painter.fillRect(bar, ground if is_selected else palette.color(_ROLES.Mid))
        bar.setWidth(round(level * bar.width()))
        painter.fillRect(bar, palette.color(_ROLES.HighlightedText if is_selected else _ROLES.Accent))
