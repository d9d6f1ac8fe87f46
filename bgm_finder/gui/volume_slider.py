"""The slider of the volume: a click on its groove goes there, and the drag goes on from there."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

VOLUME_STEPS = 100
_KEY_STEP = 5


class VolumeSlider(QSlider):
    """A horizontal slider from 0 to VOLUME_STEPS."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("volumeSlider")
        self.setRange(0, VOLUME_STEPS)
        self.setSingleStep(_KEY_STEP)
        self.setFixedWidth(110)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the mouse first, where it is not there."""
        if event.button() == Qt.MouseButton.LeftButton and not self._is_on_handle(event):
            self.setValue(self._value_at(event.position().x()))
        super().mousePressEvent(event)

    def _is_on_handle(self, event: QMouseEvent) -> bool:
        handle = self._part(QStyle.SubControl.SC_SliderHandle)
        return handle.left() <= event.position().x() <= handle.right()

    def _value_at(self, x: float) -> int:
        groove, handle = self._part(QStyle.SubControl.SC_SliderGroove), self._part(QStyle.SubControl.SC_SliderHandle)
        room = groove.width() - handle.width()
        left = round(x - groove.left() - handle.width() / 2)
        return QStyle.sliderValueFromPosition(0, VOLUME_STEPS, left, room)

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
