"""What a tag list holds, before it is imported: each column, what it is taken for, and some of its values."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.catalogue.tag_lists.headers import FOLDER, IGNORED
from bgm_finder.gui.category_names import category_name, limit_name
from bgm_finder.gui.text_helpers import number, showable
from bgm_finder.track import TAG_CATEGORIES, TEXT_KEYS
from bgm_finder.workflows.import_tags import ListPreview

_ONCE = ("file", FOLDER, *TEXT_KEYS)
"""Roles that one column at most can have."""
_LONGEST = 40
"""Letters of a value that are shown."""


class ImportDialog(QDialog):
    """Show the columns; OK imports them as they are chosen."""

    roles_changed = Signal()
    """Another column names the files, so that other rows match."""

    def __init__(self, preview: ListPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed = preview.listed
        self._files = self._naming(preview.listed.roles)
        self._build()
        self._before = self.roles
        self.show_matched(preview)

    @property
    def changed_roles(self) -> tuple[str, ...] | None:
        """What the columns are where the user changed any, to be remembered; None where all stayed as they were."""
        return self.roles if self.roles != self._before else None

    @property
    def roles(self) -> tuple[str, ...]:
        """What the columns are, in their order."""
        return tuple(str(choice.currentData()) for choice in self._choices)

    def show_matched(self, preview: ListPreview) -> None:
        """Say how many rows match a track."""
        text = self.tr("{matched} of {rows} rows match a track.")
        text = text.replace("{matched}", number(preview.matched)).replace("{rows}", number(len(preview.listed.rows)))
        names_files = "file" in self.roles
        if not names_files:
            text = self.tr("Choose the column that names the files.")
        self._headline.setText(text)
        self._ok.setEnabled(names_files)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Import a tag list"))
        self.resize(720, 480)
        self._headline = QLabel()
        self._headline.setObjectName("importHeadline")
        font = self._headline.font()
        font.setBold(True)
        self._headline.setFont(font)
        encoding = QLabel(self.tr("Encoding: {encoding}").replace("{encoding}", self._listed.encoding))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Import"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._headline, encoding, self._columns(), buttons):
            column.addWidget(widget)
        self._ok.setDefault(True)

    def _columns(self) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setColumnStretch(1, 1)
        headings = (self.tr("Column"), self.tr("Values"), self.tr("Import as"))
        for place, heading in enumerate(headings):
            grid.addWidget(QLabel(heading), 0, place)
        self._choices = [self._add_column(grid, place) for place in range(len(self._listed.header))]
        grid.setRowStretch(len(self._choices) + 1, 1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._area = area
        return area

    def _add_column(self, grid: QGridLayout, place: int) -> QComboBox:
        header = " ".join(showable(self._listed.header[place]).split())
        samples = self._listed.samples[place]
        values = QLabel("   ·   ".join(_short(value) for value in samples), wordWrap=True)
        name = QLabel(_short(header), wordWrap=True)
        for label in (name, values):
            label.setTextFormat(Qt.TextFormat.PlainText)
        choice = QComboBox()
        choice.setObjectName(f"columnRole{place}")
        for role, text in self._roles(header):
            choice.addItem(text, role)
        choice.setCurrentIndex(max(choice.findData(self._listed.roles[place]), 0))
        choice.setAccessibleName(header or self.tr("Column {number}").replace("{number}", str(place + 1)))
        choice.setAccessibleDescription(", ".join(samples))
        choice.currentIndexChanged.connect(lambda _index: self._on_changed(choice))
        for at, widget in enumerate((name, values, choice)):
            grid.addWidget(widget, place + 1, at, Qt.AlignmentFlag.AlignTop)
        return choice

    def _roles(self, header: str) -> list[tuple[str, str]]:
        """Return what a column can be: the role and its name."""
        own = [] if header in TAG_CATEGORIES or not header else [(header, self.tr("New category"))]
        return [
            (IGNORED, self.tr("Ignore")),
            ("file", self.tr("File")),
            (FOLDER, self.tr("Folder of the file")),
            ("title", self.tr("Title")),
            ("comment", self.tr("Comment")),
            ("bpm", limit_name("bpm")),
            *((category, category_name(category)) for category in TAG_CATEGORIES),
            *own,
        ]

    def _on_changed(self, changed: QComboBox) -> None:
        """Ignore the column that had the role until now, where only one can have it."""
        if changed.currentData() in _ONCE:
            for other in self._choices:
                if other is not changed and other.currentData() == changed.currentData():
                    other.setCurrentIndex(other.findData(IGNORED))
        files = self._naming(self.roles)
        if files != self._files:
            self._files = files
            self._ok.setEnabled("file" in self.roles)
            self.roles_changed.emit()

    @staticmethod
    def _naming(roles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(role if role in ("file", FOLDER) else "" for role in roles)


def _short(text: str) -> str:
    line = " ".join(showable(text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
