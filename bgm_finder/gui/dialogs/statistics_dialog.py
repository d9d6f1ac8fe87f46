"""How well the library is tagged: per category the share of tracks with a tag, and the tags used most."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.gui.category_names import category_name
from bgm_finder.gui.first_size import first_size
from bgm_finder.gui.text_helpers import number
from bgm_finder.workflows.statistics import Statistics


class StatisticsDialog(QDialog):
    """Show the statistics of the whole library, whatever the filter is."""

    def __init__(self, statistics: Statistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tag statistics"))
        self.resize(first_size(self, QSize(860, 440)))
        total = self.tr("%Ln track(s), {untagged} without tags", "", statistics.tracks)
        total = total.replace("{untagged}", number(statistics.untagged))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(total))
        column.addWidget(self._table(statistics))
        column.addWidget(buttons)

    def _table(self, statistics: Statistics) -> QTableWidget:
        rows = [
            (
                category_name(category.category),
                number(category.tagged),
                f"{100 * category.share:.0f} %",
                f"{100 * (1 - category.share):.0f} %",
                number(category.names),
                " · ".join(f"{name} {number(count)}" for name, count in category.top),
            )
            for category in statistics.categories
        ]
        headings = [
            self.tr("Category"),
            self.tr("Tracks with a tag"),
            self.tr("Share"),
            self.tr("Without"),
            self.tr("Tags"),
            self.tr("Most used"),
        ]
        table = _filled_table(headings, rows)
        table.setAccessibleName(self.windowTitle())
        return table


def _filled_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(headings))
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    for row, texts in enumerate(rows):
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_side(place, len(texts)))
            table.setItem(row, place, item)
    for place, text in enumerate(headings):
        heading = QTableWidgetItem(text)
        heading.setTextAlignment(_side(place, len(headings)))
        table.setHorizontalHeaderItem(place, heading)
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(len(headings) - 1, QHeaderView.ResizeMode.Stretch)
    return table


def _side(place: int, columns: int) -> Qt.AlignmentFlag:
    """Return the side of a cell: right for numbers, left for the words before and after them."""
    side = Qt.AlignmentFlag.AlignRight if 0 < place < columns - 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
