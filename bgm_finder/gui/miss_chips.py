"""What keeps a track outside the filter, painted into its cell as small chips."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bgm_finder.gui.track_model import MISSES

_GAP_PX = 4
_PAD_PX = 6
_MARGIN_PX = 3
_GROUND_ALPHA = 34


class MissChips(QStyledItemDelegate):
    """Paint one chip a miss, as many as there is room for, and how many more there are."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        misses = index.data(MISSES)
        if not misses:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        widget = cell.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        is_selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        _draw(painter, cell.rect, fitted(misses, cell.fontMetrics, cell.rect.width()), cell.palette.color(role))


def fitted(texts: list[str], metrics: QFontMetrics, room_px: int) -> list[tuple[str, int]]:
    """Return the chips that there is room for, text and width; the first is shortened rather than left out."""
    widths = [_width(text, metrics) for text in texts]
    room = room_px - 2 * _MARGIN_PX
    for shown in range(len(texts), 0, -1):
        rest = f"+{len(texts) - shown}" if shown < len(texts) else ""
        chips = list(
            zip([*texts[:shown], *([rest] if rest else [])], [*widths[:shown], *_widths(rest, metrics)], strict=True)
        )
        over = sum(width for _, width in chips) + _GAP_PX * (len(chips) - 1) - room
        if over <= 0:
            return chips
    first = max(0, widths[0] - over)
    text = metrics.elidedText(texts[0], Qt.TextElideMode.ElideRight, first - 2 * _PAD_PX)
    return [(text, first), *chips[1:]]


def _widths(text: str, metrics: QFontMetrics) -> list[int]:
    return [_width(text, metrics)] if text else []


def _width(text: str, metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance(text) + 2 * _PAD_PX


def _draw(painter: QPainter, cell: QRect, chips: list[tuple[str, int]], colour: QColor) -> None:
    ground = QColor(colour)
    ground.setAlpha(_GROUND_ALPHA)
    painter.save()
    painter.setClipRect(cell)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = cell.x() + _MARGIN_PX
    for text, width in chips:
        chip = QRect(x, cell.y() + 2, width, cell.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(colour)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)
        x += width + _GAP_PX
    painter.restore()
