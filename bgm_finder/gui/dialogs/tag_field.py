"""The field for tags: known ones are offered while typing; Enter, Tab or a click takes the highlighted one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QWidget

from bgm_finder.catalogue.tag_csv import last_tag_begins

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TagField(QLineEdit):
    """A line that emits what is to be added and empties itself; with nothing typed, Enter means done."""

    added = Signal(str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_composing = False
        self._names = QStringListModel(self)
        # not QLineEdit's own completer: it writes what was chosen into the field after the field was emptied
        self._completer = QCompleter(self._names, self)
        self._completer.setWidget(self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView()
        self._completer.setPopup(self._list)
        self._list.clicked.connect(lambda index: self._on_chosen(str(index.data())))
        self.textEdited.connect(self._on_edited)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names from now on."""
        self._names.setStringList(list(names))

    def open_all(self) -> None:
        """Open the list of all names."""
        self._open("")

    def add_typed(self) -> None:
        """Add what was typed, if anything."""
        text = self.text().strip()
        self._list.hide()
        self.clear()
        if text:
            self.added.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the highlighted name; an Enter of an input method is about its word, not about the tag."""
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and is_plain:
            if not self._is_composing:
                self._on_enter()
        elif event.key() in _ENTER:
            self._list.hide()
            event.ignore()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and is_plain and not self._is_composing:
            self._go(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self._list.isVisible():
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the highlighted name by Tab as well, before Tab goes to the next field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            if self._highlighted:
                self._on_chosen(self._highlighted)
                return True
            self._list.hide()
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        if self._is_composing:
            self._list.hide()  # its arrow keys belong to the input method now
        super().inputMethodEvent(event)

    @property
    def _highlighted(self) -> str:
        """The name that is highlighted in the open list, or nothing."""
        index = self._list.currentIndex()
        return str(index.data()) if self._list.isVisible() and index.isValid() else ""

    def _on_enter(self) -> None:
        if self._highlighted:
            self._on_chosen(self._highlighted)
        elif self.text().strip():
            self.add_typed()
        else:
            self._list.hide()
            self.done.emit()

    def _on_chosen(self, name: str) -> None:
        """Add a name in the place of what was typed for it, with those that stand before it."""
        self.setText(self.text()[: last_tag_begins(self.text())] + name)
        self.add_typed()

    def _on_edited(self, text: str) -> None:
        if typed := text[last_tag_begins(text) :].strip():
            self._open(typed)
        else:
            self._list.hide()

    def _open(self, typed: str) -> None:
        self._completer.setCompletionPrefix(typed)
        self._list.setCurrentIndex(self._list.model().index(-1, 0))
        self._completer.complete()

    def _go(self, step: int) -> None:
        """Open the list, or go up and down in it; above the first is what was typed."""
        if not self._list.isVisible():
            self._open(self.text()[last_tag_begins(self.text()) :].strip())
            return
        view = self._list
        count = view.model().rowCount()
        row = view.currentIndex().row() + step
        view.setCurrentIndex(view.model().index((row + 1) % (count + 1) - 1, 0))


class TagBox(QComboBox):
    """The field with an arrow beside it, below which all names stand.

    The box itself holds no names: it would take one as picked as soon as it is typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, editable=True)
        self.field = TagField()
        self.setLineEdit(self.field)
        self.setCompleter(None)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.showPopup()
        else:
            self.field.event(event)

    def showPopup(self) -> None:
        self.field.setFocus()
        self.field.open_all()
