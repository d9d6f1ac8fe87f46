"""The stretch that is marked in what is heard, and the loop over it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.audio.playing.player import Player
from bgm_finder.track import Section


class Marking(QObject):
    """In and out are set one by one or drawn at once; a loop follows them, or goes over the whole track."""

    section_changed = Signal(object)
    loop_changed = Signal(bool)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._in_s: float | None = None
        self._out_s: float | None = None
        self._marks: dict[Path, Section] = {}
        """Of the tracks heard before, so that a comparison or a walk loses none."""
        self._path: Path | None = None
        """The track that the player is at."""
        self._is_looping = False
        self._loop_waits = False
        """For the length, which is known once the file is open."""

    @property
    def section(self) -> Section | None:
        """The marked stretch; an open end is the track's own, once that is known."""
        if self._in_s is None and self._out_s is None:
            return None
        end_s = self._out_s if self._out_s is not None else (self._player.duration_s or 0.0)
        return Section(self._in_s or 0.0, end_s) if end_s > (self._in_s or 0.0) else None

    def section_of(self, path: Path) -> Section | None:
        """Return the stretch that is marked in a track, whether it is heard now or was before."""
        return self.section if path == self._path else self._marks.get(path)

    @property
    def in_s(self) -> float | None:
        """Where the stretch begins, in seconds; None where that is the track's own start."""
        return self._in_s

    @property
    def out_s(self) -> float | None:
        """Where the stretch ends, in seconds; None where that is the track's own end."""
        return self._out_s

    def mark_in(self) -> None:
        """Begin the stretch here; an end that is not behind it is cleared."""
        here_s = self._player.position_s
        self._set(here_s, self._out_s if self._out_s is not None and self._out_s > here_s else None)

    def mark_out(self) -> None:
        """End the stretch here; a start that is not before it is cleared."""
        here_s = self._player.position_s
        self._set(self._in_s if self._in_s is not None and self._in_s < here_s else None, here_s)

    def mark(self, section: Section) -> None:
        """Mark a stretch drawn with the mouse."""
        self._set(section.start_s, section.end_s)

    def clear(self) -> None:
        self._set(None, None)

    def keep_for(self, path: Path) -> None:
        """Keep the marks of a track that the player is about to leave."""
        self._marks.pop(path, None)
        if self.section is not None:
            self._marks[path] = self.section

    def take_up(self, path: Path) -> None:
        """Bring back the marks of the track that the player went to."""
        self._path, section = path, self._marks.get(path)
        self._set(section.start_s if section else None, section.end_s if section else None)

    def loop(self, is_looping: bool) -> None:
        """Loop the marked stretch, or the whole track where none is marked; the next track is looped too."""
        self._is_looping = is_looping
        self._apply()
        self.loop_changed.emit(is_looping)

    def follow(self) -> None:
        """Loop as soon as the length is known."""
        if self._loop_waits and self._player.duration_s is not None:
            self._apply()

    def _set(self, in_s: float | None, out_s: float | None) -> None:
        self._in_s, self._out_s = in_s, out_s
        self._apply()
        self.section_changed.emit(self.section)

    def _apply(self) -> None:
        length_s = self._player.duration_s
        self._loop_waits = self._is_looping and length_s is None
        if not self._is_looping or length_s is None:
            self._player.set_loop(None, None)
        else:
            looped = self.section or Section(0.0, length_s)
            self._player.set_loop(looped.start_s, looped.end_s)
