"""Add tags to the selected tracks, takes others off them, and changes title, comment and BPM."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
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

from bgm_finder.catalogue.hand_texts import Value
from bgm_finder.catalogue.tag_csv import split_tags
from bgm_finder.gui.category_names import category_name
from bgm_finder.gui.dialogs.tag_field import TagBox
from bgm_finder.gui.dialogs.text_fields import Shown, TextFields
from bgm_finder.gui.first_size import first_size
from bgm_finder.gui.text_helpers import showable
from bgm_finder.track import CATEGORIES, TAG_CATEGORIES, Tag, TextKey

APPLY_AND_NEXT = 2
"""Result of the dialog beside Accepted and Rejected: to be applied, and the next track to be shown."""
_NEXT_KEY, _REPEAT_KEY = "Ctrl+Return", "Ctrl+R"


class TagDialog(QDialog):
    """Show each tag that any of the tracks carries, ticked where all do; OK says what is to change."""

    def __init__(
        self,
        carried: Mapping[Tag, int],
        count: int,
        known: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
        title: str = "",
        texts: Mapping[TextKey, Shown] | None = None,
        last: Sequence[Tag] = (),
        category: str = "",
    ) -> None:
        """carried: how many of the count tracks carry each tag; known: all names of the library, to choose from.

        title: of the one track, where it is one. texts: what their fields show. last: the tags that were added last.
        category: the one to begin with.
        """
        super().__init__(parent)
        self._title = title
        self._known = known
        self._count = count
        self._last = last
        self._before = {tag: self._state(carriers) for tag, carriers in carried.items()}
        self._build(texts or {})
        self._category.setCurrentIndex(max(0, self._category.findData(category)))
        for tag in sorted(carried, key=_place):
            self._add_row(tag, self._before[tag])

    @property
    def added(self) -> list[Tag]:
        """Return the tags that all of the tracks are to carry."""
        return [tag for tag, state in self._after().items() if state == Qt.CheckState.Checked != self._before.get(tag)]

    @property
    def removed(self) -> list[Tag]:
        """Return the tags that none of the tracks is to carry."""
        after = self._after()
        was = [tag for tag, state in self._before.items() if state != Qt.CheckState.Unchecked]
        return [tag for tag in was if after[tag] == Qt.CheckState.Unchecked]

    @property
    def texts(self) -> dict[TextKey, Value]:
        """What the texts are to be; those left alone are not in it."""
        return self._texts.edited

    @property
    def category(self) -> str:
        """The category that tags are added to."""
        return str(self._category.currentData())

    def done(self, result: int) -> None:
        """Close, unless a number cannot be read; a tag that was typed and not added yet is added first."""
        if result != QDialog.DialogCode.Rejected:
            self._name.add_typed()
            if self._texts.find_mistake():
                return
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the buttons' keys also where the open list of names has the keyboard."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self._next.click()
        else:
            super().keyPressEvent(event)

    def _state(self, carriers: int) -> Qt.CheckState:
        return Qt.CheckState.Checked if carriers == self._count else Qt.CheckState.PartiallyChecked

    def _build(self, texts: Mapping[TextKey, Shown]) -> None:
        self.setWindowTitle(self.tr("Edit tags"))
        self.resize(first_size(self, QSize(560, 520)))
        heading = self.tr("Tags of %Ln track(s)", "", self._count)
        if self._title:
            heading = self.tr("Tags of “{title}”").replace("{title}", showable(self._title))
        what = QLabel(heading, wordWrap=True)
        what.setTextFormat(Qt.TextFormat.PlainText)
        self._texts = TextFields(texts)
        self._list = QListWidget()
        self._list.setObjectName("tagList")
        self._list.setAccessibleName(heading)
        hint = QLabel(wordWrap=True)
        hint.setText(
            self.tr(
                "Press Enter to add the tag; separate several with commas. With nothing typed, Enter is OK. "
                "Clear title, comment or BPM to use the value from the tag list or the file."
            )
        )
        column = QVBoxLayout(self)
        for widget in (what, self._texts, self._list):
            column.addWidget(widget)
        column.addLayout(self._build_entry())
        column.addWidget(hint)
        column.addLayout(self._build_buttons())
        self._offer_names()
        self._field.setFocus()

    def _build_entry(self) -> QHBoxLayout:
        self._category = QComboBox()
        self._category.setObjectName("tagCategory")
        for category in [*TAG_CATEGORIES, *sorted(set(self._known).difference(CATEGORIES))]:
            self._category.addItem(category_name(category), category)
        self._category.setAccessibleName(self.tr("Category of the new tag"))
        self._category.currentIndexChanged.connect(lambda _: self._offer_names())
        self._field = TagBox()
        self._field.setObjectName("tagName")
        self._field.setAccessibleName(self.tr("New tag"))
        self._name = self._field.field
        self._name.setPlaceholderText(self.tr("Existing or new tag"))
        self._name.added.connect(self._add_tags)
        self._name.done.connect(self.accept)
        add = QPushButton(self.tr("Add"), autoDefault=False)
        add.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self._category)
        row.addWidget(self._field, 1)
        row.addWidget(add)
        return row

    def _build_buttons(self) -> QVBoxLayout:
        self._repeat = self._button(self.tr("Add the last tags again"), "repeatTags", _REPEAT_KEY)
        self._repeat.setEnabled(bool(self._last))
        self._repeat.setToolTip(", ".join(tag.name for tag in self._last))
        self._repeat.clicked.connect(self._on_repeat)
        self._next = self._button(self.tr("Apply and next track"), "applyAndNext", _NEXT_KEY)
        self._next.clicked.connect(lambda: self.done(APPLY_AND_NEXT))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        own = QHBoxLayout()
        own.addWidget(self._repeat)
        own.addWidget(self._next)
        own.addStretch()
        rows = QVBoxLayout()
        rows.addLayout(own)
        rows.addWidget(buttons)
        return rows

    def _button(self, text: str, name: str, key: str) -> QPushButton:
        """Return a button with its key, which stands on it."""
        sequence = QKeySequence(key)
        label = f"{text} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"
        button = QPushButton(label, autoDefault=False)
        button.setObjectName(name)
        QShortcut(sequence, self).activated.connect(button.click)  # a button's own shortcut comes 0.1 s late
        return button

    def _offer_names(self) -> None:
        self._name.clear()
        self._name.offer(sorted(self._known.get(self.category, ())))

    def _on_add(self) -> None:
        self._name.add_typed()
        self._name.setFocus()

    def _on_repeat(self) -> None:
        for tag in self._last:
            self._tick(tag)

    def _add_tags(self, typed: str) -> None:
        for tag in split_tags(self.category, typed):
            self._tick(Tag(tag.category, " ".join(tag.name.split())))

    def _tick(self, tag: Tag) -> None:
        for item in self._items():
            if Tag(*item.data(Qt.ItemDataRole.UserRole)) == tag:
                item.setCheckState(Qt.CheckState.Checked)
                break
        else:
            item = self._add_row(tag, Qt.CheckState.Checked)
        self._list.scrollToItem(item)

    def _add_row(self, tag: Tag, state: Qt.CheckState) -> QListWidgetItem:
        item = QListWidgetItem(f"{category_name(tag.category)}: {tag.name}", self._list)
        item.setData(Qt.ItemDataRole.UserRole, (tag.category, tag.name))
        item.setCheckState(state)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _after(self) -> dict[Tag, Qt.CheckState]:
        return {Tag(*item.data(Qt.ItemDataRole.UserRole)): item.checkState() for item in self._items()}


def _place(tag: Tag) -> tuple[int, str, str]:
    """In the order of the columns, a tag list's own categories last."""
    known = CATEGORIES.index(tag.category) if tag.category in CATEGORIES else len(CATEGORIES)
    return known, tag.category, tag.name.casefold()
