"""The folders of the library: what is in it, and forgetting one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
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

from bgm_finder.gui.first_size import first_size
from bgm_finder.gui.text_helpers import showable


class FoldersDialog(QDialog):
    """List the folders; adding and removing are requests that the window carries out."""

    add_requested = Signal()
    remove_requested = Signal(object)

    def __init__(self, folders: list[Path], count_tracks: Callable[[Path], int], parent: QWidget | None = None) -> None:
        """count_tracks: gives how many tracks lie in a folder."""
        super().__init__(parent)
        self._count_tracks = count_tracks
        self.setWindowTitle(self.tr("Folders of the library"))
        self.resize(first_size(self, QSize(600, 320)))
        self._list = QListWidget()
        self._list.setObjectName("folderList")
        self._list.setAccessibleName(self.windowTitle())
        for folder in folders:
            self._list.addItem(showable(str(folder)))
        self._folders = list(folders)
        add, self._remove = QPushButton(self.tr("Add a folder…")), QPushButton(self.tr("Remove from the library"))
        self._remove.setEnabled(False)
        self._list.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        self._remove.setObjectName("removeFolderButton")
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(self._remove)
        row.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(
            QLabel(self.tr("The music in these folders is found and analysed. Your files are never changed."))
        )
        column.addWidget(self._list)
        column.addLayout(row)
        column.addWidget(buttons)

    def _on_add(self) -> None:
        self.accept()
        self.add_requested.emit()

    def _on_remove(self) -> None:
        place = self._list.currentRow()
        if self._is_sure(self._folders[place], self._list.item(place).text()):
            self.remove_requested.emit(self._folders.pop(place))
            self._list.takeItem(place)

    def _is_sure(self, folder: Path, shown: str) -> bool:
        """Ask before what cannot be undone; Enter alone means no."""
        question = self.tr(
            "Remove {folder} from the library? The tags and marks of its %Ln track(s) will be deleted.",
            "",
            self._count_tracks(folder),
        ).replace("{folder}", shown)
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), question, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("This cannot be undone. The files themselves are neither moved nor changed."))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        answer = box.exec()
        box.deleteLater()
        return answer == QMessageBox.StandardButton.Yes
