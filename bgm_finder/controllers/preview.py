"""The pictures of what is selected: the stored preview at once, the fine one as it is computed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.workflows import picture


class Preview(QObject):
    """Newest selection wins; what was drawn for another one is dropped."""

    drawn = Signal(object)
    """A picture.Drawing of the file asked for last."""
    failed = Signal(Exception)
    _part = Signal(int, object)

    def __init__(self, catalogue: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._ticket = 0
        self._best: picture.Drawing | None = None
        self._stored_lane, self._fine_lane = Lane("preview", self), Lane("picture", self)
        self._stored_lane.finished.connect(self._on_stored)
        self._fine_lane.failed.connect(self.failed)
        self._part.connect(self._on_part)

    def show(self, path: Path, track_id: int | None) -> None:
        """Draws a track of the library, or a file that is in none (no id)."""
        self.clear()
        ticket = self._ticket
        if track_id is not None:
            self._stored_lane.start(picture.stored, self._catalogue, track_id)
        self._fine_lane.start(picture.draw, path, lambda drawing: self._part.emit(ticket, drawing))

    def clear(self) -> None:
        self._ticket += 1
        self._best = None
        self._stored_lane.cancel()
        self._fine_lane.cancel()

    def close(self) -> None:
        self._stored_lane.close()
        self._fine_lane.close()

    def _on_stored(self, drawing: picture.Drawing | None) -> None:
        if drawing is not None:
            self._improve(drawing)

    def _on_part(self, ticket: int, drawing: picture.Drawing) -> None:
        if ticket == self._ticket:
            self._improve(drawing)

    def _improve(self, drawing: picture.Drawing) -> None:
        """Shows a drawing where it is better than the one before: a whole preview is better than half a fine picture,
        and a fine picture than a preview that came late."""
        best = self._best
        if best is not None and best.is_whole and not (drawing.is_fine and drawing.is_whole):
            return
        self._best = drawing
        self.drawn.emit(drawing)
