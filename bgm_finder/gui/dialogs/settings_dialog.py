"""The settings that are not a button of the window: language, look, sound device, network, what follows a track."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bgm_finder.settings import Settings

_MOST_SECONDS = 600
_LANGUAGES = (("", ""), ("en", "English"), ("ja", "日本語"))


class SettingsDialog(QDialog):
    """Each choice holds at once; closing needs no OK."""

    changed = Signal(str, object)
    """The setting's name and its new value."""

    def __init__(self, settings: Settings, networks: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._build(networks)

    def offer_devices(self, names: Sequence[str]) -> None:
        """Add the sound devices, which take a moment to be found, to the one that is chosen."""
        for name in names:
            if self._output.findData(name) < 0:
                self._output.addItem(name, name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self, networks: Sequence[str]) -> None:
        self._form = QFormLayout()
        self._language = self._choice("language", _LANGUAGES)
        self._theme = self._choice("theme", [("dark", ""), ("light", "")])
        chosen = self._settings.output_device
        self._output = self._choice("output_device", [("", ""), *([(chosen, chosen)] if chosen else [])])
        self._network = self._choice("network", [(name, name) for name in networks])
        self._note = QLabel(wordWrap=True)
        self._form.addRow("", self._note)
        self._auto_play, self._next_at_end = self._switch("auto_play"), self._switch("next_at_end")
        self._from_passage = self._switch("from_passage")
        self._heard_after = self._seconds("heard_after_s")
        self._log_names = self._switch("log_names")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addWidget(buttons)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        for box, text in (
            (self._language, self.tr("Language")),
            (self._theme, self.tr("Appearance")),
            (self._output, self.tr("Sound device")),
            (self._network, self.tr("Similarity model")),
            (self._heard_after, self.tr("Heard after")),
        ):
            label = self._form.labelForField(box)
            assert isinstance(label, QLabel)
            label.setText(text)
        for box, value, text in (
            (self._language, "", self.tr("System default")),
            (self._theme, "dark", self.tr("Dark")),
            (self._theme, "light", self.tr("Light")),
            (self._output, "", self.tr("System default")),
            (self._network, "default", self.tr("Standard (recommended)")),
            (self._network, "article", self.tr("Instrument classifier (after the NNC Challenge article)")),
        ):
            box.setItemText(box.findData(value), text)  # a network that is not installed is at -1, which is no row
        self._heard_after.setSuffix(self.tr(" s"))
        self._note.setText(self.tr("If you change the model, all tracks are analysed again at the next start."))
        self._auto_play.setText(self.tr("Play tracks when selected"))
        self._next_at_end.setText(self.tr("Continue with the next track at the end"))
        self._from_passage.setText(self.tr("Play search results from the most similar passage"))
        self._log_names.setText(self.tr("Write file names to the log (from the next start)"))

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings, name))))
        box.setMinimumContentsLength(18)
        box.activated.connect(lambda _: self._set(name, box.currentData()))
        self._form.addRow(" ", box)  # an empty text would make no label
        return box

    def _seconds(self, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(name)
        box.setRange(1, _MOST_SECONDS)
        box.setValue(round(getattr(self._settings, name)))
        box.valueChanged.connect(lambda seconds: self._set(name, float(seconds)))
        self._form.addRow(" ", box)
        return box

    def _switch(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setObjectName(name)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda is_on: self._set(name, is_on))
        self._form.addRow("", box)
        return box

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.changed.emit(name, value)
