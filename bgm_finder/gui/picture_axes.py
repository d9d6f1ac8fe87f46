"""What stands around the spectrogram: frequencies at their mel places, round times, and the colours' decibels."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from bgm_finder.audio.picture import COLOUR_MAP, RANGE_DB
from bgm_finder.clock import clock, fine_clock
from bgm_finder.mel import hz_to_mel

_TICKS_HZ = (200, 500, 1000, 2000, 5000, 10000)
_TICKS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
_TICK_APART_PX = 80


class MelAxis(pg.AxisItem):  # type: ignore[misc]
    """Frequencies at their places on the mel scale; the view's y runs from 0 to 1."""

    low_hz, high_hz = 30.0, 16000.0

    def tickValues(self, *_: object) -> list[tuple[float | None, list[float]]]:
        return [(None, [self.place(hz) for hz in _TICKS_HZ if self.low_hz < hz < self.high_hz])]

    def tickStrings(self, values: list[float], *_: object) -> list[str]:
        shown = [hz for hz in _TICKS_HZ if self.low_hz < hz < self.high_hz]
        return [f"{hz // 1000}k" if hz >= 1000 else str(hz) for hz in shown[: len(values)]]

    def place(self, hz: float) -> float:
        """Return where a frequency stands, 0 at the foot and 1 at the top."""
        low, high = hz_to_mel(self.low_hz), hz_to_mel(self.high_hz)
        return float((hz_to_mel(hz) - low) / (high - low))


class ClockAxis(pg.AxisItem):  # type: ignore[misc]
    """Times at round minutes and seconds."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        least = (high - low) / max(1.0, size / _TICK_APART_PX)
        step = next((step for step in _TICKS_S if step >= least), _TICKS_S[-1])
        return [(step, [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)])]

    def tickStrings(self, values: list[float], *_: object) -> list[str]:
        return [clock(value) if value == int(value) else fine_clock(value) for value in values]


class ColourBar(QWidget):
    """Say which colour is how many dB below the loudest value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(46)
        self._gradient = QImage(1, 256, QImage.Format.Format_RGB888)
        for level in range(256):
            self._gradient.setPixelColor(0, 255 - level, QColor(*(int(c) for c in COLOUR_MAP[level])))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar = QRectF(4, 8, 9, self.height() - 34)
        painter.drawImage(bar, self._gradient)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(small_font(self.font()))
        for db in range(0, -int(RANGE_DB) - 1, -20):
            y = bar.top() - db / RANGE_DB * bar.height()
            painter.drawText(QPointF(16, y + 4), str(db).replace("-", "−"))
        painter.drawText(QPointF(4, self.height() - 6), "dB")
        painter.end()


def small_font(font: QFont) -> QFont:
    """Return the font of the ticks."""
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
    return small
