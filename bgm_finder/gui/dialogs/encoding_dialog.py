"""Let the user tell in which encoding a tag list reads as it should."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.catalogue.tag_lists.problems import EncodingChoice


class EncodingDialog(QDialog):
    """Show some rows in each encoding; Enter takes the current one."""

    def __init__(self, choices: Sequence[EncodingChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._encodings = [choice.encoding for choice in choices]
        self.setWindowTitle(self.tr("Encoding of the tag list"))
        self.resize(560, 420)
        what = QLabel(
            self.tr(
                "The encoding of this list could not be detected. Choose the one in which the text reads correctly."
            ),
            wordWrap=True,
        )
        self._list = QListWidget()
        self._list.setObjectName("encodingList")
        self._list.setAlternatingRowColors(True)
        self._list.setAccessibleName(self.windowTitle())
        for choice in choices:
            rows = (" | ".join(" ".join(cell.split()) for cell in row) for row in choice.rows)
            self._list.addItem(QListWidgetItem("\n".join([choice.encoding, *(f"    {row}" for row in rows)])))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _item: self.accept())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (what, self._list, buttons):
            column.addWidget(widget)
        self._list.setFocus()

    @property
    def encoding(self) -> str:
        return self._encodings[self._list.currentRow()]
