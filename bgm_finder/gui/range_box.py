"""A range of numbers: from and to, each of which may be open, and the lock that says whether it binds."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from bgm_finder.clock import clock
from bgm_finder.gui.icons import DrawnIcons

_OPEN = "–"


class BpmBox(QSpinBox):
    """Beats per minute; the lowest value stands for open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 400)
        self.setSpecialValueText(_OPEN)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the whole text, so that typing takes its place; after the click, which puts the cursor in it."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self.selectAll)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Ignore the dash of an open end, where a number is typed beside it."""
        bare = text.replace(_OPEN, "")
        if bare != text and bare:
            text, place = bare, min(place, len(bare))
        return self._judged(text, place)

    def _judged(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        state, text, place = super().validate(text, place)
        return state, text, place


class LengthBox(BpmBox):
    """A length, written as 1:30, or as seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 24 * 3600)
        self.setSingleStep(5)

    def textFromValue(self, value: int) -> str:
        return clock(value)

    def valueFromText(self, text: str) -> int:
        return _seconds(text) or 0

    def _judged(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        bare = text.strip()
        if bare in ("", _OPEN):
            return QValidator.State.Acceptable, text, place
        if _seconds(bare) is not None:
            return QValidator.State.Acceptable, text, place
        is_begun = all(letter.isdigit() or letter == ":" for letter in bare)
        return (QValidator.State.Intermediate if is_begun else QValidator.State.Invalid), text, place


class RangeBox(QWidget):
    """From and to; emits None where an end is open, and whether the lock is to be closed."""

    requested = Signal(object, object)
    lock_requested = Signal(bool)

    def __init__(self, box: type[BpmBox], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = box(self), box(self)
        self._lock = QToolButton(self)
        self._lock.setCheckable(True)
        self._lock.setChecked(True)
        self._lock.setAutoRaise(True)
        self._lock.setStyleSheet("QToolButton:checked:!hover:!focus { background: transparent; }")  # closed is usual
        self._lock.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lock.clicked.connect(self.lock_requested)
        self._lock.toggled.connect(lambda _is_locked: self._show_lock())
        self._icons, self._name = DrawnIcons(), ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._low, 1)
        row.addWidget(QLabel("–", self))
        row.addWidget(self._high, 1)
        row.addWidget(self._lock)
        for end in (self._low, self._high):
            end.valueChanged.connect(self._on_changed)
        self._show_lock()

    @property
    def ends(self) -> tuple[QWidget, QWidget]:
        return self._low, self._high

    @property
    def lock(self) -> QToolButton:
        return self._lock

    def set_locked(self, is_locked: bool) -> None:
        """Show whether the limits bind, without emitting it."""
        self._lock.setChecked(is_locked)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_lock()

    def set_range(self, low: float | None, high: float | None) -> None:
        """Show a range without emitting it."""
        for end, value in ((self._low, low), (self._high, high)):
            if end.value() == round(value or 0):
                continue  # setting it would wipe out what is being typed there
            end.blockSignals(True)
            end.setValue(round(value or 0))
            end.blockSignals(False)

    def name(self, name: str) -> None:
        """Say what the range is of, for those who hear the window."""
        self._low.setAccessibleName(self.tr("{name} from").replace("{name}", name))
        self._high.setAccessibleName(self.tr("{name} to").replace("{name}", name))
        self._low.setToolTip(self._low.accessibleName())
        self._high.setToolTip(self._high.accessibleName())
        self._name = name
        self._show_lock()

    def _show_lock(self) -> None:
        is_locked = self._lock.isChecked()
        self._lock.setIcon(self._icons.icon("locked" if is_locked else "unlocked", self.palette()))
        self._lock.setAccessibleName(self.tr("{name}: strict limits").replace("{name}", self._name))
        if is_locked:
            text = self.tr("Strict: tracks beyond these limits are in no list. Click to list them outside the filter.")
        else:
            text = self.tr("Open: tracks beyond these limits are listed outside the filter. Click to leave them out.")
        self._lock.setToolTip(text)
        self._lock.setAccessibleDescription(text)

    def _on_changed(self) -> None:
        low, high = self._low.value() or None, self._high.value() or None
        if low is not None and high is not None and low > high:
            low, high = high, low
        self.requested.emit(low, high)


def _seconds(text: str) -> int | None:
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
