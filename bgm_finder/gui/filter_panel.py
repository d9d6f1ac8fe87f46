"""The filter: number ranges, tags, artists and folders; emits each change that the user asks for."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bgm_finder.conditions import Filter
from bgm_finder.gui.brief_facets import BriefFacets
from bgm_finder.gui.category_names import limit_name
from bgm_finder.gui.facet_tree import Counts, FacetTree
from bgm_finder.gui.filter_changes import clear, lock
from bgm_finder.gui.range_box import BpmBox, LengthBox, RangeBox


class FilterPanel(QWidget):
    """Emit a Change for each one that the user requests, and show the filter that is set."""

    filter_requested = Signal(object)
    tag_requested = Signal(object)
    """A TagRequest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facetPanel")
        self._build()
        self._retranslate()

    def show_filter(self, wanted: Filter, counts: Counts) -> None:
        self.tree.show_filter(wanted, counts)
        self.brief_facets.show_filter(wanted)
        self._length.set_range(wanted.min_length_s, wanted.max_length_s)
        self._bpm.set_range(wanted.min_bpm, wanted.max_bpm)
        self._length.set_locked("length" not in wanted.soft_limits)
        self._bpm.set_locked("bpm" not in wanted.soft_limits)
        self._find.setVisible(self.tree.has_more or bool(self._find.text()))
        self._clear.setEnabled(wanted != Filter())

    def focus_first(self) -> None:
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first = self.tree.topLevelItem(0)
        if self.tree.currentItem() is None and first is not None:
            self.tree.setCurrentItem(first)

    def tab_order(self) -> list[QWidget]:
        ranges = [part for box in (self._length, self._bpm) for part in (*box.ends, box.lock)]
        return [self._menu, self._clear, *ranges, *self.brief_facets.boxes, self._find, self.tree]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self._title = QLabel()
        self._clear = QPushButton()
        self._clear.setObjectName("clearFilterButton")
        self._clear.setEnabled(False)
        self._clear.clicked.connect(lambda: self.filter_requested.emit(clear))
        top = QHBoxLayout()
        self._menu = QPushButton()
        self._menu.setObjectName("tagMenuButton")
        self._menu.clicked.connect(self._open_menu)
        top.addWidget(self._title, 1)
        top.addWidget(self._menu)
        top.addWidget(self._clear)
        self._length, self._bpm = RangeBox(LengthBox, self), RangeBox(BpmBox, self)
        self._length.setObjectName("lengthRange")
        self._bpm.setObjectName("bpmRange")
        self._length.requested.connect(
            lambda low, high: self.filter_requested.emit(lambda now: replace(now, min_length_s=low, max_length_s=high))
        )
        self._bpm.requested.connect(
            lambda low, high: self.filter_requested.emit(lambda now: replace(now, min_bpm=low, max_bpm=high))
        )
        self._length.lock.setObjectName("lengthLock")
        self._bpm.lock.setObjectName("bpmLock")
        self._length.lock_requested.connect(lambda is_locked: self.filter_requested.emit(lock("length", is_locked)))
        self._bpm.lock_requested.connect(lambda is_locked: self.filter_requested.emit(lock("bpm", is_locked)))
        self._length_label, self._bpm_label = QLabel(), QLabel()
        ranges = QGridLayout()
        ranges.setColumnStretch(1, 1)
        for row, (label, box) in enumerate(((self._length_label, self._length), (self._bpm_label, self._bpm))):
            ranges.addWidget(label, row, 0)
            ranges.addWidget(box, row, 1)
        self.brief_facets = BriefFacets(self)
        self.brief_facets.requested.connect(self.filter_requested)
        self.tree = FacetTree(self)
        self.tree.requested.connect(self.filter_requested)
        self.tree.tag_requested.connect(self.tag_requested)
        self._build_find()
        self._hint = QLabel(wordWrap=True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 4, 6)
        column.addLayout(top)
        column.addLayout(ranges)
        column.addWidget(self.brief_facets)
        column.addWidget(self._find)
        column.addWidget(self.tree, 1)
        column.addWidget(self._hint)

    def _build_find(self) -> None:
        """Build the box that narrows the tree, for categories of which only the most frequent tags are shown."""
        self._find = QLineEdit(clearButtonEnabled=True)
        self._find.setObjectName("facetSearchBox")
        self._find.setAcceptDrops(False)  # a file dropped here is a reference like anywhere
        self._find.setVisible(False)
        self._find.textChanged.connect(self.tree.narrow)
        self.tree.more_requested.connect(lambda: self._find.setFocus(Qt.FocusReason.OtherFocusReason))
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            down = QShortcut(QKeySequence(key), self._find, context=Qt.ShortcutContext.WidgetShortcut)
            down.activated.connect(self.tree.focus_first_tag)

    def _open_menu(self) -> None:
        self.tree.open_menu_of_current(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Filter"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Remove all conditions"))
        self._menu.setText(self.tr("Tag…"))
        self._menu.setToolTip(self.tr("Rename, merge or remove the selected tag or category"))
        self._length_label.setText(limit_name("length"))
        self._bpm_label.setText(limit_name("bpm"))
        self._length.name(limit_name("length"))
        self._bpm.name(limit_name("bpm"))
        self._find.setPlaceholderText(self.tr("Find a tag, artist or folder"))
        self._find.setAccessibleName(self.tr("Find a tag, artist or folder"))
        self._hint.setText(self.tr("Click to tick. Right-click to exclude, match any or all, rename, merge or remove."))
        self.brief_facets.retranslate()
        self.tree.retranslate()
