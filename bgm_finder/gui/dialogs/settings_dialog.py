"""The settings that are not a button of the window: language, look, sound device, network, what follows a track."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from bgm_finder.settings import Settings

_LANGUAGES = (("", ""), ("en", "English"), ("ja", "日本語"))


class SettingsDialog(QDialog):
    """Each choice holds at once; closing needs no OK."""

    changed = Signal(str, object)
    """The setting's name and its new value."""

    def __init__(
        self, settings: Settings, devices: Sequence[str], networks: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._build(devices, networks)

    def _build(self, devices: Sequence[str], networks: Sequence[str]) -> None:
        self.setWindowTitle(self.tr("Settings"))
        form = QFormLayout()
        language = [(code, name or self.tr("As the system")) for code, name in _LANGUAGES]
        form.addRow(self.tr("Language"), self._choice("language", language))
        form.addRow(self.tr("Look"), self._choice("theme", [("dark", self.tr("Dark")), ("light", self.tr("Light"))]))
        output = [("", self.tr("As the system")), *((name, name) for name in devices)]
        form.addRow(self.tr("Sound device"), self._choice("output_device", output))
        shown = {"default": self.tr("The ear (recommended)"), "article": self.tr("The article's network")}
        form.addRow(self.tr("Similarity by"), self._choice("network", [(n, shown.get(n, n)) for n in networks]))
        note = QLabel(self.tr("Another network listens to every track once more, the next time the app starts."))
        note.setWordWrap(True)
        form.addRow("", note)
        form.addRow("", self._switch("auto_play", self.tr("Play each track that is selected")))
        form.addRow("", self._switch("next_at_end", self.tr("Go on with the next track at the end")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox(objectName=name)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings, name))))
        box.setMinimumContentsLength(18)
        box.activated.connect(lambda _: self._set(name, box.currentData()))
        return box

    def _switch(self, name: str, text: str) -> QCheckBox:
        box: QCheckBox = QCheckBox(text, objectName=name)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda is_on: self._set(name, is_on))
        return box

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.changed.emit(name, value)
