"""Title, comment and tempo as the user says them, which go before those of the list and of the file."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from bgm_finder.catalogue.precedence import REFOLD
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits
from bgm_finder.track import TextKey

Value = str | float | None
COLUMNS: Mapping[TextKey, str] = {"title": "hand_title", "comment": "hand_comment", "bpm": "hand_bpm"}
NOTHING: Mapping[TextKey, Value] = {"title": "", "comment": "", "bpm": None}
"""What lets the list's or the file's own hold again."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Values to be set: by key and track; what set gives back undoes it."""

    values: Mapping[TextKey, Mapping[int, Value]] = field(default_factory=dict)

    @property
    def track_ids(self) -> set[int]:
        """The tracks that the edit touches."""
        return {track_id for values in self.values.values() for track_id in values}


class HandTexts:
    """Write the user's own texts; each call that writes is one transaction and can be undone."""

    def __init__(self, connection: sqlite3.Connection, hand_edits: HandEdits) -> None:
        self._connection = connection
        self._hand_edits = hand_edits

    def set(self, edit: TextEdit) -> TextEdit:
        """Set texts; return the edit that undoes it."""
        with self._connection:
            undoing = self.set_within(edit)
            self._hand_edits.note_within(texts=noted_texts(edit, undoing))
        return undoing

    def set_within(self, edit: TextEdit) -> TextEdit:
        """Set texts inside a transaction of the caller; return the edit that undoes it."""
        before = {key: self._set_column(key, values) for key, values in edit.values.items()}
        for track_id in edit.track_ids:
            self._connection.execute(REFOLD, (track_id,))
        return TextEdit({key: values for key, values in before.items() if values})

    def _set_column(self, key: TextKey, values: Mapping[int, Value]) -> dict[int, Value]:
        """Return what was there before where it was something else; a track forgotten since stays so."""
        column, before = COLUMNS[key], {}
        for track_id, value in values.items():
            row = self._connection.execute(f"SELECT {column} FROM tracks WHERE id = ?", (track_id,)).fetchone()
            if row is not None and row[0] != value:
                before[track_id] = row[0]
                self._connection.execute(f"UPDATE tracks SET {column} = ? WHERE id = ?", (value, track_id))
        return before


def noted_texts(edit: TextEdit, undoing: TextEdit) -> list[tuple[int, TextKey, Value]]:
    """Return what an edit changed, as the journal notes it."""
    return [(i, key, edit.values[key][i]) for key, before in undoing.values.items() for i in before]
