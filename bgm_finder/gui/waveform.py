"""The waveform of the whole track: what has been played, a click that plays from there, and the marked section."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from bgm_finder.gui.time_slider import TimeSlider, is_seen_to_move
from bgm_finder.gui.wave_drawing import Canvas, draw_wave
from bgm_finder.track import Section

_DRAG_BEGINS_PX = 6
_PASSAGE_PX = 3
_ROUGHLY_S = 0.1
"""A file's header and its samples may differ by so much in length."""


class WaveformView(TimeSlider):
    """Show an overview, float32, (columns, 2): the lowest and highest sample of each stretch, -1 to 1."""

    section_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waveformView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(36)
        self._overview: NDArray[np.float32] | None = None
        self._waves: dict[object, QPixmap] = {}
        """Drawings of the overview, in two colours."""
        self._length_s = 0.0
        self._position_s = 0.0
        self._is_heard = True
        self._section: Section | None = None
        self._passage: Section | None = None
        self._span_s: tuple[float, float] | None = None
        self._pressed_x: float | None = None
        self._margins = (44, 46)

    def sizeHint(self) -> QSize:
        return QSize(400, 52)

    def begin(self, length_s: float) -> None:
        """Make room for a track of this length, whose overview is not known yet."""
        self._overview, self._length_s, self._position_s, self._section = None, length_s, 0.0, None
        self._passage = self._span_s = None
        self._waves.clear()
        self.follow(0.0, length_s)
        self.update()

    def set_overview(self, overview: NDArray[np.float32] | None) -> None:
        self._overview = overview
        self._waves.clear()
        self.update()

    def set_length(self, length_s: float) -> None:
        if length_s > 0 and length_s != self._length_s:
            self._length_s = length_s
            self.follow(self._position_s, length_s)
            self.update()

    def set_position(self, position_s: float) -> None:
        before, self._position_s = self._x(self._position_s), position_s
        self.follow(position_s, self._length_s)
        after = self._x(position_s)
        if is_seen_to_move(self, before, after):
            left, right = sorted((before, after))
            self.update(int(left) - 2, 0, int(right - left) + 5, self.height())

    def set_heard(self, is_heard: bool) -> None:
        """Say whether this track is what is heard, or waits at its playhead while another is."""
        self._is_heard = is_heard
        self.update()

    def set_section(self, section: Section | None) -> None:
        self._section = section
        self.update()

    def set_passage(self, passage: Section | None) -> None:
        """Underline the passage that fits what was searched for."""
        if passage != self._passage:
            self._passage = passage
            self.update()

    def set_span(self, start_s: float, end_s: float) -> None:
        """Frame the stretch that the spectrogram below shows; none while it shows all."""
        self._span_s = start_s, end_s
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._section is not None:
            self._paint_stretch(painter, self._section.start_s, self._section.end_s, 60)
        if self._overview is not None and len(self._overview):
            self._paint_wave(painter, event.rect())
        if self._passage is not None:
            self._paint_passage(painter, self._passage)
        if self._span_s is not None and not self._is_whole(*self._span_s):
            self._paint_frame(painter, *self._span_s)
        if self._length_s > 0:
            self._paint_playhead(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif self._length_s > 0:
            self._pressed_x = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_x is not None and abs(event.position().x() - self._pressed_x) >= _DRAG_BEGINS_PX:
            self.set_section(self._drawn(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_x is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        if abs(x - self._pressed_x) >= _DRAG_BEGINS_PX:
            self.section_requested.emit(self._drawn(x))
        else:
            self.position_requested.emit(self._time(x))
        self._pressed_x = None

    def _drawn(self, x: float) -> Section:
        assert self._pressed_x is not None
        return Section(*sorted((self._time(self._pressed_x), self._time(x))))

    def _paint_wave(self, painter: QPainter, exposed: QRect) -> None:
        """Copy what is exposed: a narrow strip, up to 30 times a second, while a track plays."""
        played = QRect(0, 0, round(self._x(self._position_s)), self.height())
        to_come = self.rect().adjusted(played.width(), 0, 0, 0)
        grey = QPalette.ColorRole.PlaceholderText
        for stretch, role in ((played, QPalette.ColorRole.Accent if self._is_heard else grey), (to_come, grey)):
            part = QRectF(stretch & exposed)
            if not part.isEmpty():
                wave = self._wave(self.palette().color(role))
                ratio = wave.devicePixelRatio()
                painter.drawPixmap(part, wave, QRectF(part.topLeft() * ratio, part.size() * ratio))

    def _paint_playhead(self, painter: QPainter) -> None:
        role = QPalette.ColorRole.Text if self._is_heard else QPalette.ColorRole.PlaceholderText
        pen = QPen(self.palette().color(role), 1)
        if not self._is_heard:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        x = self._x(self._position_s)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _wave(self, colour: QColor) -> QPixmap:
        assert self._overview is not None
        key = colour.rgba(), self.size().toTuple(), self.devicePixelRatioF()
        if key not in self._waves:
            if len(self._waves) > 1:  # of another size, or of the look before
                self._waves.clear()
            canvas = Canvas(self.size(), self._left, self._right, self.devicePixelRatioF())
            self._waves[key] = draw_wave(self._overview, canvas, colour)
        return self._waves[key]

    def _paint_stretch(self, painter: QPainter, start_s: float, end_s: float, alpha: int) -> None:
        colour = QColor(self.palette().color(QPalette.ColorRole.Accent))
        colour.setAlpha(alpha)
        painter.fillRect(QRectF(self._x(start_s), 0, self._x(end_s) - self._x(start_s), self.height()), colour)

    def _paint_passage(self, painter: QPainter, passage: Section) -> None:
        left, right = self._x(passage.start_s), self._x(passage.end_s)
        line = QRectF(left, self.height() - _PASSAGE_PX, max(right - left, _PASSAGE_PX), _PASSAGE_PX)
        painter.fillRect(line, self.palette().color(QPalette.ColorRole.Link))

    def _is_whole(self, start_s: float, end_s: float) -> bool:
        """Asked when it is painted: a length that is corrected reaches the two pictures one after the other."""
        return start_s <= _ROUGHLY_S and end_s >= self._length_s - _ROUGHLY_S

    def _paint_frame(self, painter: QPainter, start_s: float, end_s: float) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self._x(start_s), 0.5, self._x(end_s) - self._x(start_s), self.height() - 1))

    @property
    def _left(self) -> float:
        return self._margins[0]

    @property
    def _right(self) -> float:
        return max(self._left + 1, self.width() - self._margins[1])

    def _x(self, time_s: float) -> float:
        share = time_s / self._length_s if self._length_s > 0 else 0.0
        return self._left + min(1.0, max(0.0, share)) * (self._right - self._left)

    def _time(self, x: float) -> float:
        share = (x - self._left) / (self._right - self._left)
        return min(1.0, max(0.0, share)) * self._length_s
