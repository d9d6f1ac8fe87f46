"""A/B: switches between the track and the reference, each where it was, both at the level of the softer one."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.workflows.loudness_of import loudness_of

_AT_END_S = 0.1


class Comparison(QObject):
    """Knows the reference; measures the loudness of both the first time they are compared."""

    failed = Signal(Exception)

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._reference: Sounding | None = None
        self._track: Sounding | None = None
        self._left_at_s: dict[Path, float] = {}
        self._lufs: dict[Path, float | None] = {}
        """None for silence, which has no level."""
        self._measured: list[Path] = []
        self._lane = Lane[dict[Path, float | None]]("loudness", self)
        self._lane.finished.connect(self._on_measured)
        self._lane.failed.connect(self.failed)

    @property
    def reference(self) -> Sounding | None:
        return self._reference

    @property
    def is_measuring(self) -> bool:
        """Whether the loudness of the two is not known yet."""
        return self._lane.is_busy

    def set_reference(self, reference: Sounding | None) -> None:
        """Says what the track is compared with."""
        self._reference = reference

    def switch(self, track: Sounding) -> bool:
        """Play the other of the two; report False where there is no reference."""
        reference, sounding = self._reference, self._playback.sounding
        if reference is None:
            return False
        self._track = track
        if sounding is not None:
            self._left_at_s[sounding.path] = self._place_s()
        other = track if sounding == reference else reference
        self._playback.show(other, play=True, start_s=self._left_at_s.get(other.path, 0.0))
        self._measure([path for path in (track.path, reference.path) if path not in self._lufs])
        self._level()
        return True

    def play_reference(self, position_s: float | None) -> None:
        """Play the reference from a position, or plays and pauses it (None)."""
        if self._reference is None:
            return
        if self._playback.sounding != self._reference:
            self._playback.show(self._reference, play=True, start_s=position_s or 0.0)
        elif position_s is None:
            self._playback.toggle()
        else:
            self._playback.play_from(position_s)

    def forget(self, paths: Collection[Path]) -> None:
        """Measures these files anew, of which another sound stream was chosen."""
        self._lane.cancel()
        for path in paths:
            self._lufs.pop(path, None)

    def close(self) -> None:
        self._lane.close()

    def _place_s(self) -> float:
        """Return where to go on later: from the start, where it was heard to its end."""
        position_s, length_s = self._playback.player.position_s, self._playback.player.duration_s
        return 0.0 if length_s is not None and position_s > length_s - _AT_END_S else position_s

    def _measure(self, paths: list[Path]) -> None:
        if paths and not (self._lane.is_busy and paths == self._measured):
            self._measured = paths
            self._lane.start(loudness_of, [self._playback.sound_at(path) for path in paths])

    def _on_measured(self, lufs: dict[Path, float | None]) -> None:
        self._lufs.update(lufs)
        self._level()

    def _level(self) -> None:
        """Turn the louder of the two down to the softer one; nothing is turned up, so that nothing clips."""
        pair, sounding = (self._track, self._reference), self._playback.sounding
        if sounding is None or sounding not in pair:
            return
        levels = [level for p in pair if p is not None and (level := self._lufs.get(p.path)) is not None]
        own = self._lufs.get(sounding.path)
        if len(levels) == len(pair) and own is not None:
            self._playback.player.set_gain_db(min(levels) - own)
