"""Keys that are held down, also where Qt takes their repeats for new presses."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit

from bgm_finder.gui.actions import Actions

_FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox)
_ONCE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeldKeys(QObject):
    """Let a held key press no button and start no command again.

    X11 reports a held key as release and press in the same millisecond. Where the press comes a moment later than the
    release, Qt takes it for a new one (seen in Qt 6.11), and QAction.setAutoRepeat(False) does nothing.
    """

    def __init__(self, commands: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._window: QWindow | None = None
        self._released: dict[int, int] = {}
        """When each key was released last, in milliseconds."""
        self.is_repeating = False
        """Whether the key that is being delivered is a repeat."""
        self._is_blocked = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released[event.key()] = event.timestamp()
        elif event.type() == QEvent.Type.ShortcutOverride:
            self.is_repeating = self._is_repeat(event)
            self._is_blocked = self.is_repeating and self._starts_once(event)
            if self._is_blocked:
                event.accept()  # no shortcut then, but a press, which goes no further
                return True
        elif event.type() == QEvent.Type.KeyPress:
            return self._is_blocked or (self.is_repeating and self._presses_once(event))
        return False

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window.destroyed.disconnect(self._forget)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._window = None

    def _is_repeat(self, event: QKeyEvent) -> bool:
        is_same_moment = event.timestamp() > 0 and self._released.get(event.key()) == event.timestamp()
        return event.isAutoRepeat() or is_same_moment

    def _starts_once(self, event: QKeyEvent) -> bool:
        """Whether the key has a command that does not repeat, and is not typed into a field."""
        if isinstance(QApplication.focusWidget(), _FIELDS) and event.text().isprintable() and event.text():
            return False
        pressed = event.keyCombination()
        bare = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        for modifiers in (pressed.keyboardModifiers(), event.modifiers() & ~bare):
            command = self._commands.with_key(QKeySequence(modifiers.value | event.key()))
            if command is not None:
                return not command.autoRepeat()
        return False

    @staticmethod
    def _presses_once(event: QKeyEvent) -> bool:
        return event.key() in _ONCE and not isinstance(QApplication.focusWidget(), _FIELDS)
