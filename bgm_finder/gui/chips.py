"""The present filter as a row of chips, each of which goes away with a click."""

import itertools

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from bgm_finder.conditions import Condition, Filter, conditions, without
from bgm_finder.gui.category_names import condition_text

_GAP = 4


class FlowLayout(QLayout):
    """Put widgets one after the other and go on in the next line, as words do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(6, 0, 6, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, moves: bool) -> int:
        margins = self.contentsMargins()
        left, right = rect.x() + margins.left(), rect.right() - margins.right()
        x, y, line = left, rect.y() + margins.top(), 0
        tallest = max((item.sizeHint().height() for item in self._items), default=0)
        for item in self._items:
            size = item.sizeHint()
            if x > left and x + size.width() > right:
                x, y, line = left, y + line + _GAP, 0
            if moves:
                item.setGeometry(QRect(QPoint(x, y), QSize(size.width(), tallest)))
            x, line = x + size.width() + _GAP, max(line, size.height())
        return y + line - rect.y() + margins.bottom()


class FilterChips(QWidget):
    """Show one chip a condition; a click emits the Change that takes it away."""

    filter_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterChips")
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown: Filter | None = None
        self._chips: list[QToolButton] = []
        self._before: QWidget | None = None
        """The control that Tab comes from."""
        self.hide()

    def follow(self, before: QWidget) -> None:
        """Let Tab go to the chips from this control."""
        self._before = before

    def show_filter(self, wanted: Filter) -> None:
        """Make the chips anew only where the filter is another; a click or the focus on one would be lost."""
        if wanted != self._shown:
            self._shown = wanted
            self._fill(wanted)

    def retranslate(self) -> None:
        if self._shown is not None:
            self._fill(self._shown)

    def _fill(self, wanted: Filter) -> None:
        before = self._chips
        focused = next((place for place, chip in enumerate(before) if chip.hasFocus()), None)
        while self._flow.takeAt(0) is not None:
            pass
        chips = self._chips = [self._chip(condition, wanted) for condition in conditions(wanted)]
        for chip in chips:
            self._flow.addWidget(chip)
            chip.show()  # the layout would do so later, and who is hidden takes no focus
        self._put_in_tab_order(chips)
        if focused is not None and chips:
            chips[min(focused, len(chips) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        for old in before:
            old.hide()  # hands the focus on, where no chip is left to take it
            old.deleteLater()
        self.setVisible(bool(chips))
        self.updateGeometry()

    def _put_in_tab_order(self, chips: list[QToolButton]) -> None:
        order = [*([self._before] if self._before is not None else []), *chips]
        for before, after in itertools.pairwise(order):
            self.setTabOrder(before, after)

    def _chip(self, condition: Condition, wanted: Filter) -> QToolButton:
        text = condition_text(condition, wanted)
        chip = QToolButton(self)
        chip.setText(text.replace("&", "&&") + "  ✕")
        chip.setToolTip(self.tr("Remove this condition"))
        chip.setAccessibleName(self.tr("Remove: {condition}").replace("{condition}", text))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setStyleSheet("QToolButton { background: palette(button); border-radius: 9px; padding: 1px 8px; }")
        chip.clicked.connect(lambda: self.filter_requested.emit(lambda now: without(now, condition)))
        return chip
