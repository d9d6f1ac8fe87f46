"""Let work that costs much wait until the hand rests, where keys come faster than anyone can look or listen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

FAST_MS = 150
"""Keys that follow each other sooner are held down, or pressed to pass tracks by: ten a second is a slow repeat."""


class Debouncer(QObject):
    """Do a single action at once; of actions that come fast, only the last, once no other follows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Callable[[], None] | None = None
        self._rest = QTimer(self, singleShot=True, interval=FAST_MS)
        self._rest.timeout.connect(self._on_rest)

    def do(self, act: Callable[[], None]) -> None:
        """Act, now or soon, instead of what still waits."""
        is_fast = self._rest.isActive()
        self._waiting = act if is_fast else None
        self._rest.start()
        if not is_fast:
            act()

    def forget(self) -> None:
        """Drop what still waits."""
        self._waiting = None

    def _on_rest(self) -> None:
        act, self._waiting = self._waiting, None
        if act is not None:
            act()
