"""The present filter as a row of chips, each of which goes away with a click."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from bgm_finder.catalogue.in_memory.conditions import Condition, Filter, conditions, without
from bgm_finder.gui.category_names import condition_text

_GAP = 4


class FlowLayout(QLayout):
    """Puts widgets one after the other and goes on in the next line, as words do."""

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
    """Shows one chip a condition; a click emits the Change that takes it away."""

    filter_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterChips")
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown: Filter | None = None
        self.hide()

    def show_filter(self, wanted: Filter) -> None:
        """Makes the chips anew only where the filter is another; a click or the focus on one would be lost."""
        if wanted != self._shown:
            self._shown = wanted
            self._fill(wanted)

    def retranslate(self) -> None:
        if self._shown is not None:
            self._fill(self._shown)

    def _fill(self, wanted: Filter) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().deleteLater()
        for condition in conditions(wanted):
            self._flow.addWidget(self._chip(condition, wanted))
        self.setVisible(self._flow.count() > 0)
        self.updateGeometry()

    def _chip(self, condition: Condition, wanted: Filter) -> QToolButton:
        text = condition_text(condition, wanted)
        chip = QToolButton(self)
        chip.setText(text.replace("&", "&&") + "  ✕")
        chip.setToolTip(self.tr("Take this condition away"))
        chip.setAccessibleName(self.tr("Take away: {condition}").replace("{condition}", text))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setStyleSheet("QToolButton { background: palette(button); border-radius: 9px; padding: 1px 8px; }")
        chip.clicked.connect(lambda: self.filter_wished.emit(lambda now: without(now, condition)))
        return chip
