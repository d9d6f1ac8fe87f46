"""A small spectrogram with a playhead; a click plays from there."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bgm_finder.audio.picture import MelPicture, colour


class PictureStrip(QWidget):
    """Shows a whole track in a strip."""

    position_wished = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._image: QImage | None = None
        self._image_s = 0.0
        self._length_s = 0.0
        self._position_s: float | None = None

    def sizeHint(self) -> QSize:
        return QSize(260, 40)

    def clear(self) -> None:
        self._image, self._length_s, self._position_s = None, 0.0, None
        self.update()

    def set_picture(self, picture: MelPicture, length_s: float) -> None:
        if picture.db.size == 0:
            return
        pixels = np.ascontiguousarray(colour(picture)[::-1])
        height, width, _ = pixels.shape
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._image_s = width * picture.hop_s
        self._length_s = max(length_s, self._image_s)
        self.update()

    def set_position(self, position_s: float | None) -> None:
        """None where something else is playing."""
        if position_s != self._position_s:
            self._position_s = position_s
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._image is not None and self._length_s > 0:
            painter.drawImage(QRectF(0, 0, self.width() * self._image_s / self._length_s, self.height()), self._image)
        if self._position_s is not None and self._length_s > 0:
            painter.setPen(Qt.GlobalColor.white)
            x = round(self._position_s / self._length_s * self.width())
            painter.drawLine(x, 0, x, self.height())
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._length_s > 0:
            self.position_wished.emit(min(1.0, max(0.0, event.position().x() / self.width())) * self._length_s)
