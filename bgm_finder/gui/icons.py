"""The few icons of the window, drawn in the palette's own colour, sharp at every scale."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF

_UNITS = 16.0
"""Every icon is drawn on a square of this many units."""


def icon(name: str, palette: QPalette) -> QIcon:
    """Return an icon by its name in _DRAWINGS."""
    drawn = QIcon()
    colour = palette.color(QPalette.ColorRole.ButtonText)
    faint = QColor(colour)
    faint.setAlpha(80)
    for side in (16, 32, 64):
        drawn.addPixmap(_pixmap(name, side, colour))
        drawn.addPixmap(_pixmap(name, side, faint), QIcon.Mode.Disabled)
    return drawn


class DrawnIcons:
    """Draw each icon once for a look: every new one would stay in Qt's own cache of pixmaps, 1.7 KB apiece."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, int], QIcon] = {}

    def icon(self, name: str, palette: QPalette) -> QIcon:
        """Return an icon by its name in _DRAWINGS."""
        key = name, palette.color(QPalette.ColorRole.ButtonText).rgba()
        if key not in self._drawn:
            self._drawn[key] = icon(name, palette)
        return self._drawn[key]


def _pixmap(name: str, side: int, colour: QColor) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / _UNITS, side / _UNITS)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _DRAWINGS[name](painter, colour)
    painter.end()
    return pixmap


def _play(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(4, 2.5), QPointF(13.5, 8), QPointF(4, 13.5)]))


def _pause(painter: QPainter, colour: QColor) -> None:
    for left in (3.5, 9.5):
        painter.fillRect(QRectF(left, 2.5, 3, 11), colour)


def _loop(painter: QPainter, colour: QColor) -> None:
    painter.drawArc(QRectF(2.5, 3.5, 11, 9), 40 * 16, 280 * 16)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(14.6, 3.2), QPointF(14, 7.6), QPointF(10.4, 5.4)]))


def _speaker(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    speaker = [QPointF(1.5, 6), QPointF(4, 6), QPointF(7.5, 3), QPointF(7.5, 13), QPointF(4, 10), QPointF(1.5, 10)]
    painter.drawPolygon(QPolygonF(speaker))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _muted(painter: QPainter, colour: QColor) -> None:
    _speaker(painter, colour)
    painter.drawLine(QPointF(10, 5.5), QPointF(15, 10.5))
    painter.drawLine(QPointF(15, 5.5), QPointF(10, 10.5))


def _volume(painter: QPainter, colour: QColor) -> None:
    _speaker(painter, colour)
    painter.drawArc(QRectF(6, 5, 5, 6), -60 * 16, 120 * 16)
    painter.drawArc(QRectF(6, 2.5, 8.5, 11), -60 * 16, 120 * 16)


def _similar(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(2, 2, 8.5, 8.5))
    painter.drawLine(QPointF(9.5, 9.5), QPointF(14, 14))
    for x, reach in ((4.5, 1.2), (6.25, 2.4), (8, 1.2)):
        painter.drawLine(QPointF(x, 6.25 - reach), QPointF(x, 6.25 + reach))


def _folder(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(1.5, 13))
    for x, y in ((1.5, 3.5), (6, 3.5), (7.5, 5.5), (14.5, 5.5), (14.5, 13)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.drawPath(path)


def _file(painter: QPainter, colour: QColor) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(3.5, 1.5), QPointF(9, 1.5), QPointF(12.5, 5), QPointF(12.5, 14.5), QPointF(3.5, 14.5)])
    )
    for x, reach in ((6, 1.5), (8, 3), (10, 1.5)):
        painter.drawLine(QPointF(x, 9.5 - reach), QPointF(x, 9.5 + reach))


def _star(painter: QPainter, colour: QColor) -> None:
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(8, 1.8), QPointF(9.9, 5.9), QPointF(14.3, 6.4), QPointF(11, 9.4), QPointF(12, 13.8),
                QPointF(8, 11.5), QPointF(4, 13.8), QPointF(5, 9.4), QPointF(1.7, 6.4), QPointF(6.1, 5.9),
            ]
        )
    )  # fmt: skip


def _arrow(direction: int) -> Callable[[QPainter, QColor], None]:
    def draw(painter: QPainter, colour: QColor) -> None:
        tip = 8 + 4.5 * direction
        painter.drawLine(QPointF(8 - 4.5 * direction, 8), QPointF(tip, 8))
        painter.drawLine(QPointF(tip, 8), QPointF(tip - 3.5 * direction, 4.5))
        painter.drawLine(QPointF(tip, 8), QPointF(tip - 3.5 * direction, 11.5))

    return draw


def _menu(painter: QPainter, colour: QColor) -> None:
    for y in (4, 8, 12):
        painter.drawLine(QPointF(2.5, y), QPointF(13.5, y))


def _close(painter: QPainter, colour: QColor) -> None:
    painter.drawLine(QPointF(4, 4), QPointF(12, 12))
    painter.drawLine(QPointF(12, 4), QPointF(4, 12))


def _lock(is_open: bool) -> Callable[[QPainter, QColor], None]:
    def draw(painter: QPainter, colour: QColor) -> None:
        shackle = QPainterPath(QPointF(5, 7))
        shackle.lineTo(QPointF(5, 5))
        shackle.arcTo(QRectF(5, 2, 6, 6), 180, -140 if is_open else -180)
        if not is_open:
            shackle.lineTo(QPointF(11, 7))
        painter.drawPath(shackle)
        painter.setBrush(Qt.BrushStyle.NoBrush if is_open else colour)
        painter.drawRoundedRect(QRectF(3.5, 7, 9, 6.5), 1, 1)

    return draw


_DRAWINGS: dict[str, Callable[[QPainter, QColor], None]] = {
    "play": _play,
    "pause": _pause,
    "loop": _loop,
    "volume": _volume,
    "muted": _muted,
    "similar": _similar,
    "folder": _folder,
    "file": _file,
    "star": _star,
    "back": _arrow(-1),
    "forward": _arrow(1),
    "menu": _menu,
    "close": _close,
    "locked": _lock(False),
    "unlocked": _lock(True),
}
