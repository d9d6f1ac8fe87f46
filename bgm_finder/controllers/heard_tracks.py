"""Which tracks were listened to in the brief, and for how long: counted while they sound, and kept soon after."""

import time
from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.briefs.brief import Brief
from bgm_finder.controllers.briefs import Briefs
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback

_JITTER_S = 0.25
"""The position may be told late by so much; what is further on than the clock allows was a jump."""
_DELAY_MS = 5_000
"""From the first second on that is not kept."""


class HeardTracks(QObject):
    """Add up the seconds of tracks that sound; a jump, a pause and what is not in the library add nothing.

    This is no edit: undo neither takes it back nor passes over it.
    """

    changed = Signal(int)
    """The track of which another part is heard now: nothing, some of it, or enough to count as heard."""

    def __init__(
        self,
        playback: Playback,
        library: Library,
        briefs: Briefs,
        is_audible: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
        delay_ms: int = _DELAY_MS,
    ) -> None:
        """is_audible: whether what plays is to be heard, and not muted."""
        super().__init__(parent)
        self._playback, self._library, self._briefs, self._is_audible = playback, library, briefs, is_audible
        self._brief_id: int | None = None
        self._seconds: dict[int, float] = {}
        """By track, of those that have sounded since the brief is shown; library.heard_s is the same."""
        self._unkept: set[int] = set()
        self._place = (-1, 0.0, 0.0)
        """What the player played last, by its count of switches, the second of it, and when that was."""
        self._passed_over: int | None = None
        """A track that was marked as not heard while it sounds: it counts when it is played again."""
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self.keep)
        library.heard_s = self._seconds
        playback.moved.connect(self._on_moved)
        playback.sounding_changed.connect(lambda _: self._on_switched())
        briefs.shown.connect(self._on_brief)
        briefs.leaving.connect(self.keep)
        briefs.listening_unkept.connect(self._on_unkept)

    def forget(self, track_ids: Collection[int]) -> None:
        """Count tracks as not heard."""
        sounding = self._playback.sounding
        for track_id in track_ids:
            if self._known_s(track_id):
                self._set(track_id, 0.0)
        if sounding is not None and sounding.track_id in track_ids:
            self._passed_over = sounding.track_id

    def keep(self) -> None:
        """Keep what is not kept yet."""
        if taken := self._take():
            self._briefs.keep_listening(*taken)

    def keep_now(self) -> None:
        """Keep all before this returns, also what is on its way: the app is about to end."""
        self._timer.stop()
        if self._brief_id is not None and self._seconds:
            self._unkept.clear()
            self._briefs.keep_listening_now(self._brief_id, dict(self._seconds))

    def close(self) -> None:
        """Keep all, and count no more."""
        self.keep_now()
        self._brief_id = None

    def _on_moved(self, position_s: float, _length_s: float) -> None:
        played_s, sounding = self._played_s(position_s), self._playback.sounding
        if sounding is None or sounding.track_id in (None, self._passed_over) or not self._is_audible():
            return
        if played_s and self._counts and sounding.track_id is not None:
            known_s = self._known_s(sounding.track_id)
            if known_s is not None:
                self._set(sounding.track_id, known_s + played_s)

    def _played_s(self, position_s: float) -> float:
        """Return for how long the player has played up to here; nothing where it has jumped here, or is paused."""
        player, (switches, before_s, before) = self._playback.player, self._place
        self._place = player.switches, position_s, time.monotonic()
        longest_s = self._place[2] - before + _JITTER_S
        is_on = player.is_playing and player.switches == switches and 0 < position_s - before_s <= longest_s
        return position_s - before_s if is_on else 0.0

    @property
    def _counts(self) -> bool:
        """Whether the library shows the brief, so that it is known what was heard before."""
        columns = self._library.columns
        return columns is not None and self._brief_id is not None and columns.brief_id == self._brief_id

    def _known_s(self, track_id: int) -> float | None:
        """Return for how long a track was listened to; None for one that is not in the library any more."""
        columns = self._library.columns
        row = None if columns is None else columns.row_of(track_id)
        return None if columns is None or row is None else self._seconds.get(track_id, float(columns.heard_s[row]))

    def _set(self, track_id: int, seconds: float) -> None:
        before = self._known_s(track_id) or 0.0
        self._seconds[track_id] = seconds
        self._unkept.add(track_id)
        if not self._timer.isActive():
            self._timer.start()
        if self._part(before) != self._part(seconds):
            self.changed.emit(track_id)

    def _part(self, seconds: float) -> int:
        columns = self._library.columns
        return 0 if not seconds else 2 if columns is not None and seconds >= columns.heard_after_s else 1

    def _on_switched(self) -> None:
        self._passed_over = None

    def _on_brief(self, brief: Brief) -> None:
        self.keep()
        self._seconds.clear()
        self._brief_id = brief.id

    def _take(self) -> tuple[int, Mapping[int, float]] | None:
        self._timer.stop()
        unkept, self._unkept = self._unkept, set()
        if self._brief_id is None or not unkept:
            return None
        return self._brief_id, {track_id: self._seconds[track_id] for track_id in unkept}

    def _on_unkept(self, brief_id: int, track_ids: Collection[int]) -> None:
        """Try again with what comes next."""
        if brief_id == self._brief_id:
            self._unkept |= set(track_ids) & self._seconds.keys()
