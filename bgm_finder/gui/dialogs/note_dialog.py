"""A line to write a note in; Enter keeps it, Esc leaves it."""

from collections.abc import Collection

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

_WIDTH_PX = 420


class NoteDialog(QDialog):
    """Ask for the note of one track, or for one note of several."""

    def __init__(self, notes: Collection[str], title: str, parent: QWidget | None = None) -> None:
        """Begin with the notes of the tracks; title: what these are called."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Note"))
        label = QLabel(title, wordWrap=True)
        label.setMinimumWidth(_WIDTH_PX)
        several = set(notes)
        self._before = several.pop() if len(several) == 1 else ""
        self._field = QLineEdit(self._before)
        self._field.setObjectName("noteField")
        self._field.setAccessibleName(self.tr("Note"))
        if several:
            self._field.setPlaceholderText(self.tr("Several notes: what you write replaces them all"))
        self._field.setFocus()
        self._field.selectAll()
        self._field.returnPressed.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label, self._field, buttons):
            column.addWidget(widget)

    @property
    def note(self) -> str | None:
        """What was written; None where it is what was there before."""
        written = self._field.text().strip()
        return None if written == self._before else written
