"""A report with details that can be read at leisure and copied: what an import matched, what could not be read."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from bgm_finder.gui.first_size import first_size


class ReportDialog(QDialog):
    """A sentence, and a line for each thing that wants attention."""

    def __init__(self, title: str, summary: str, lines: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(first_size(self, QSize(640, 420 if lines else 120)))
        text = QLabel(summary, wordWrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self._lines = QPlainTextEdit("\n".join(lines), readOnly=True)
        self._lines.setVisible(bool(lines))
        self._summary = summary
        self._buttons = buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        if lines:
            copy = QPushButton(self.tr("Copy"))
            copy.clicked.connect(self._copy)
            buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        for widget in (text, self._lines, buttons):
            column.addWidget(widget)
        # Enter must not only copy; a button learns of its dialog once it is placed
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)

    def add_button(self, name: str, text: str, on_clicked: Callable[[], object]) -> None:
        """Put a button beside those that are there."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.clicked.connect(on_clicked)

    def add(self, lines: list[str]) -> None:
        """Put more lines below those that are there."""
        self._lines.appendPlainText("\n".join(lines))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._summary}\n{self._lines.toPlainText()}")


def show_report(title: str, summary: str, lines: list[str], parent: QWidget) -> None:
    """Show a report until it is closed."""
    dialog = ReportDialog(title, summary, lines, parent)
    dialog.exec()
    dialog.deleteLater()
