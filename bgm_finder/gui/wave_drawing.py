"""The wave of an overview in one colour, drawn once for a size: the playhead then only copies strips of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

_EDGE_PX = 3


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a wave is drawn."""

    size: QSize
    left: float
    right: float
    """The wave's own first and last place."""
    pixel_ratio: float


def draw_wave(overview: NDArray[np.float32], canvas: Canvas, colour: QColor) -> QPixmap:
    """Return an overview, float32, (columns, 2), on a transparent ground."""
    pixmap = QPixmap(canvas.size * canvas.pixel_ratio)
    pixmap.setDevicePixelRatio(canvas.pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    middle, reach = canvas.size.height() / 2, canvas.size.height() / 2 - _EDGE_PX
    xs = np.linspace(canvas.left, canvas.right, len(overview)).tolist()
    tops = [QPointF(x, middle - high * reach - 0.5) for x, high in zip(xs, overview[:, 1].tolist(), strict=True)]
    feet = [QPointF(x, middle - low * reach + 0.5) for x, low in zip(xs, overview[:, 0].tolist(), strict=True)]
    painter = QPainter(pixmap)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(tops + feet[::-1]))
    painter.end()
    return pixmap
