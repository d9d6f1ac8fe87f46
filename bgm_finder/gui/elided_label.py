"""A line of text that ends in … where there is no room, with the rest in its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from bgm_finder.gui.text_helpers import set_tip, showable

_LEAST_WIDTH = 90


class ElidedLabel(QLabel):
    """Show plain text; takes what room there is."""

    def __init__(self, name: str, parent: QWidget | None = None, least_width: int = _LEAST_WIDTH) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._least_width = least_width
        self.setMinimumWidth(least_width)

    def show_text(self, text: str, details: str = "") -> None:
        """Show one line; the tool tip says it whole, or the details."""
        self.setText(" ".join(showable(text).split()))
        set_tip(self, showable(details or text))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_width, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()
