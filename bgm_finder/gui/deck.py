"""The list, the pictures and the player, one above the other: where bare letters and digits are commands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.physical_keys import key_by_place


class Deck(QSplitter):
    """Take the keys that no control in it wanted."""

    def __init__(self, commands: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._commands = commands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key for the digit or letter of its place, where it writes another sign that is no command."""
        by_place = key_by_place(event)
        command = self._commands.with_key(by_place) if by_place is not None and not event.isAutoRepeat() else None
        if command is not None and command.isEnabled():
            command.trigger()
        else:
            super().keyPressEvent(event)
