"""Which sound stream of each film was chosen, for all that plays, draws and compares."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane, Policy
from bgm_finder.workflows import sound_tracks


class SoundStreams(QObject):
    """The choices that the catalogue keeps; Edits changes them."""

    changed = Signal(object)
    """The paths of the files whose stream is another one now."""
    chosen = Signal()
    """Follows changed where that came after the start: what was measured is to be made anew."""
    failed = Signal(Exception)

    def __init__(self, catalogue: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.by_path: dict[Path, int] = {}
        self._is_read = False
        self._lane = Lane[dict[Path, int]]("sound streams", self, Policy.QUEUE)
        self._lane.finished.connect(self._on_read)
        self._lane.failed.connect(self.failed)

    def of(self, path: Path) -> int | None:
        """Return the chosen stream of a file, counted from 0; None: the likeliest."""
        return self.by_path.get(path)

    def reload(self) -> None:
        """Read the choices again: one was edited, or files have moved."""
        self._lane.start(sound_tracks.chosen_streams, self._catalogue)

    def close(self) -> None:
        self._lane.close()

    def _on_read(self, by_path: dict[Path, int]) -> None:
        before, self.by_path = self.by_path, by_path
        changed = {path for path in before.keys() | by_path.keys() if before.get(path) != by_path.get(path)}
        if changed:
            self.changed.emit(changed)
        if changed and self._is_read:
            self.chosen.emit()
        self._is_read = True
