"""The folders of the library: what is in it, and forgetting one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class FoldersDialog(QDialog):
    """Lists the folders; adding and removing are wishes that the window carries out."""

    add_wished = Signal()
    remove_wished = Signal(object)

    def __init__(self, folders: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders of the library"))
        self.resize(600, 320)
        self._list = QListWidget(objectName="folderList")
        for folder in folders:
            self._list.addItem(str(folder).encode("utf-8", "replace").decode("utf-8"))
        self._folders = list(folders)
        add, self._remove = QPushButton(self.tr("Add a folder…")), QPushButton(self.tr("Remove from the library"))
        self._remove.setEnabled(False)
        self._list.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(self._remove)
        row.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(self.tr("Music in these folders is found and analysed. Files are never changed.")))
        column.addWidget(self._list)
        column.addLayout(row)
        column.addWidget(buttons)

    def _on_add(self) -> None:
        self.accept()
        self.add_wished.emit()

    def _on_remove(self) -> None:
        place = self._list.currentRow()
        question = self.tr("Forget this folder, with the tags and marks of its tracks? The files stay where they are.")
        answer = QMessageBox.question(self, self.windowTitle(), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.remove_wished.emit(self._folders.pop(place))
            self._list.takeItem(place)
