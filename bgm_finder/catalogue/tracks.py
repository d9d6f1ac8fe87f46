"""Single tracks, whole, and what the user notes of them in a brief: marks, notes, what was listened to."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bgm_finder.catalogue.briefs import Briefs
from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MARK_NAMES
from bgm_finder.catalogue.precedence import BPM, COMMENT, IS_BPM_ESTIMATED, TITLE
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits
from bgm_finder.catalogue.tags import Tags
from bgm_finder.reasons import Refusal
from bgm_finder.track import Mark, Tag, Track

_ONE_TRACK = f"""
    SELECT folder_id, name, {TITLE}, artist, {COMMENT}, duration_s, {BPM}, {IS_BPM_ESTIMATED}, loudness_lufs,
        is_missing, unreadable_because
    FROM tracks WHERE id = ?"""

_Key = Literal["mark", "note", "heard_s"]
_NOTHING: dict[_Key, str] = {"mark": "0", "note": "''", "heard_s": "0.0"}


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """Marks to be set, by track; what set_marks gives back undoes it."""

    marks: dict[int, Mark]
    brief_id: int | None = None
    """The brief that they belong to; None for the one that was shown last."""


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """Notes to be set, by track, "" for none; what set_notes gives back undoes it."""

    notes: dict[int, str]
    brief_id: int | None = None
    """The brief that they belong to; None for the one that was shown last."""


class Tracks:
    """Read single tracks, and write what a brief holds of them."""

    def __init__(
        self, connection: sqlite3.Connection, folders: Folders, tags: Tags, briefs: Briefs, hand_edits: HandEdits
    ) -> None:
        self._connection = connection
        self._folders = folders
        self._tags = tags
        self._briefs = briefs
        self._hand_edits = hand_edits

    def get(self, track_id: int) -> Track | None:
        """Return all that is known of one track, with its mark in the brief that was shown last."""
        row = self._connection.execute(_ONE_TRACK, (track_id,)).fetchone()
        if row is None:
            return None
        tags = {tagging.tag for tagging in self._tags.of(track_id)}
        return self._track(track_id, row, tuple(sorted(tags)))

    def set_marks(self, edit: MarkEdit) -> MarkEdit:
        """Mark tracks; return the edit that undoes it."""
        with self._connection:
            before = self.set_marks_within(edit)
            marks = [(track_id, edit.marks[track_id]) for track_id in before.marks]
            self._hand_edits.note_within(marks=marks, brief=self._identity(before.brief_id))
        return before

    def set_marks_within(self, edit: MarkEdit) -> MarkEdit:
        """Mark tracks inside a transaction of the caller; return the edit that undoes it."""
        brief_id = self._briefs.last_open() if edit.brief_id is None else edit.brief_id
        codes = {track_id: MARK_CODES[mark] for track_id, mark in edit.marks.items()}
        before = self._set_within(brief_id, "mark", codes)
        return MarkEdit({track_id: MARK_NAMES[code] for track_id, code in before.items()}, brief_id)

    def set_notes(self, edit: NoteEdit) -> NoteEdit:
        """Write notes on tracks; return the edit that undoes it."""
        with self._connection:
            before = self.set_notes_within(edit)
            notes = [(track_id, edit.notes[track_id]) for track_id in before.notes]
            self._hand_edits.note_within(notes=notes, brief=self._identity(before.brief_id))
        return before

    def set_notes_within(self, edit: NoteEdit) -> NoteEdit:
        """Write notes on tracks inside a transaction of the caller; return the edit that undoes it."""
        brief_id = self._briefs.last_open() if edit.brief_id is None else edit.brief_id
        return NoteEdit(self._set_within(brief_id, "note", edit.notes), brief_id)

    def set_heard(self, brief_id: int, heard_s: Mapping[int, float]) -> None:
        """Set for how many seconds tracks were listened to in a brief."""
        with self._connection:
            self._set_within(brief_id, "heard_s", heard_s)

    def _set_within(self, brief_id: int, key: _Key, values: Mapping[int, Any]) -> dict[int, Any]:
        """Set what a brief holds of tracks; return what it held before of those that are there."""
        before = {}
        for track_id, value in values.items():
            found = self._of_brief(brief_id, key, track_id)
            if found is not None:
                before[track_id] = found[0]
                self._connection.execute(
                    f"""INSERT INTO brief_tracks (brief_id, track_id, {key}) VALUES (?, ?, ?)
                        ON CONFLICT (brief_id, track_id) DO UPDATE SET {key} = excluded.{key}""",
                    (brief_id, track_id, value),
                )
        return before

    def _of_brief(self, brief_id: int, key: _Key, track_id: int) -> tuple[Any] | None:
        """Return what a brief holds of a track; None where either of them is not there any more."""
        found: tuple[Any] | None = self._connection.execute(
            f"""SELECT coalesce(brief_tracks.{key}, {_NOTHING[key]}) FROM tracks JOIN briefs ON briefs.id = ?
                LEFT JOIN brief_tracks ON track_id = tracks.id AND brief_id = briefs.id WHERE tracks.id = ?""",
            (brief_id, track_id),
        ).fetchone()
        return found

    def _identity(self, brief_id: int | None) -> tuple[str, str] | None:
        """Return a brief's uid and name, which tell it in another catalogue."""
        brief = None if brief_id is None else self._briefs.get(brief_id)
        return None if brief is None else (brief.uid, brief.name)

    def _track(self, track_id: int, row: tuple[Any, ...], tags: tuple[Tag, ...]) -> Track:
        folder_id, name, title, artist, comment, duration_s, bpm, is_estimated, loudness, gone, unreadable = row
        (mark,) = self._of_brief(self._briefs.last_open(), "mark", track_id) or (0,)
        path = Path(self._folders.roots()[folder_id] + os.fsdecode(name))
        return Track(
            id=track_id,
            path=path,
            title=title or path.stem,
            artist=artist,
            comment=comment,
            duration_s=duration_s,
            bpm=bpm,
            bpm_is_estimated=bool(is_estimated),
            loudness_lufs=loudness,
            mark=MARK_NAMES[mark],
            is_missing=bool(gone),
            unreadable_because=Refusal.parse(unreadable) if unreadable else None,
            tags=tags,
        )
