"""What is heard now: one player for the list and the reference, and its position."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.audio.playing.player import Player
from bgm_finder.controllers.marking import Marking
from bgm_finder.track import SoundAt

_POLL_MS, _UNSEEN_MS = 33, 500
"""How often the position is looked at while a track plays: as often as it is drawn, and where nobody sees it."""
_LONGER_JUMPS_S = (5.0, 5.0, 15.0, 15.0, 30.0)
"""J and L pressed again and again go further."""
_JUMP_FORGOTTEN_MS = 900


@dataclass(frozen=True, slots=True)
class Sounding:
    """What the player holds."""

    path: Path
    title: str
    track_id: int | None = None
    """None for a reference that is not in the library."""


class Playback(QObject):
    """The player of the window: methods request, signals report what it does."""

    sounding_changed = Signal(object)
    moved = Signal(float, float)
    """Position and length in seconds, 30 times a second while a track plays."""
    playing_changed = Signal(bool)
    silence_changed = Signal(bool)
    """Whether there is no sound card, so that playing makes no sound."""
    fallback_used = Signal()
    """The sound runs over JACK from now on, as nothing else can play."""
    ended = Signal()
    failed = Signal(object)
    """An Unreadable, or a Refusal of the sound card."""
    restarted = Signal()
    """The player's process died or stood still, and another one goes on."""
    _news_came = Signal()

    def __init__(
        self,
        player: Player,
        parent: QObject | None = None,
        stream_of: Callable[[Path], int | None] = lambda _path: None,
    ) -> None:
        """stream_of: returns which sound stream of a film was chosen."""
        super().__init__(parent)
        self.player = player
        self.stream_of = stream_of
        self.marking = Marking(player, self)
        self.sounding: Sounding | None = None
        self.is_seen: Callable[[], bool] = lambda: True
        """Whether anyone can see the position."""
        self._was_playing = False
        self._was_silent = False
        self._was_fallback = False
        self._emitted = (-1.0, -1.0)
        self._had_ended = False
        self._seen_error: object = None
        self._seen_crashes = player.crashes
        self._jumps = 0
        self._jump_direction = 0
        self._jump_pause = QTimer(self, singleShot=True, interval=_JUMP_FORGOTTEN_MS)
        self._jump_pause.timeout.connect(self._forget_jumps)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._news_came.connect(self._poll)
        player.on_news(self._news_came.emit)

    def sound_at(self, path: Path) -> SoundAt:
        """Return a file with the sound stream that was chosen of it."""
        return SoundAt(path, self.stream_of(path))

    def streams_among(self, paths: Iterable[Path]) -> dict[Path, int]:
        """Return the chosen sound streams of those files that have one."""
        return {path: stream for path in paths if (stream := self.stream_of(path)) is not None}

    def show(self, sounding: Sounding, play: bool = True, start_s: float = 0.0) -> None:
        """Make this what is heard; the one before fades out at once."""
        self._seen_error = self.player.device_error
        before, self.sounding = self.sounding, sounding
        if before is not None:
            self.marking.keep_for(before.path)
        self.player.load(sounding.path, start_s=start_s, play=play, stream=self.stream_of(sounding.path))
        self.marking.take_up(sounding.path)
        self._had_ended = False
        self._emitted = (-1.0, -1.0)  # the same place in another track is news
        self.sounding_changed.emit(sounding)
        self._poll()

    def show_again(self) -> None:
        """Go on at the same place in the sound stream that is chosen now."""
        if self.sounding is not None:
            self.show(self.sounding, self.player.is_playing, self.player.position_s)

    def toggle(self) -> None:
        if self.player.is_playing:
            self.player.pause()
        elif self.sounding is not None:
            self.player.play()
        self._poll()

    def stop(self) -> None:
        self.player.stop()
        self._poll()

    def play_from(self, position_s: float) -> None:
        """Play from a place that was clicked in the picture."""
        if self.sounding is None:
            return
        self._seek(position_s)
        self.player.play()
        self._poll()

    def seek_share(self, share: float) -> None:
        """To a share (0 to 1) of the length; playing or not stays as it is."""
        self._seek(share * (self.player.duration_s or 0.0))

    def step(self, seconds: float) -> None:
        self._seek(self.player.position_s + seconds)

    def jump(self, direction: int) -> None:
        """Back (-1) or forward (1): 5 s, and further when pressed again and again."""
        if direction != self._jump_direction:
            self._jumps = 0
        self._jump_direction = direction
        self.step(direction * _LONGER_JUMPS_S[min(self._jumps, len(_LONGER_JUMPS_S) - 1)])
        self._jumps += 1
        self._jump_pause.start()

    def close(self) -> None:
        self.player.on_news(lambda: None)
        self._timer.stop()
        self._jump_pause.stop()
        self.player.close()

    def _seek(self, position_s: float) -> None:
        if self.sounding is None:
            return
        length = self.player.duration_s
        self.player.seek(max(0.0, position_s if length is None else min(position_s, max(0.0, length - 0.05))))
        self._poll()

    def _emit_place(self, place: tuple[float, float]) -> None:
        if place != self._emitted:
            self._emitted = place
            self.moved.emit(*place)

    def _forget_jumps(self) -> None:
        self._jumps = 0

    def _poll(self) -> None:
        player = self.player
        self.marking.follow()
        self._emit_place((player.position_s, player.duration_s or 0.0))
        if player.is_silent != self._was_silent:
            self._was_silent = player.is_silent
            self.silence_changed.emit(self._was_silent)
        if player.runs_over_jack != self._was_fallback:
            self._was_fallback = player.runs_over_jack
            if self._was_fallback:
                self.fallback_used.emit()
        if player.is_playing != self._was_playing:
            self._was_playing = player.is_playing
            self.playing_changed.emit(self._was_playing)
        self._emit_failures()
        if player.has_ended != self._had_ended:
            self._had_ended = player.has_ended
            if self._had_ended:
                self.ended.emit()
        self._pace()

    def _pace(self) -> None:
        """Look again and again only while a track plays: else the player calls when there is news."""
        if self.player.is_playing != self._timer.isActive():
            self._timer.start() if self.player.is_playing else self._timer.stop()
        pause_ms = _POLL_MS if self.is_seen() else _UNSEEN_MS
        if self._timer.interval() != pause_ms:
            self._timer.setInterval(pause_ms)

    def _emit_failures(self) -> None:
        error = self.player.error or self.player.device_error
        if error != self._seen_error:
            self._seen_error = error
            if error is not None:
                self.failed.emit(error)
        if self.player.crashes != self._seen_crashes:
            self._seen_crashes = self.player.crashes
            self.restarted.emit()
