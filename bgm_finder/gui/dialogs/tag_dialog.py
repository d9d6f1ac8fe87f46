"""Adds tags to the selected tracks and takes others off them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.gui.category_names import category_name
from bgm_finder.gui.first_size import first_size
from bgm_finder.gui.words import number, showable
from bgm_finder.track import CATEGORIES, Tag


class TagDialog(QDialog):
    """Shows each tag that any of the tracks carries, ticked where all do; OK says what is to change."""

    def __init__(
        self,
        carried: Mapping[Tag, int],
        count: int,
        known: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
        title: str = "",
    ) -> None:
        """carried: how many of the count tracks carry each tag; known: all names of the library, for choosing.

        title: of the one track, where it is one.
        """
        super().__init__(parent)
        self._title = title
        self._has_just_added = False
        """The key that added a tag arrives twice: at the field, and at the default button."""
        self._known = known
        self._count = count
        self._before = {tag: self._state(carriers) for tag, carriers in carried.items()}
        self._build()
        for tag in sorted(carried, key=_place):
            self._add_row(tag, self._before[tag])

    @property
    def added(self) -> list[Tag]:
        """Tags that all of the tracks are to carry."""
        return [tag for tag, state in self._after().items() if state == Qt.CheckState.Checked != self._before.get(tag)]

    @property
    def removed(self) -> list[Tag]:
        """Tags that none of the tracks is to carry."""
        after = self._after()
        was = [tag for tag, state in self._before.items() if state != Qt.CheckState.Unchecked]
        return [tag for tag in was if after[tag] == Qt.CheckState.Unchecked]

    def _state(self, carriers: int) -> Qt.CheckState:
        return Qt.CheckState.Checked if carriers == self._count else Qt.CheckState.PartiallyChecked

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Edit tags"))
        self.resize(first_size(self, QSize(440, 420)))
        heading = self.tr("Tags of %n track(s)", "", self._count).replace("%n", number(self._count))
        if self._title:
            heading = self.tr("Tags of “{title}”").replace("{title}", showable(self._title))
        what = QLabel(heading, wordWrap=True)
        what.setTextFormat(Qt.TextFormat.PlainText)
        self._list = QListWidget(objectName="tagList")
        self._list.setAccessibleName(heading)
        self._category = QComboBox(objectName="tagCategory")
        choices = [c for c in CATEGORIES if c != "format"]
        for category in [*choices, *sorted(set(self._known) - {*choices, "format"})]:
            self._category.addItem(category_name(category), category)
        self._category.setAccessibleName(self.tr("Category of the new tag"))
        self._category.currentIndexChanged.connect(lambda _: self._offer_names())
        self._name = QComboBox(objectName="tagName", editable=True)
        self._name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._name.setAccessibleName(self.tr("New tag"))
        # known tags are offered below; written into the field, "Pop" and Enter would add a known "Pops"
        self._name.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._name.lineEdit().setPlaceholderText(self.tr("a known tag, or a new one"))
        self._name.lineEdit().returnPressed.connect(self._on_enter)
        add = QPushButton(self.tr("Add"))
        add.setDefault(True)  # else Enter in the field would press OK too, and close the dialog
        add.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self._category)
        row.addWidget(self._name, 1)
        row.addWidget(add)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (what, self._list):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(buttons)
        self._offer_names()
        self._name.setFocus()

    def _offer_names(self) -> None:
        self._name.clear()
        self._name.addItems(sorted(self._known.get(self._category.currentData(), ())))
        self._name.setCurrentIndex(-1)
        self._name.clearEditText()

    def _on_enter(self) -> None:
        """Adds what was typed; with nothing typed any more, the dialog is done."""
        if self._name.currentText().strip():
            self._on_add()
        elif not self._has_just_added:
            self.accept()

    def _on_add(self) -> None:
        name = " ".join(self._name.currentText().split())
        if not name:
            return
        tag = Tag(self._category.currentData(), name)
        for item in self._items():
            if Tag(*item.data(Qt.ItemDataRole.UserRole)) == tag:
                item.setCheckState(Qt.CheckState.Checked)
                break
        else:
            self._add_row(tag, Qt.CheckState.Checked)
        self._name.clearEditText()
        self._has_just_added = True
        QTimer.singleShot(0, self._forget_key)

    def _forget_key(self) -> None:
        self._has_just_added = False

    def _add_row(self, tag: Tag, state: Qt.CheckState) -> None:
        item = QListWidgetItem(f"{category_name(tag.category)}: {tag.name}", self._list)
        item.setData(Qt.ItemDataRole.UserRole, (tag.category, tag.name))
        item.setCheckState(state)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _after(self) -> dict[Tag, Qt.CheckState]:
        return {Tag(*item.data(Qt.ItemDataRole.UserRole)): item.checkState() for item in self._items()}


def _place(tag: Tag) -> tuple[int, str, str]:
    """In the order of the columns, a tag list's own categories last."""
    known = CATEGORIES.index(tag.category) if tag.category in CATEGORIES else len(CATEGORIES)
    return known, tag.category, tag.name.casefold()
