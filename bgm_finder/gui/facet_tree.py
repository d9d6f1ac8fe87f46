"""The tags of every category, with what each would leave: a click ticks, a right click opens the tag's menu."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from bgm_finder.catalogue.text_folding import fold
from bgm_finder.conditions import Filter
from bgm_finder.gui.category_names import category_name, heading_name, untagged_name
from bgm_finder.gui.facet_menu import TagRequest, fill_facet_menu, fill_untagged_menu, obstacle_to
from bgm_finder.gui.facet_rows import matching, most_frequent, texts
from bgm_finder.gui.filter_changes import exclude, turn, turn_all
from bgm_finder.gui.text_helpers import number, tip
from bgm_finder.track import FACETS, FOLDER, FORMAT, Tag
from bgm_finder.workflows.edit_tracks import Renaming

_CATEGORY, _NAME, _IS_MORE = (Qt.ItemDataRole.UserRole + number for number in range(3))
_CHOOSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITHOUT_UNTAGGED = (FORMAT, FOLDER)
"""Every file has one."""
Counts = Mapping[str, Mapping[str | None, int]]


class FacetTree(QTreeWidget):
    """Categories and their tags; a click or Space ticks, minus excludes; emits a Change, or a TagRequest."""

    requested = Signal(object)
    tag_requested = Signal(object)
    """A TagRequest: what is to be done with a tag or a category itself."""
    more_requested = Signal()
    """The row was chosen that stands for the tags that are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_edit = True
        self._wanted = Filter()
        self._next: Tag | None = None
        """What the current row is called from now on, until it is shown so."""
        self._items: dict[tuple[str, str | None], QTreeWidgetItem] = {}
        self._heads: dict[str, QTreeWidgetItem] = {}
        self._mores: dict[str, QTreeWidgetItem] = {}
        """The last row of each category of which not all tags are shown."""
        self._words = ""
        """Folded words that narrow what is shown."""
        self._counts: Counts = {}
        self._shown: dict[tuple[str, str | None], tuple[int, bool]] = {}
        """The count of each row and whether it is struck out; thousands of rows are not touched for nothing."""
        self._is_showing = False
        self._was_box_clicked = False
        self._build()

    def show_filter(self, wanted: Filter, counts: Counts) -> None:
        """Show the ticks and the counts; tags that no track carries any more are gone unless they are ticked."""
        self._wanted, self._counts = wanted, counts
        self._is_showing = True
        self.setUpdatesEnabled(False)
        shown = {category: self._names_of(category, counts.get(category, {})) for category in self._ordered(counts)}
        self._drop_others(shown)
        for category, (names, hidden) in shown.items():
            if names or category in self._heads:
                self._show_category(category, counts.get(category, {}), names)
                self._show_more(category, hidden)
        self._drop_empty_heads()
        self._go_on_to_next()
        # only wider: names that make room to and fro would be laid out and painted anew with every count
        self.setColumnWidth(1, max(self.columnWidth(1), self.sizeHintForColumn(1)))
        self.setUpdatesEnabled(True)
        self._is_showing = False

    def narrow(self, text: str) -> None:
        """Show only tags that hold each of the words, and all of a category whose name does."""
        self._words = fold(text)
        self.show_filter(self._wanted, self._counts)

    @property
    def has_more(self) -> bool:
        """Whether there are tags that are not shown."""
        return bool(self._mores)

    def focus_first_tag(self) -> None:
        """Take the keys, at the first tag."""
        first = self.topLevelItem(0)
        if first is not None:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.setCurrentItem(first.child(0) or first)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for the current tag or category; without one it is the window's, for the brief's name."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            item = self.currentItem()
            is_bare = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if item is not None and event.key() == Qt.Key.Key_F2 and is_bare:
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._shown.clear()
            self.show_filter(self._wanted, self._counts)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._was_box_clicked = False
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            super().mousePressEvent(event)
        else:
            event.ignore()  # back and forward are the window's

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the row below a click, or with a key that of the current row."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open_menu_of_current()
        else:
            self._open_menu(event.pos())

    def open_menu_of_current(self, place: QPoint | None = None) -> None:
        """Open the menu of the current row, else of the first; place: on the screen, else below the row."""
        item = self.currentItem() or self.topLevelItem(0)
        if item is not None and not item.data(0, _IS_MORE):
            self.setCurrentItem(item)
            self.scrollToItem(item)
            self._open_menu_of(item, place or self.viewport().mapToGlobal(self.visualItemRect(item).bottomLeft()))

    def follow(self, renaming: Renaming) -> None:
        """Keep the current row where it goes by another name from now on."""
        item = self.currentItem()
        tag = None if item is None else _tag_of(item)
        if tag == renaming.old:
            self._next = renaming.new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        is_shift_f10 = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Menu or is_shift_f10:
            self.open_menu_of_current()
            return
        if item is not None and event.key() == Qt.Key.Key_F2:
            self._ask_rename(item)
            return
        if item is not None and item.data(0, _IS_MORE) and event.key() in _CHOOSING:
            self.more_requested.emit()
        elif item is not None and item.parent() is not None and event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_X):
            self._exclude(item)
        elif item is not None and item.parent() is None and event.key() == Qt.Key.Key_Space:
            self._toggle_all(item)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._shown.clear()
        self._is_showing = True  # another text of a row is an itemChanged too, as a tick is
        self.setAccessibleName(self.tr("Tags"))
        for (category, name), item in self._items.items():
            if name is None:
                item.setText(0, untagged_name(category))
        self._is_showing = False
        self.show_filter(self._wanted, self._counts)

    def _build(self) -> None:
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        # not ResizeToContents: it measures a thousand rows for each count that changes
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(1, 0)
        self.itemChanged.connect(self._on_item_changed)
        self.itemClicked.connect(self._on_clicked)

    def _ordered(self, counts: Counts) -> list[str]:
        wanted = {*self._wanted.ticked, *self._wanted.excluded, *self._wanted.untagged, *counts}
        return [c for c in FACETS if c in wanted] + sorted(wanted.difference(FACETS))

    def _names_of(self, category: str, counts: Mapping[str | None, int]) -> tuple[list[str | None], int]:
        """Return the rows of a category in their order, None for "no tag here", and how many tags are left out."""
        used = {*self._wanted.ticked.get(category, ()), *self._wanted.excluded.get(category, ())}
        every = dict.fromkeys([*(name for name in counts if name is not None), *used])
        is_whole = bool(self._words) and not matching([category_name(category)], self._words)
        found = matching(every, self._words if is_whole else "")
        current = self.currentItem()
        if current is not None and current.data(0, _CATEGORY) == category:
            used.add(current.data(0, _NAME))
        names = most_frequent(found, counts, used)
        has_untagged = category not in _WITHOUT_UNTAGGED and not is_whole
        return [*names, *([None] if has_untagged else [])], len(found) - len(names)

    def _show_category(self, category: str, counts: Mapping[str | None, int], names: list[str | None]) -> None:
        head = self._heads.get(category) or self._add_head(category)
        if head.text(0) != (title := heading_name(category, self._counts)):
            head.setText(0, title)
        match_all = category in self._wanted.match_all
        ticked = self._wanted.ticked.get(category, frozenset())
        is_many = len(ticked) + (category in self._wanted.untagged) > 1
        head.setText(1, self.tr("all") if match_all else self.tr("any") if is_many else "")
        excluded = self._wanted.excluded.get(category, frozenset())
        shown = texts(category, [name for name in names if name is not None])
        for place, name in enumerate(names):
            item = self._items.get((category, name)) or self._add_item(head, place, category, name)
            if name is not None and item.text(0) != shown[name]:
                item.setText(0, shown[name])
                item.setToolTip(0, tip(name) if category == FOLDER else "")
            self._show_row(item, (category, name), counts.get(name, 0), name in excluded)

    def _show_more(self, category: str, hidden: int) -> None:
        """Show in the last row how many tags are not shown, where there are any."""
        item = self._mores.get(category)
        if not hidden:
            if item is not None:
                self._heads[category].removeChild(self._mores.pop(category))
            return
        if item is None:
            item = self._mores[category] = QTreeWidgetItem()
            item.setData(0, _CATEGORY, category)
            item.setData(0, _IS_MORE, True)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._heads[category].addChild(item)
            self._dim(item, True)
        item.setText(0, self.tr("%Ln more…", "", hidden))
        item.setToolTip(0, self.tr("Type a part of the name above the list to find them"))

    def _show_row(self, item: QTreeWidgetItem, key: tuple[str, str | None], count: int, is_excluded: bool) -> None:
        state = self._state(*key)
        if item.checkState(0) != state:
            item.setCheckState(0, state)
        if self._shown.get(key) == (count, is_excluded):
            return
        self._shown[key] = (count, is_excluded)
        item.setText(1, number(count))
        self._dim(item, count == 0)
        font = item.font(0)
        font.setStrikeOut(is_excluded)
        item.setFont(0, font)

    def _state(self, category: str, name: str | None) -> Qt.CheckState:
        if name is None:
            return Qt.CheckState.Checked if category in self._wanted.untagged else Qt.CheckState.Unchecked
        if name in self._wanted.excluded.get(category, ()):
            return Qt.CheckState.PartiallyChecked
        is_ticked = name in self._wanted.ticked.get(category, ())
        return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

    def _add_head(self, category: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem()
        head.setData(0, _CATEGORY, category)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        head.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        known = [c for c in self._ordered({**dict.fromkeys(self._heads, {}), category: {}})]
        self.insertTopLevelItem(known.index(category), head)
        head.setExpanded(True)
        self._heads[category] = head
        return head

    def _add_item(self, head: QTreeWidgetItem, place: int, category: str, name: str | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([untagged_name(category) if name is None else "", ""])
        item.setData(0, _CATEGORY, category)
        item.setData(0, _NAME, name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setCheckState(0, Qt.CheckState.Unchecked)  # makes the box; without a state there is none
        head.insertChild(place, item)
        self._items[category, name] = item
        return item

    def _drop_others(self, shown: Mapping[str, tuple[list[str | None], int]]) -> None:
        """Remove the rows that are not among those shown from now on."""
        kept = {(category, name) for category, (names, _) in shown.items() for name in names}
        for (category, name), item in list(self._items.items()):
            if (category, name) not in kept:
                self._heads[category].removeChild(item)
                del self._items[category, name]
                self._shown.pop((category, name), None)

    def _drop_empty_heads(self) -> None:
        for category, head in list(self._heads.items()):
            if head.childCount() == 0 or (category in self._mores and head.childCount() == 1):
                self._mores.pop(category, None)
                self.takeTopLevelItem(self.indexOfTopLevelItem(head))
                del self._heads[category]

    def _go_on_to_next(self) -> None:
        if self._next is not None:
            tag = self._next
            item = self._items.get((tag.category, tag.name)) if tag.name else self._heads.get(tag.category)
            if item is not None:
                self.setCurrentItem(item)
                self._next = None

    def _dim(self, item: QTreeWidgetItem, is_dim: bool) -> None:
        palette = self.palette()
        role = QPalette.ColorRole.PlaceholderText if is_dim else QPalette.ColorRole.Text
        item.setForeground(0, palette.color(role))
        item.setForeground(1, palette.color(QPalette.ColorRole.PlaceholderText))

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._is_showing or column != 0 or item.parent() is None:
            return
        self._was_box_clicked = True
        self._turn(item)

    def _on_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        """Tick by the whole row, not only its box; the box has reported its own click already."""
        if item.data(0, _IS_MORE):
            self.more_requested.emit()
        elif item.parent() is None:
            if column == 1:
                self._toggle_all(item)
        elif not self._was_box_clicked:
            self._turn(item)

    def _turn(self, item: QTreeWidgetItem) -> None:
        self.requested.emit(turn(item.data(0, _CATEGORY), item.data(0, _NAME)))

    def _exclude(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _NAME) is not None:
            self.requested.emit(exclude(item.data(0, _CATEGORY), item.data(0, _NAME)))

    def _ask_rename(self, item: QTreeWidgetItem) -> None:
        tag = _tag_of(item)
        if tag is not None and not obstacle_to(TagRequest("rename", tag), self.may_edit):
            self.tag_requested.emit(TagRequest("rename", tag))

    def _toggle_all(self, head: QTreeWidgetItem) -> None:
        self.requested.emit(turn_all(head.data(0, _CATEGORY)))

    def _open_menu(self, place: QPoint) -> None:
        """Open the menu of the row at a place of the viewport."""
        item = self.itemAt(place)
        if item is not None and not item.data(0, _IS_MORE):
            self._open_menu_of(item, self.viewport().mapToGlobal(place))

    def _open_menu_of(self, item: QTreeWidgetItem, place: QPoint) -> None:
        tag, category = _tag_of(item), item.data(0, _CATEGORY)  # the row may go while the menu is open
        menu = QMenu(self)
        if tag is None:
            fill_untagged_menu(menu, category, self._wanted, self.requested.emit)
        else:
            fill_facet_menu(menu, tag, self._wanted, self.may_edit, self.requested.emit, self.tag_requested.emit)
        menu.exec(place)
        menu.deleteLater()


def _tag_of(item: QTreeWidgetItem) -> Tag | None:
    """Return the tag of a row, with an empty name for a category; None for "no tag here" and for the rows left out."""
    if item.parent() is None:
        return Tag(item.data(0, _CATEGORY), "")
    name = item.data(0, _NAME)
    return None if name is None else Tag(item.data(0, _CATEGORY), name)
