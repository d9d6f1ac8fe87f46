"""The player under the picture: play, position, loop, auto-play, volume."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from bgm_finder.clock import clock
from bgm_finder.controllers.playback import Sounding
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.elided_label import ElidedLabel
from bgm_finder.gui.icons import DrawnIcons
from bgm_finder.gui.section_handle import SectionHandle
from bgm_finder.gui.volume_slider import VOLUME_STEPS, VolumeSlider

_LEAST_VOLUME_PX, _MOST_VOLUME_PX = 40, 110
_LEAST_TEXT_PX = 40


class PlayerBar(QWidget):
    """Show what sounds, and where in it; the buttons are the window's own actions."""

    volume_requested = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = DrawnIcons()
        self._sounding: Sounding | None = None
        self._is_reference = False
        self._build(actions)
        self._retranslate()

    def set_sounding(self, sounding: Sounding | None, is_reference: bool = False) -> None:
        """Name what sounds; a reference is named as such, as the picture above is another track's."""
        self._sounding, self._is_reference = sounding, is_reference
        title = sounding.title if sounding else ""
        text = self.tr("Reference: {title}").replace("{title}", title) if is_reference else title
        self._title.show_text(text, str(sounding.path) if sounding else "")
        self._title.setForegroundRole(QPalette.ColorRole.Accent if is_reference else QPalette.ColorRole.WindowText)

    def set_position(self, position_s: float, length_s: float) -> None:
        text = f"{clock(position_s)} / {clock(length_s)}" if length_s else "–:–– / –:––"
        if text != self._position.text():
            self._position.setText(text)
            self._tell_position()

    def set_playing(self, is_playing: bool) -> None:
        self._play.setIcon(self._icons.icon("pause" if is_playing else "play", self.palette()))
        self._is_playing = is_playing
        self._play.setAccessibleName(self.tr("Pause") if is_playing else self.tr("Play"))

    def set_volume(self, volume: float) -> None:
        """Show a volume, 0 to 1, without emitting it."""
        self._volume.blockSignals(True)
        self._volume.setValue(round(volume * VOLUME_STEPS))
        self._volume.blockSignals(False)
        self._tell_volume()

    def tab_order(self) -> list[QWidget]:
        return [self._play, self._loop, self._auto, self.section, self._mute, self._volume]

    def set_silent(self, is_silent: bool) -> None:
        """Say that nothing can be heard, since there is no sound card."""
        self._silent.setVisible(is_silent)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()
        super().changeEvent(event)

    def _build(self, actions: Actions) -> None:
        self._is_playing = False
        self._play: QToolButton = QToolButton()
        self._play.setObjectName("playButton")
        self._play.clicked.connect(actions["play"].trigger)
        self._loop = QToolButton()
        self._loop.setObjectName("loopButton")
        self._loop.setDefaultAction(actions["loop"])
        self._auto = QToolButton()
        self._auto.setObjectName("autoPlayButton")
        self._auto.setDefaultAction(actions["auto_play"])
        self._position = QLabel("–:–– / –:––")
        self._position.setObjectName("positionLabel")
        self._position.setTextFormat(Qt.TextFormat.PlainText)
        self._position.setMinimumWidth(self.fontMetrics().horizontalAdvance("0:00:00 / 0:00:00"))
        self._title = ElidedLabel("soundingLabel", least_width=_LEAST_TEXT_PX)
        self._silent = ElidedLabel("silentLabel", least_width=_LEAST_TEXT_PX)
        self._silent.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._silent.hide()
        self._mute = QToolButton()
        self._mute.setObjectName("muteButton")
        self._mute.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._mute.setDefaultAction(actions["mute"])
        actions["mute"].toggled.connect(lambda _: self._paint_icons())
        self._volume = VolumeSlider()
        self._volume.setMinimumWidth(_LEAST_VOLUME_PX)
        self._volume.setMaximumWidth(_MOST_VOLUME_PX)
        self._volume.valueChanged.connect(self._on_volume)
        self.section = SectionHandle(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        for widget in (self._play, self._position, self._loop, self._auto):
            row.addWidget(widget)
        row.addWidget(self._title, 1)
        row.addWidget(self.section)
        row.addWidget(self._silent)
        row.addWidget(self._mute)
        row.addWidget(self._volume)

    def _on_volume(self, value: int) -> None:
        self._tell_volume()
        self.volume_requested.emit(value / VOLUME_STEPS)

    def _tell_volume(self) -> None:
        text = self.tr("Volume {percent} %").replace("{percent}", str(self._volume.value()))
        self._volume.setToolTip(text)

    def _tell_position(self) -> None:
        """Give screen readers the times as well: a name hides a label's text."""
        name = self.tr("Position and length")
        self._position.setAccessibleName(f"{name}: {self._position.text()}")

    def _paint_icons(self) -> None:
        self.set_playing(self._is_playing)
        mute = self._mute.defaultAction()
        mute.setIcon(self._icons.icon("muted" if mute.isChecked() else "volume", self.palette()))

    def _retranslate(self) -> None:
        self._silent.show_text(
            self.tr("No sound device"),
            self.tr("There is no sound device. Connect one, or choose one in the settings."),
        )
        self._volume.setAccessibleName(self.tr("Volume"))
        self._tell_volume()
        self._tell_position()
        self._play.setToolTip(self.tr("Play / pause (Space)"))
        self.set_sounding(self._sounding, self._is_reference)
        self._paint_icons()
