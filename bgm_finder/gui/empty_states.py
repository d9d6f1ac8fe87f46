"""What stands where the list would be: what to do first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class _Way(QPushButton):
    """A way on; the arrows walk among the ways of its page."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if step is None and event.isAutoRepeat():
            return  # Enter, still held since the page before
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)  # Qt would leave the page at its end, for the search box where letters are words


class EmptyState(QWidget):
    """A heading, a sentence, and buttons for the ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._text = QLabel(), QLabel()
        font = self._heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._heading.setFont(font)
        self._heading.setObjectName("emptyHeading")
        for label in (self._heading, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons: list[_Way] = []
        self._acts: list[Callable[[], object]] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addStretch()
        self._column.addWidget(self._heading)
        self._column.addWidget(self._text)
        self._column.addStretch()

    def say(self, heading: str, text: str, ways: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a heading, a sentence, and a button for each way on: its text and what it does."""
        self._heading.setText(heading)
        self._text.setText(text)
        self._acts = [act for _, act in ways]
        while len(self._buttons) > len(ways):
            self._buttons.pop().deleteLater()
        while len(self._buttons) < len(ways):
            self._buttons.append(self._button(len(self._buttons)))
        for button, (name, _) in zip(self._buttons, ways, strict=True):
            button.setText(name.replace("&", "&&"))

    def focus_first(self) -> None:
        """Let Enter take the first way on."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, place: int) -> _Way:
        """Make a button that stays: one made anew while it is pressed would lose the click, and the focus."""
        button = _Way(autoDefault=True)  # Enter presses it, not Space alone
        button.clicked.connect(lambda: self._acts[place]())
        button.walked.connect(lambda step: self._walk(place + step))
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _walk(self, place: int) -> None:
        if 0 <= place < len(self._buttons):
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
