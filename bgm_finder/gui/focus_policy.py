"""Which widget has the keys: the list, unless someone types in a field or came to a control by key."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QSlider,
    QWidget,
)

from bgm_finder.gui.held_keys import HeldKeys

_FIELDS = (QLineEdit, QAbstractSpinBox)
"""A click into one of them is meant for typing."""
_TURNED_BY_WHEEL = (QAbstractSpinBox, QComboBox, QSlider)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_TRAVELLING = frozenset(
    [Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown]
)
"""Keys that go on while they are held, whichever control they lead to."""


class FocusPolicy(QObject):
    """Give the keys back to the list after every mouse action, after Enter, and from a control that goes away.

    Events of the whole application are filtered only while the focus is outside the list: in a control, a dialog.
    There a held key acts only on the control that it was pressed in, and presses no button twice.
    """

    def __init__(self, window: QWidget, home: QWidget, go_home: Callable[[], None], held: HeldKeys) -> None:
        """home: what holds the list and the pages in its place; go_home focuses the one that is shown."""
        super().__init__(window)
        self._window, self._home, self._go_home = window, home, go_home
        self._held = held
        self._is_away = False
        self._pressed: set[int] = set()
        """Keys that were pressed since the focus came to the control that has it."""
        for control in window.findChildren(QWidget):
            self._set_up(control)
        self._application().focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel and isinstance(watched, _TURNED_BY_WHEEL):
            event.ignore()  # on to what scrolls
            return True
        if not self._is_away or not isinstance(watched, QWidget):
            return False
        if kind in _PRESSES and watched.window() is self._window and not isinstance(watched, _FIELDS):
            self._go_home()
        if isinstance(event, QKeyEvent) and watched.hasFocus():
            return self._on_key(watched, event)
        return False

    def _set_up(self, control: QWidget) -> None:
        if isinstance(control, _TURNED_BY_WHEEL):
            control.installEventFilter(self)
        if isinstance(control, _FIELDS):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        elif control.focusPolicy() != Qt.FocusPolicy.NoFocus and not self._home.isAncestorOf(control):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _on_key(self, control: QWidget, event: QKeyEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if event.isAutoRepeat() or (event.spontaneous() and self._held.is_repeating):
            return event.type() == QEvent.Type.KeyPress and not self._may_repeat(control, event)
        self._pressed.add(event.key())
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and self._is_left_by_enter(control):
            self._go_home()
            if isinstance(control, QAbstractButton):
                control.click()
            return True
        return False

    def _may_repeat(self, control: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _TRAVELLING:
            return True
        is_pressed_anew = isinstance(control, QAbstractButton | QAbstractItemView) and bool(event.text())
        return event.key() in self._pressed and not is_pressed_anew

    def _is_left_by_enter(self, control: QWidget) -> bool:
        """Return whether Enter leads back to the list: not from a line to type in, nor from the page in its place."""
        is_here = control.window() is self._window and not self._home.isAncestorOf(control)
        return is_here and not isinstance(control, QLineEdit)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        self._pressed.clear()
        self._watch(now is not None and not self._home.isAncestorOf(now))
        if now is None:
            QTimer.singleShot(0, self, self._take_up)
        elif old is not None and now.window() is self._window and self._is_gone(old):
            self._go_home()

    def _is_gone(self, control: QWidget) -> bool:
        """Whether Qt has moved the focus on because a control of the window was hidden or disabled."""
        is_of_window = control.window() is self._window and self._window.isVisible()
        return is_of_window and not (control.isVisible() and control.isEnabled())

    def _take_up(self) -> None:
        """Nobody has the focus: take it, unless another window has."""
        if self._window.isVisible() and self._window.isActiveWindow() and self._window.focusWidget() is None:
            self._go_home()

    def _watch(self, is_away: bool) -> None:
        if is_away != self._is_away:
            self._is_away = is_away
            if is_away:
                self._application().installEventFilter(self)
            else:
                self._application().removeEventFilter(self)

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application
