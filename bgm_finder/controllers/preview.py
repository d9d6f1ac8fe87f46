"""The pictures of what is selected: the stored preview at once, the fine one as it is computed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.controllers.debouncer import Debouncer
from bgm_finder.controllers.lane import Lane
from bgm_finder.track import SoundAt
from bgm_finder.workflows import picture


class Preview(QObject):
    """Newest selection wins; what was drawn for another one is dropped."""

    drawn = Signal(object)
    """A picture.Drawing of the file asked for last."""
    grown = Signal(object)
    """A fine Drawing that is not whole yet, to be laid over the whole one that was drawn."""
    failed = Signal(Exception)
    _part = Signal(int, object)

    def __init__(
        self,
        catalogue: Path,
        parent: QObject | None = None,
        stream_of: Callable[[Path], int | None] = lambda _path: None,
    ) -> None:
        """stream_of: returns which sound stream of a film was chosen."""
        super().__init__(parent)
        self._stream_of = stream_of
        self._catalogue = catalogue
        self._ticket = 0
        self._path: Path | None = None
        self._best: picture.Drawing | None = None
        self._debouncer = Debouncer(self)
        self._stored_lane = Lane[picture.Drawing | None]("preview", self)
        self._fine_lane = Lane[picture.Drawing]("picture", self)
        self._stored_lane.finished.connect(self._on_stored)
        self._stored_lane.failed.connect(lambda _: self._draw_finely())
        self._fine_lane.failed.connect(self.failed)
        self._part.connect(self._on_part)

    def show(self, path: Path, track_id: int | None) -> None:
        """Draw a track of the library, or a file that is in none (no id).

        The fine drawing waits for the stored one, whose few milliseconds it would make many.
        """
        self.clear()
        self._path = path
        if track_id is None:
            self._draw_finely()
        else:
            self._stored_lane.start(picture.stored, self._catalogue, track_id)

    def clear(self) -> None:
        self._ticket += 1
        self._best = self._path = None
        self._debouncer.forget()
        self._stored_lane.cancel()
        self._fine_lane.cancel()

    def close(self) -> None:
        self._debouncer.forget()
        self._stored_lane.close()
        self._fine_lane.close()

    def _draw_finely(self) -> None:
        path, ticket = self._path, self._ticket
        if path is None:
            return
        sound = SoundAt(path, self._stream_of(path))

        def report(part: picture.Drawing) -> None:
            self._part.emit(ticket, part)

        self._debouncer.do(lambda: self._fine_lane.start(picture.draw, sound, report))

    def _on_stored(self, drawing: picture.Drawing | None) -> None:
        if drawing is not None:
            self._improve(drawing)
        self._draw_finely()

    def _on_part(self, ticket: int, drawing: picture.Drawing) -> None:
        if ticket == self._ticket:
            self._improve(drawing)

    def _improve(self, drawing: picture.Drawing) -> None:
        """Half a fine picture is laid over a whole preview, but does not take its place."""
        if self._best is not None and self._best.is_whole and not drawing.is_whole:
            self.grown.emit(drawing)
        else:
            self._best = drawing
            self.drawn.emit(drawing)
