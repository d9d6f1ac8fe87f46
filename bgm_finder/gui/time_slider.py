"""What a picture of a track is to a screen reader: a slider over the track's seconds."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from bgm_finder.clock import clock
from bgm_finder.gui.text_helpers import translate


class TimeSlider(QSlider):
    """A slider only to screen readers, which read and set it; its subclass decides how it looks and acts."""

    position_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setRange(0, 0)
        self.setPageStep(10)
        self._follows = False
        self.valueChanged.connect(self._on_value)

    def follow(self, position_s: float, length_s: float) -> None:
        """Have the slider stand where the playhead is."""
        place, length = int(position_s), int(length_s)
        if (place, length) == (self.value(), self.maximum()):
            return
        self._follows = True
        self.setMaximum(length)
        self.setValue(place)
        self._follows = False
        self.setAccessibleDescription(position_text(position_s, length_s))  # once a second

    def sizeHint(self) -> QSize:
        return QWidget.sizeHint(self)

    def minimumSizeHint(self) -> QSize:
        return QWidget.minimumSizeHint(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the window's keys move the position

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def _on_value(self, value: int) -> None:
        if not self._follows:  # a screen reader has set it
            self.position_requested.emit(float(value))


def is_seen_to_move(widget: QWidget, before_x: float, after_x: float) -> bool:
    """Return whether a line that moves so far comes to stand on another pixel, so that it must be drawn anew."""
    halves = 2 * widget.devicePixelRatioF()  # whichever way the painter rounds
    return int(halves * before_x) != int(halves * after_x)


def position_text(position_s: float, length_s: float) -> str:
    """Return a position as it is read out."""
    text = translate("Words", "{position} of {length}")
    return text.replace("{position}", clock(position_s)).replace("{length}", clock(length_s))
