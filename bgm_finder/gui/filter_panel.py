"""The filter: number ranges and tags; emits each change that the user asks for."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bgm_finder.conditions import Filter
from bgm_finder.gui.category_names import limit_name
from bgm_finder.gui.facet_tree import Counts, FacetTree
from bgm_finder.gui.filter_changes import clear
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
        self._length.set_range(wanted.min_length_s, wanted.max_length_s)
        self._bpm.set_range(wanted.min_bpm, wanted.max_bpm)
        self._clear.setEnabled(wanted != Filter())

    def focus_first(self) -> None:
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first = self.tree.topLevelItem(0)
        if self.tree.currentItem() is None and first is not None:
            self.tree.setCurrentItem(first)

    def tab_order(self) -> list[QWidget]:
        return [self._menu, self._clear, *self._length.ends, *self._bpm.ends, self.tree]

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
        self._length_label, self._bpm_label = QLabel(), QLabel()
        ranges = QGridLayout()
        ranges.setColumnStretch(1, 1)
        for row, (label, box) in enumerate(((self._length_label, self._length), (self._bpm_label, self._bpm))):
            ranges.addWidget(label, row, 0)
            ranges.addWidget(box, row, 1)
        self.tree = FacetTree(self)
        self.tree.requested.connect(self.filter_requested)
        self.tree.tag_requested.connect(self.tag_requested)
        self._hint = QLabel(wordWrap=True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 4, 6)
        column.addLayout(top)
        column.addLayout(ranges)
        column.addWidget(self.tree, 1)
        column.addWidget(self._hint)

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
        self._hint.setText(self.tr("Click to tick. Right-click to exclude, match any or all, rename, merge or remove."))
        self.tree.retranslate()
