"""How something is exported: which tracks, as what, under which names, and where to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.audio.broadcast_wave import Depth
from bgm_finder.export.copies import Copying
from bgm_finder.export.export import TimelineFormat, is_possible
from bgm_finder.export.file_names import FIELDS, UnknownField, check_pattern
from bgm_finder.export.frame_rates import FRAME_RATES
from bgm_finder.gui.error_words import error_text
from bgm_finder.gui.export_options import RATES_HZ, ExportChoices


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be exported."""

    name: str
    text: str
    count: int


class ExportDialog(QDialog):
    """Show the last choices; Export is there once they can be carried out, else a sentence says what is missing."""

    def __init__(
        self,
        offers: Sequence[Offer],
        choices: ExportChoices,
        folder: str,
        example: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; example: returns the name of the first copy of an offer by a pattern."""
        super().__init__(parent)
        self._offers, self._example = offers, example
        self._timelines: dict[TimelineFormat, QCheckBox] = {}
        self._build(choices, folder)
        self._check()

    @property
    def offer(self) -> str:
        """The name of what is exported."""
        return str(self._what.currentData())

    @property
    def folder(self) -> Path:
        return Path(self._folder.text().strip()).expanduser()

    @property
    def choices(self) -> ExportChoices:
        return ExportChoices(
            str(self._copies.currentData()),
            str(self._rate.currentData()),
            str(self._depth.currentData()),
            self._handles.value(),
            self._names.text().strip(),
            tuple(str(kind) for kind, box in self._timelines.items() if box.isChecked()),
            str(self._fps.currentData()),
            self._start.text().strip(),
        )

    def _build(self, choices: ExportChoices, folder: str) -> None:
        self.setWindowTitle(self.tr("Export to a folder"))
        self._what = _choice("exportWhat", [(offer.name, offer.text) for offer in self._offers], "")
        self._problem = QLabel(wordWrap=True)
        self._problem.setObjectName("exportProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Export"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        top = QFormLayout()
        top.addRow(self.tr("What"), self._what)
        column = QVBoxLayout(self)
        column.addLayout(top)
        for widget in (self._copies_box(choices), self._timeline_box(choices)):
            column.addWidget(widget)
        column.addLayout(self._folder_row(folder))
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self._ok.setDefault(True)
        self._what.currentIndexChanged.connect(self._check)

    def _copies_box(self, choices: ExportChoices) -> QGroupBox:
        self._copies = _choice("exportCopies", self._copy_texts(), choices.copies)
        rates = [(rate, f"{int(rate) / 1000:g} kHz" if int(rate) else self.tr("As the source")) for rate in RATES_HZ]
        self._rate = _choice("exportRate", rates, choices.rate_hz)
        depths = [(str(depth), self._depth_text(depth)) for depth in Depth]
        self._depth = _choice("exportDepth", depths, choices.depth)
        self._handles = QDoubleSpinBox(maximum=60.0, singleStep=0.5, decimals=1, value=choices.handles_s)
        self._handles.setObjectName("exportHandles")
        self._handles.setSuffix(self.tr(" s"))
        self._names = QLineEdit(choices.names)
        self._names.setObjectName("exportNames")
        self._names.setToolTip(", ".join(f"{{{field}}}" for field in FIELDS))
        self._preview = QLabel(wordWrap=True)
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._preview.setObjectName("exportExample")
        box = QGroupBox(self.tr("Files"))
        form = QFormLayout(box)
        form.addRow(self.tr("Copies"), self._copies)
        form.addRow("WAV", _row(self._rate, self._depth))
        form.addRow(self.tr("Handles around a section"), self._handles)
        form.addRow(self.tr("File names"), self._names)
        form.addRow("", self._preview)
        self._rate.setAccessibleName(self.tr("Sample rate of WAV"))
        self._depth.setAccessibleName(self.tr("Bit depth of WAV"))
        self._names.setAccessibleDescription(self._names.toolTip())
        self._copies.currentIndexChanged.connect(self._check)
        self._names.textChanged.connect(self._check)
        return box

    def _timeline_box(self, choices: ExportChoices) -> QGroupBox:
        box = QGroupBox(self.tr("Timelines"))
        form = QFormLayout(box)
        for kind, text in (
            (TimelineFormat.OTIO, self.tr("OpenTimelineIO (Resolve 18.5, Premiere 25.6 and later)")),
            (TimelineFormat.FCP7, "Final Cut Pro 7 XML (Premiere, Resolve)"),
            (TimelineFormat.FCPXML, "FCPXML (Final Cut Pro, Resolve)"),
            (TimelineFormat.EDL, "EDL (CMX 3600)"),
        ):
            tick = self._timelines[kind] = QCheckBox(text)
            tick.setObjectName(f"export_{kind}")
            tick.setChecked(str(kind) in choices.formats)
            tick.toggled.connect(self._check)
            form.addRow(tick)
        rates = [(name, self._rate_text(name)) for name in FRAME_RATES]
        self._fps = _choice("exportFps", rates, choices.fps)
        self._start = QLineEdit(choices.start)
        self._start.setObjectName("exportStart")
        form.addRow(self.tr("Frame rate"), self._fps)
        form.addRow(self.tr("Starts at time code"), self._start)
        self._fps.currentIndexChanged.connect(self._check)
        self._start.textChanged.connect(self._check)
        return box

    def _folder_row(self, folder: str) -> QFormLayout:
        self._folder = QLineEdit(folder)
        self._folder.setObjectName("exportFolder")
        choose = QPushButton(self.tr("Choose…"), autoDefault=False)
        choose.setObjectName("exportChooseFolder")
        choose.clicked.connect(self._choose_folder)
        self._folder.textChanged.connect(self._check)
        form = QFormLayout()
        form.addRow(self.tr("Folder"), _row(self._folder, choose))
        self._folder.setAccessibleName(self.tr("Folder"))
        return form

    def _copy_texts(self) -> list[tuple[str, str]]:
        return [
            (str(Copying.NEEDED), self.tr("Convert to WAV where an editing program may not open the file")),
            (str(Copying.WAV), self.tr("Convert all to WAV")),
            (str(Copying.AS_IS), self.tr("Copy the whole files unchanged")),
            (str(Copying.NONE), self.tr("No copies: the timeline uses the original files")),
        ]

    def _depth_text(self, depth: Depth) -> str:
        if depth is Depth.FLOAT_32:
            return self.tr("32 bit float")
        return self.tr("{bits} bit").replace("{bits}", str(depth.bits))

    def _rate_text(self, name: str) -> str:
        rate = FRAME_RATES[name]
        number = name.removesuffix("df")
        if rate.is_drop:
            return self.tr("{rate} fps, drop frame").replace("{rate}", number)
        if f"{name}df" in FRAME_RATES:
            return self.tr("{rate} fps, non-drop frame").replace("{rate}", number)
        return f"{number} fps"

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _check(self) -> None:
        """Show what the copies will be called, and what is missing."""
        is_wave = self._copies.currentData() in (Copying.NEEDED, Copying.WAV)
        for widget in (self._rate, self._depth, self._handles):
            widget.setEnabled(is_wave)
        self._names.setEnabled(self._copies.currentData() != Copying.NONE)
        has_timeline = any(box.isChecked() for box in self._timelines.values())
        self._fps.setEnabled(has_timeline)
        self._start.setEnabled(has_timeline)
        problem = self._problem_text()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._ok.setEnabled(not problem)

    def _problem_text(self) -> str:
        choices = self.choices
        try:
            check_pattern(choices.names)
            self._preview.setText(self._example(self.offer, choices.names))
            if not is_possible(choices.options("")):
                return self.tr("Choose at least one timeline, or copies.")
        except UnknownField as error:
            self._preview.setText("")
            return error_text(error)
        except ValueError:
            rate = FRAME_RATES[choices.fps]
            example = rate.timecode(rate.frame_of("01:00:00:00"))
            return self.tr("Enter a time code such as {example}.").replace("{example}", example)
        return "" if self._folder.text().strip() else self.tr("Choose a folder.")


def _choice(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for value, text in choices:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
