"""The flow from the volume's slider, button and keys to the player."""

from PySide6.QtCore import QObject, Signal

from bgm_finder.audio.playing.player import Player
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings

_STEP = 0.05


class Volume(QObject):
    """Keep slider, mute button, player and settings at one volume."""

    changed = Signal()

    def __init__(self, window: MainWindow, player: Player, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._player, self._settings = window, player, settings
        commands = window.commands
        settings.volume = min(1.0, max(0.0, settings.volume))  # the file may have been changed by hand
        window.player_bar.set_volume(settings.volume)
        commands["mute"].setChecked(settings.muted)
        self._apply()
        window.player_bar.volume_requested.connect(self._on_slider)
        commands["mute"].toggled.connect(self._on_mute)
        commands["volume_up"].triggered.connect(lambda: self._step(_STEP))
        commands["volume_down"].triggered.connect(lambda: self._step(-_STEP))

    def set(self, volume: float) -> None:
        """Set the volume, 0 to 1, as the slider does."""
        self._window.player_bar.set_volume(volume)
        self._on_slider(volume)

    def _on_slider(self, volume: float) -> None:
        """Set the volume, which ends the silence of Mute: whoever turns it wants to hear it."""
        self._settings.volume = volume
        self._window.commands["mute"].setChecked(False)
        self._apply()
        self.changed.emit()

    def _step(self, change: float) -> None:
        volume = min(1.0, max(0.0, round(self._settings.volume + change, 2)))
        self.set(volume)
        self._window.status.say(self.tr("Volume {percent} %").replace("{percent}", str(round(volume * 100))))

    def _on_mute(self, is_muted: bool) -> None:
        self._settings.muted = is_muted
        self._apply()
        text = self.tr("Muted. Press {key} to unmute.").replace("{key}", self._window.commands.key_text("mute"))
        self._window.status.say(text if is_muted else self.tr("Unmuted"))

    def _apply(self) -> None:
        self._player.set_level(0.0 if self._settings.muted else _loudness_level(self._settings.volume))


def _loudness_level(volume: float) -> float:
    """Half the way of the slider sounds about half as loud: the ear hears ratios."""
    return volume**2
