"""What the user changes by hand, one after the other, each of which can be undone and done again."""

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bgm_finder.catalogue.hand_texts import Value
from bgm_finder.controllers.lane import Lane, Policy
from bgm_finder.track import Mark, Tag, TextKey
from bgm_finder.workflows import edit_tracks
from bgm_finder.workflows.edit_tracks import Edit

_MOST = 200
"""Edits that can be undone."""


class Edits(QObject):
    """Write marks, tags, texts and names; every change is in the catalogue before changed is emitted.

    A request waits for the one before it: what undo means is known only once that one is done.
    """

    changed = Signal(object)
    """The ids of the tracks that were touched; none where only names changed."""
    undone = Signal(object)
    """What would do the change again (an Edit); follows changed."""
    redone = Signal(object)
    """What would undo it once more (an Edit); follows changed."""
    renamed = Signal(object)
    """What goes by another name now (a Renaming); comes before changed."""
    briefs_changed = Signal(object)
    """What would undo what was done with briefs (a BriefEdit); comes before changed."""
    failed = Signal(Exception)
    stack_changed = Signal()

    def __init__(self, catalogue: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.brief_id: int | None = None
        """The brief that marks and notes belong to; None for the one that was shown last."""
        self._undo: deque[Edit] = deque(maxlen=_MOST)
        self._redo: deque[Edit] = deque(maxlen=_MOST)
        self._requested: deque[Callable[[], None]] = deque()
        self._taken: tuple[deque[Edit], Edit] | None = None
        """The edit that is being undone or done again, and the stack that it comes from."""
        self._lane = Lane[edit_tracks.Done]("edits", self, Policy.QUEUE)
        self._lane.finished.connect(self._on_done)
        self._lane.failed.connect(self._on_failed)
        self._lane.busy_changed.connect(self._on_busy)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo) or self._lane.is_busy

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def mark(self, track_ids: list[int], mark: Mark) -> None:
        """Mark tracks in the brief, or take their marks away."""
        brief_id = self.brief_id
        self._queue(lambda: self._lane.start(edit_tracks.mark, self._catalogue, track_ids, mark, brief_id))

    def write_note(self, track_ids: list[int], note: str) -> None:
        """Write a note on tracks in the brief, or with "" take it away."""
        brief_id = self.brief_id
        self._queue(lambda: self._lane.start(edit_tracks.write_note, self._catalogue, track_ids, note, brief_id))

    def rename_brief(self, brief_id: int, name: str) -> None:
        """Give a brief another name."""
        self._queue(lambda: self._lane.start(edit_tracks.rename_brief, self._catalogue, brief_id, name))

    def remove_brief(self, brief_id: int) -> None:
        """Take a brief away, with its marks and notes."""
        self._queue(lambda: self._lane.start(edit_tracks.remove_brief, self._catalogue, brief_id))

    def change_tags(
        self, track_ids: list[int], added: list[Tag], removed: list[Tag], texts: Mapping[TextKey, Value] | None = None
    ) -> None:
        """Change tags and set texts, in one step."""
        values = (track_ids, added, removed, texts)
        self._queue(lambda: self._lane.start(edit_tracks.change_tags, self._catalogue, *values))

    def rename_tag(self, old: Tag, name: str) -> None:
        """Have a tag shown by another name; an existing name merges both."""
        self._queue(lambda: self._lane.start(edit_tracks.rename_tag, self._catalogue, old, name))

    def rename_category(self, old: str, new: str) -> None:
        """Have a category shown by another name; an existing name merges both."""
        self._queue(lambda: self._lane.start(edit_tracks.rename_category, self._catalogue, old, new))

    def remove_tag(self, tag: Tag) -> None:
        """Take a tag, or with an empty name a category, off all tracks."""
        self._queue(lambda: self._lane.start(edit_tracks.remove_tag, self._catalogue, tag))

    def choose_stream(self, path: Path, stream: int) -> None:
        """Choose the sound stream of a film, counted from 0."""
        self._queue(lambda: self._lane.start(edit_tracks.choose_stream, self._catalogue, path, stream))

    def take(self, undoing: Edit) -> None:
        """Take what undoes a change that was made elsewhere, as the newest; the caller shows the list anew."""
        if not undoing.is_empty:
            self._undo.append(undoing)
            self._redo.clear()
            self.stack_changed.emit()

    def undo(self) -> None:
        self._queue(lambda: self._take_back(self._undo, "redo"))

    def redo(self) -> None:
        self._queue(lambda: self._take_back(self._redo, "undo"))

    def close(self) -> None:
        self._requested.clear()
        self._lane.close()

    def _queue(self, act: Callable[[], None]) -> None:
        self._requested.append(act)
        self._go_on()

    def _go_on(self) -> None:
        while self._requested and not self._lane.is_busy:
            self._requested.popleft()()

    def _take_back(self, stack: deque[Edit], other: edit_tracks.Stack) -> None:
        """Do the last edit of a stack; what undoes that belongs on the other one."""
        if stack:
            self._taken = (stack, stack.pop())
            self._lane.start(edit_tracks.undo, self._catalogue, self._taken[1], other)

    def _on_busy(self, is_busy: bool) -> None:
        self.stack_changed.emit()
        self._go_on()

    def _on_done(self, done: edit_tracks.Done) -> None:
        self._taken = None
        if done.inverse.is_empty:
            return
        (self._redo if done.stack == "redo" else self._undo).append(done.inverse)
        if done.stack == "new":
            self._redo.clear()
        self.stack_changed.emit()
        if done.renaming is not None:
            self.renamed.emit(done.renaming)
        if done.inverse.briefs is not None:
            self.briefs_changed.emit(done.inverse.briefs)
        self.changed.emit(done.inverse.track_ids)
        if done.stack != "new":
            (self.undone if done.stack == "redo" else self.redone).emit(done.inverse)

    def _on_failed(self, error: Exception) -> None:
        if self._taken is not None:
            stack, edit = self._taken
            stack.append(edit)
            self._taken = None
        self.failed.emit(error)
