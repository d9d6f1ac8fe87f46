"""A small spectrogram with a playhead and the marked section; a click plays from there."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from bgm_finder.audio.picture import MelPicture, colour, narrow
from bgm_finder.gui.time_slider import is_seen_to_move
from bgm_finder.track import Section

_SECTION, _EDGE = QColor(255, 255, 255, 70), QColor(200, 200, 100)
"""As in the large picture."""
_SEARCHED_PX = 3
_MOST_COLUMNS = 1024
"""About as many as a wide window shows: to colour all of a long track's would hold the window up."""


class PictureStrip(QWidget):
    """Show a whole track in a strip."""

    position_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._image: QImage | None = None
        self._image_s = 0.0
        self._length_s = 0.0
        self._position_s: float | None = None
        self._section: Section | None = None
        self._searched: Section | None = None

    def sizeHint(self) -> QSize:
        return QSize(260, 40)

    def clear(self) -> None:
        self._image, self._length_s, self._position_s = None, 0.0, None
        self._section = self._searched = None
        self.update()

    def set_picture(self, picture: MelPicture, length_s: float) -> None:
        if picture.db.size == 0:
            return
        picture = narrow(picture, _MOST_COLUMNS)
        pixels = np.ascontiguousarray(colour(picture)[::-1])
        height, width, _ = pixels.shape
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._image_s = width * picture.hop_s
        self._length_s = max(length_s, self._image_s)
        self.update()

    def set_position(self, position_s: float | None) -> None:
        """None where something else is playing."""
        before_s, self._position_s = self._position_s, position_s
        if before_s is None or position_s is None or not self._length_s:
            is_moved = before_s != position_s
        else:
            is_moved = is_seen_to_move(self, self._x(before_s), self._x(position_s))
        if is_moved:
            self.update()

    def set_section(self, section: Section | None) -> None:
        """Show the stretch that is marked."""
        self._section = section
        self.update()

    def set_searched(self, section: Section | None) -> None:
        """Underline the stretch that a search goes by, where that is not the whole."""
        self._searched = section
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._image is not None and self._length_s > 0:
            painter.drawImage(QRectF(0, 0, self.width() * self._image_s / self._length_s, self.height()), self._image)
        if self._length_s > 0:
            self._paint_sections(painter)
        if self._position_s is not None:
            self._paint_playhead(painter, self._position_s)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._length_s > 0:
            self.position_requested.emit(min(1.0, max(0.0, event.position().x() / self.width())) * self._length_s)

    def _paint_sections(self, painter: QPainter) -> None:
        if self._section is not None:
            stretch = self._stretch(self._section)
            painter.fillRect(stretch, _SECTION)
            for x in (stretch.left(), stretch.right() - 1):
                painter.fillRect(QRectF(x, 0, 1, self.height()), _EDGE)
        if self._searched is not None:
            line = self._stretch(self._searched)
            line.setTop(self.height() - _SEARCHED_PX)
            painter.fillRect(line, self.palette().color(QPalette.ColorRole.Link))

    def _paint_playhead(self, painter: QPainter, position_s: float) -> None:
        """With a frame, so that the eye finds where the sound is."""
        painter.setPen(Qt.GlobalColor.white)
        if self._length_s > 0:
            x = self._x(position_s)
            painter.drawLine(round(x), 0, round(x), self.height())
        painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _stretch(self, section: Section) -> QRectF:
        left, right = self._x(section.start_s), self._x(section.end_s)
        return QRectF(left, 0, max(right - left, _SEARCHED_PX), self.height())

    def _x(self, time_s: float) -> float:
        return min(1.0, time_s / self._length_s) * self.width()
