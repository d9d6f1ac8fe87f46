"""A/B: which of the track and the reference is heard; both go on where they were, at the level of the softer one."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.workflows.loudness_of import loudness_of

_AT_END_S = 0.1


class Comparison(QObject):
    """Play the track of the list or the reference; measure the loudness of both the first time they are compared."""

    heard_changed = Signal(bool)
    """Whether the reference is heard from now on; comes before the playback's sounding_changed.

    Comes as well where is_track_heard changes: after a search by another file, neither of the two is heard.
    """
    failed = Signal(Exception)

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._reference: Sounding | None = None
        self._track: Sounding | None = None
        self._is_track_heard, self._is_reference_heard = True, False
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

    @property
    def track(self) -> Sounding | None:
        """The track of the list that was played last."""
        return self._track

    @property
    def is_track_heard(self) -> bool:
        """Whether the player holds the track of the list, or nothing: no reference, and none of a search before."""
        return self._is_track_heard

    @property
    def is_reference_heard(self) -> bool:
        """Whether the player holds the reference, not the track."""
        return self._is_reference_heard

    @property
    def is_sounding(self) -> bool:
        """Whether the player plays."""
        return self._playback.player.is_playing

    @property
    def heard_id(self) -> int | None:
        """The track that is heard; that of the list where the reference is none."""
        for sounding in (self._playback.sounding, self._track):
            if sounding is not None and sounding.track_id is not None:
                return sounding.track_id
        return None

    def set_reference(self, reference: Sounding | None) -> None:
        """Set what the track is compared with; what is heard stays, and may be the reference no more."""
        self._reference = reference
        self._set_heard(self._is_track_heard, not self._is_track_heard and self._is_at_reference)

    def play_track(self, track: Sounding, play: bool = True, start_s: float = 0.0) -> None:
        """Make a track of the list what is heard."""
        self._track = track
        self._show(track, False, play, start_s)

    def back_to_track(self, play: bool = True, start_s: float = 0.0) -> None:
        """Make the track what is heard again."""
        if self._track is not None:
            self._show(self._track, False, play, start_s)

    def switch(self) -> bool:
        """Play the other of the two; report False where one is missing."""
        track, reference, sounding = self._track, self._reference, self._playback.sounding
        if track is None or reference is None:
            return False
        if sounding is not None:
            self._left_at_s[sounding.path] = self._place_s()
        to_reference = not self._is_at_reference and track.path != reference.path
        other = reference if to_reference else track
        self._show(other, to_reference, True, self._left_at_s.get(other.path, 0.0))
        self._measure([path for path in (track.path, reference.path) if path not in self._lufs])
        self._level()
        return True

    def play_reference(self, position_s: float | None) -> None:
        """Play the reference from a position, or play and pause it (None)."""
        reference = self._reference
        if reference is None:
            return
        is_track = self._track is not None and self._track.path == reference.path
        if not self._is_at_reference:
            self._show(reference, not is_track, True, position_s or 0.0)
        elif position_s is None:
            self._playback.toggle()
        else:
            self._playback.play_from(position_s)

    @property
    def _is_at_reference(self) -> bool:
        sounding, reference = self._playback.sounding, self._reference
        return sounding is not None and reference is not None and sounding.path == reference.path

    def _show(self, sounding: Sounding, is_reference: bool, play: bool, start_s: float) -> None:
        self._set_heard(not is_reference, is_reference)
        self._playback.show(sounding, play, start_s)

    def _set_heard(self, is_track: bool, is_reference: bool) -> None:
        before = self._is_track_heard, self._is_reference_heard
        self._is_track_heard, self._is_reference_heard = is_track, is_reference
        if before != (is_track, is_reference):
            self.heard_changed.emit(is_reference)

    def forget(self, paths: Collection[Path]) -> None:
        """Measure these files anew, of which another sound stream was chosen."""
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
        if sounding is None or sounding.path not in [one.path for one in pair if one is not None]:
            return
        levels = [level for p in pair if p is not None and (level := self._lufs.get(p.path)) is not None]
        own = self._lufs.get(sounding.path)
        if len(levels) == len(pair) and own is not None:
            self._playback.player.set_gain_db(min(levels) - own)
