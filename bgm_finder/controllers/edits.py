"""What the user changes by hand, one after the other, each of which can be undone and done again."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.track import Tag
from bgm_finder.workflows import edit_tracks
from bgm_finder.workflows.edit_tracks import Edit


class Edits(QObject):
    """Writes marks and tags; every change is in the catalogue before changed is emitted."""

    changed = Signal(object)
    """The ids of the tracks that were touched."""
    failed = Signal(Exception)
    stack_changed = Signal()

    def __init__(self, catalogue: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._lane = Lane("edits", self, every_one_counts=True)
        self._lane.finished.connect(self._on_done)
        self._lane.failed.connect(self.failed)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def mark(self, track_ids: list[int], mark: str) -> None:
        """Keeps ("keep"), rejects ("reject") or clears ("") tracks."""
        self._lane.start(edit_tracks.mark, self._catalogue, track_ids, mark)

    def change_tags(self, track_ids: list[int], added: list[Tag], removed: list[Tag]) -> None:
        self._lane.start(edit_tracks.change_tags, self._catalogue, track_ids, added, removed)

    def undo(self) -> None:
        if self._undo:
            self._lane.start(edit_tracks.undo, self._catalogue, self._undo.pop(), "redo")
            self.stack_changed.emit()

    def redo(self) -> None:
        if self._redo:
            self._lane.start(edit_tracks.undo, self._catalogue, self._redo.pop(), "undo")
            self.stack_changed.emit()

    def close(self) -> None:
        self._lane.close()

    def _on_done(self, done: edit_tracks.Done) -> None:
        if not done.inverse.track_ids:
            return
        (self._redo if done.stack == "redo" else self._undo).append(done.inverse)
        if done.stack == "new":
            self._redo.clear()
        self.stack_changed.emit()
        self.changed.emit(done.inverse.track_ids)
