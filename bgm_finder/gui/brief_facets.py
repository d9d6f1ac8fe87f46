"""The facets of the brief: what is heard, rejected and kept in it, with how many tracks each choice would leave."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from bgm_finder.catalogue.in_memory.filters import BriefCounts
from bgm_finder.conditions import NOT_REJECTED, Filter
from bgm_finder.gui.filter_changes import Change, turn_kept, turn_not_heard, turn_not_rejected
from bgm_finder.gui.text_helpers import number


class BriefFacets(QWidget):
    """Three boxes, each with its count; a click or Space emits a Change."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._counts: dict[QCheckBox, QLabel] = {}
        self._not_heard = self._box("notHeardFacet", turn_not_heard)
        self._not_rejected = self._box("notRejectedFacet", turn_not_rejected)
        self._kept = self._box("keptFacet", turn_kept)

    @property
    def boxes(self) -> list[QWidget]:
        """In the order that Tab goes."""
        return [*self._counts]

    def show_filter(self, wanted: Filter) -> None:
        """Show which are ticked."""
        self._not_heard.setChecked(wanted.heard is False)
        self._not_rejected.setChecked(wanted.mark == NOT_REJECTED)
        self._kept.setChecked(wanted.mark == "keep")

    def show_counts(self, counts: BriefCounts) -> None:
        """Show how many tracks each would leave."""
        for box, count in (
            (self._not_heard, counts.not_heard),
            (self._not_rejected, counts.not_rejected),
            (self._kept, counts.kept),
        ):
            self._counts[box].setText(number(count))
            box.setAccessibleDescription(number(count))

    def retranslate(self) -> None:
        self._not_heard.setText(self.tr("Not heard yet"))
        self._not_rejected.setText(self.tr("Hide rejected"))
        self._kept.setText(self.tr("Kept"))

    def _box(self, name: str, change: Change) -> QCheckBox:
        box, count = QCheckBox(), QLabel()
        box.setObjectName(name)
        box.clicked.connect(lambda: self.requested.emit(change))  # not toggled: showing a filter requests none
        count.setObjectName(f"{name}Count")
        count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = len(self._counts)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
        self._counts[box] = count
        return box
