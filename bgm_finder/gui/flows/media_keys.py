"""The flow of media keys: as the desktop sends them over its bus, and as the keyboard does where nobody takes them.

Windows' and macOS's media controls are untried; there the keyboard's own media keys act while the window has the focus.
"""

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from bgm_finder.controllers.mpris import Mpris, PlayerState
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.session_bus import session_bus
from bgm_finder.gui.flows.volume import Volume
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings

_KEYS = {
    Qt.Key.Key_MediaTogglePlayPause: "play_pause",
    Qt.Key.Key_MediaPlay: "play_pause",  # many keyboards have one key for both, and send this
    Qt.Key.Key_MediaPause: "pause",
    Qt.Key.Key_MediaStop: "stop",
    Qt.Key.Key_MediaNext: "next",
    Qt.Key.Key_MediaPrevious: "previous",
}
_JUMP_S = 0.5
"""A position further from where the clock expects it was sought."""


class MediaKeys(QObject):
    """The flow from the desktop's player controls and the keyboard's media keys to Playback."""

    def __init__(self, window: MainWindow, playback: Playback, volume: Volume, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._playback, self._volume, self._settings = window, playback, volume, settings
        self._mpris = Mpris(self)
        self._last = (0.0, 0.0)
        """Position in the track, and when it was there by the monotonic clock."""
        self._acts = {
            "play_pause": window.commands["play_anywhere"].trigger,
            "play": lambda: self._play(True),
            "pause": lambda: self._play(False),
            "stop": playback.stop,
            "next": window.commands["next"].trigger,
            "previous": window.commands["previous"].trigger,
            "raise": window.come_forward,
            "quit": window.close,
        }
        for key, name in _KEYS.items():
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda name=name: self._acts[name]())

    def begin(self) -> None:
        """Appear on the session bus, where there is one."""
        bus = session_bus()
        if bus is None or not self._mpris.publish(bus):
            return
        mpris, playback = self._mpris, self._playback
        mpris.requested.connect(lambda name: self._acts[name]())
        mpris.seek_requested.connect(playback.step)
        mpris.position_requested.connect(lambda position_s: playback.step(position_s - playback.player.position_s))
        mpris.volume_requested.connect(self._volume.set)
        playback.sounding_changed.connect(self._on_sounding)
        playback.playing_changed.connect(lambda _is_playing: self._show())
        playback.moved.connect(self._on_moved)
        self._volume.changed.connect(self._show)
        self._show()

    def close(self) -> None:
        self._mpris.close()

    def _play(self, wanted: bool) -> None:
        if self._playback.player.is_playing != wanted:
            self._acts["play_pause"]()

    def _on_sounding(self, _sounding: Sounding) -> None:
        self._last = (0.0, time.monotonic())
        self._show()

    def _on_moved(self, position_s: float, _length_s: float) -> None:
        (before_s, then), now = self._last, time.monotonic()
        expected_s = before_s + (now - then if self._playback.player.is_playing else 0.0)
        self._last, self._mpris.position_s = (position_s, now), position_s
        self._show()
        if min(abs(position_s - expected_s), abs(position_s - before_s)) > _JUMP_S:
            self._mpris.tell_jump()

    def _show(self) -> None:
        state = self._state()
        if state != self._mpris.state:
            self._mpris.show(state)

    def _state(self) -> PlayerState:
        sounding, player, table = self._playback.sounding, self._playback.player, self._window.table
        place, count = table.currentIndex().row(), table.tracks.rowCount()
        state = PlayerState(volume=self._settings.volume, can_go_next=place + 1 < count, can_go_previous=place > 0)
        if sounding is None:
            return state
        stopped = "Stopped" if player.position_s == 0 else "Paused"
        return replace(
            state,
            status="Playing" if player.is_playing else stopped,
            title=sounding.title,
            track=f"/org/bgm_finder/track/{sounding.track_id}" if sounding.track_id else "/org/bgm_finder/reference",
            length_s=player.duration_s or 0.0,
        )
