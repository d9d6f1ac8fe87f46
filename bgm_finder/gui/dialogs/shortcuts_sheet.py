"""All keys on one sheet; each can be changed, and is kept in a file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.gui.actions import COMMANDS, Actions, belongs_to_lists, command_text
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.first_size import first_size
from bgm_finder.json_object import NotJsonObject

_ROW_SPACE_PX = 8
_FIRST_SIZE = QSize(620, 640)


class ShortcutsSheet(QDialog):
    """List every command; the chosen one's key is changed below the list."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._build()
        self._fill()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(first_size(self, _FIRST_SIZE))
        self._table = QTableWidget(len(COMMANDS), 2)
        self._table.setObjectName("keyTable")
        self._table.setAccessibleName(self.tr("Commands and their keys"))
        self._table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_SPACE_PX)
        self._table.setShowGrid(False)
        self._table.setAlternatingRowColors(True)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.currentCellChanged.connect(lambda row, *_: self._on_chosen(row))
        self._key = QKeySequenceEdit()
        self._key.setMaximumSequenceLength(1)
        self._key.setAccessibleName(self.tr("New key"))
        self._use = QPushButton(self.tr("Use this key"))
        self._use.setEnabled(False)
        self._use.clicked.connect(self._on_use)
        self._use.setObjectName("useKeyButton")
        self._reset = QPushButton(self.tr("Reset all keys"))
        self._reset.clicked.connect(self._on_reset)
        self._reset.setObjectName("resetKeysButton")
        self._note = QLabel(self.tr("Choose a command, then press its new key here:"), wordWrap=True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("keyNote")
        row = QHBoxLayout()
        for widget in (self._key, self._use, self._reset):
            row.addWidget(widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._table)
        column.addWidget(self._note)
        column.addLayout(row)
        column.addWidget(buttons)

    def _fill(self) -> None:
        for row, command in enumerate(COMMANDS):
            text = QTableWidgetItem(command_text(command))
            text.setData(Qt.ItemDataRole.UserRole, command.name)
            keys = [QKeySequence(key) for key in self._actions.keys_of(command.name)]
            native = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
            self._table.setItem(row, 0, text)
            self._table.setItem(row, 1, QTableWidgetItem(", ".join(native)))

    def _on_chosen(self, row: int) -> None:
        self._use.setEnabled(row >= 0)

    def _on_use(self) -> None:
        item = self._table.item(self._table.currentRow(), 0)
        key = self._key.keySequence()
        if item is None or key.isEmpty():
            return
        self._note.setText(self._give(item.data(Qt.ItemDataRole.UserRole), key))
        self._key.clear()
        self._fill()

    def _give(self, name: str, key: QKeySequence) -> str:
        """Give a command its new key; show in a sentence what came of it."""
        if belongs_to_lists(key):
            native = key.toString(QKeySequence.SequenceFormat.NativeText)
            return self.tr("Lists use {key} themselves. Choose another key.").replace("{key}", native)
        try:
            taken_by = self._actions.set_keys(name, [key.toString()])
        except (OSError, NotJsonObject) as error:
            return self._not_kept(error)
        if taken_by is None:
            return self.tr("Changed.")
        owner = command_text(self._actions.commands[taken_by])
        return self.tr("This key is already used for: {command}").replace("{command}", owner)

    def _not_kept(self, error: Exception) -> str:
        text = self.tr("The change applies until you close the app, but could not be saved: {error}")
        return text.replace("{error}", error_text(error))

    def _on_reset(self) -> None:
        try:
            self._actions.reset_keys()
            self._note.setText(self.tr("All keys have been reset."))
        except OSError as error:
            self._note.setText(self._not_kept(error))
        self._fill()
