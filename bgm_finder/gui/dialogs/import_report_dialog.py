"""What an import matched: complaints, the rows that name no track, and the rows to choose a track for."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.catalogue.tag_lists.problems import Complaint
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.text_helpers import showable
from bgm_finder.workflows.import_tags import stranger_line
from bgm_finder.workflows.match_list import Doubt

_MOST_DOUBTS = 500
"""Rows that are offered for a choice; who has more corrects the list."""


class _Strangers(QAbstractListModel):
    """The rows that name no track; only those in sight become text, as there may be a million."""

    def __init__(self, rows: Sequence[Complaint], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return stranger_line(self._rows[index.row()]) if role == Qt.ItemDataRole.DisplayRole else None


class ImportReportDialog(ReportDialog):
    """A report with the rows that name no track behind a button, and a choice where a row may mean several."""

    copy_requested = Signal()
    """The rows that name no track are to be copied."""

    def __init__(
        self,
        summary: str,
        lines: list[str],
        strangers: Sequence[Complaint],
        doubts: Sequence[Doubt],
        parent: QWidget | None = None,
    ) -> None:
        """strangers: the rows that name no track, where they are too many to be among the lines."""
        super().__init__(self.tr("Tag list imported"), summary, lines, parent)
        self._strangers = strangers
        self.chosen: dict[int, int] = {}
        """The tracks that were chosen, by line."""
        self.save_path = ""
        """Where the rows that name no track are to be written, or nothing."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        if doubts:
            self._add_doubts(column, doubts[:_MOST_DOUBTS])
        if strangers:
            self._add_strangers(column)
        if strangers or doubts:
            self.resize(680, 480)

    def _add_doubts(self, column: QVBoxLayout, doubts: Sequence[Doubt]) -> None:
        what = QLabel(self.tr("These rows match several tracks. Tick the right one."))
        self._tree = QTreeWidget()
        self._tree.setObjectName("doubtfulRows")
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName(what.text())
        for doubt in doubts:
            line = self.tr("Line {line}: {text}").replace("{line}", str(doubt.line))
            row = QTreeWidgetItem(self._tree, [line.replace("{text}", showable(doubt.file))])
            for track_id, path in doubt.tracks:
                item = QTreeWidgetItem(row, [showable(path)])
                item.setData(0, Qt.ItemDataRole.UserRole, (doubt.line, track_id))
                item.setCheckState(0, Qt.CheckState.Unchecked)
            row.setExpanded(True)
        self._tree.itemChanged.connect(self._on_ticked)
        self._apply = QPushButton(self.tr("Apply"))
        self._apply.setEnabled(False)
        self._apply.clicked.connect(self.accept)
        for widget in (what, self._tree):
            column.insertWidget(column.count() - 1, widget)
        column.insertWidget(column.count() - 1, self._apply, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_ticked(self, item: QTreeWidgetItem) -> None:
        """Note the choice, and take the tick off the row's other tracks."""
        row = item.parent()
        if row is None:
            return
        line, track_id = item.data(0, Qt.ItemDataRole.UserRole)
        if item.checkState(0) != Qt.CheckState.Checked:
            if self.chosen.get(line) == track_id:
                del self.chosen[line]
        else:
            self.chosen[line] = track_id
            for place in range(row.childCount()):
                other = row.child(place)
                if other is not None and other is not item:
                    other.setCheckState(0, Qt.CheckState.Unchecked)
        self._apply.setEnabled(bool(self.chosen))

    def _add_strangers(self, column: QVBoxLayout) -> None:
        what = QLabel(self.tr("%Ln row(s) match no track.", "", len(self._strangers)))
        self._rows = QListView(uniformItemSizes=True)
        self._rows.setObjectName("unmatchedRows")
        self._rows.setAccessibleName(what.text())
        self._rows.hide()
        self._show = QPushButton(self.tr("Show these rows"))
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        copy, save = QPushButton(self.tr("Copy these rows")), QPushButton(self.tr("Save these rows…"))
        copy.clicked.connect(self.copy_requested)
        save.clicked.connect(self._choose_file)
        buttons = QHBoxLayout()
        for button in (self._show, copy, save):
            button.setAutoDefault(False)  # Enter closes the report
            buttons.addWidget(button)
        buttons.addStretch()
        for widget in (what, self._rows):
            column.insertWidget(column.count() - 1, widget)
        column.insertLayout(column.count() - 1, buttons)

    def _on_show(self, is_shown: bool) -> None:
        if self._rows.model() is None:
            self._rows.setModel(_Strangers(self._strangers, self))
        self._rows.setVisible(is_shown)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save these rows"), "unmatched.txt", "*.txt")
        if chosen:
            self.save_path = chosen
            self.accept()
