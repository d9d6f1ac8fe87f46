"""All briefs in a list that typing narrows: Enter opens one, or begins a new one of the name typed."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bgm_finder.briefs.brief import Brief
from bgm_finder.gui.brief_box import brief_name

_BRIEF = Qt.ItemDataRole.UserRole
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class BriefSwitcher(QDialog):
    """Asks for a brief; chosen is its number, or None where new_name is that of a new one."""

    def __init__(self, briefs: list[Brief], current: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefSwitcher")
        self.setWindowTitle(self.tr("Switch brief"))
        self._briefs = [*(b for b in briefs if b.id != current), *(b for b in briefs if b.id == current)]
        self.chosen: int | None = None
        self.new_name = ""
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("Name of a brief"))
        self._words.setAccessibleName(self.tr("Name of a brief"))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Briefs"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._list)
        self._words.textChanged.connect(lambda _: self._fill())
        self._words.returnPressed.connect(self._take)
        self._list.itemClicked.connect(lambda _: self._take())
        self._words.installEventFilter(self)
        self._fill()
        self.resize(420, 320)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list while the words have the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _WALKING:
            step = 1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1
            self._list.setCurrentRow(min(max(0, self._list.currentRow() + step), self._list.count() - 1))
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        typed = self._words.text().strip()
        words = typed.casefold().split()
        self._list.clear()
        for brief in self._briefs:
            name = brief_name(brief)
            if all(word in name.casefold() for word in words):
                shown = name if brief.is_open else self.tr("{name} (closed)").replace("{name}", name)
                self._add(shown, brief)
        if typed and typed not in [brief.name for brief in self._briefs]:
            self._add(self.tr("New brief “{name}”").replace("{name}", typed), None)
        self._list.setCurrentRow(0)

    def _add(self, text: str, brief: Brief | None) -> None:
        item = QListWidgetItem(text)
        item.setData(_BRIEF, None if brief is None else brief.id)
        self._list.addItem(item)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is None:
            return
        self.chosen = item.data(_BRIEF)
        self.new_name = "" if self.chosen is not None else " ".join(self._words.text().split())
        self.accept()
