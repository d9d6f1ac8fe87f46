"""Where a key leads in the list: over headings, and into a list that has just come."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from bgm_finder.gui.track_model import TrackModel

EXTENDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""With one of them, a click or a key selects without sound."""
_ACTION = QAbstractItemView.CursorAction
_STEPS = {_ACTION.MoveDown: 1, _ACTION.MoveUp: -1}
_PAGES = (_ACTION.MovePageUp, _ACTION.MovePageDown)
_ENDS = (_ACTION.MoveHome, _ACTION.MoveEnd)


class RowSteps:
    """The steps that lead from the current place (-1: none) to another track."""

    def __init__(self, tracks: TrackModel) -> None:
        self._tracks = tracks
        self.resume_at: int | None = 0
        """The place that the next step down leads to; None where it leads to the neighbour of the current row."""

    def next_to(self, current: int, direction: int) -> int | None:
        """Return the place of the next (1) or previous (-1) track, which is not the current one."""
        place = current + direction
        if self.resume_at is not None and (current < 0 or direction > 0):
            place = self.resume_at - (direction < 0)
        while 0 <= place < self._tracks.rowCount() and (place == current or self._tracks.is_heading(place)):
            place += direction
        return place if 0 <= place < self._tracks.rowCount() else None

    def decides(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> bool:
        """Return whether Qt would go elsewhere: onto headings, or, with Home and End, within the row."""
        if action in _ENDS:
            return True
        return not modifiers & EXTENDING and (action in _STEPS or (self.resume_at is not None and action in _PAGES))

    def place_after(self, action: QAbstractItemView.CursorAction, current: int) -> int | None:
        """Return where a key leads that is decided here; None where there is no track."""
        if action in _STEPS:
            return self.next_to(current, _STEPS[action])
        places = range(self._tracks.rowCount())
        from_end = reversed(places) if action == _ACTION.MoveEnd else places
        return next((place for place in from_end if not self._tracks.is_heading(place)), None)
