"""Single tracks, whole, and the user's marks on them."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MARK_NAMES
from bgm_finder.catalogue.precedence import BPM, COMMENT, IS_BPM_ESTIMATED, TITLE
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits
from bgm_finder.catalogue.tags import Tags
from bgm_finder.reasons import Refusal
from bgm_finder.track import Mark, Tag, Track

_ONE_TRACK = f"""
    SELECT folder_id, name, {TITLE}, artist, {COMMENT}, duration_s, {BPM}, {IS_BPM_ESTIMATED}, loudness_lufs,
        mark, is_missing, unreadable_because
    FROM tracks WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """Marks to be set, by track; what set_marks gives back undoes it."""

    marks: dict[int, Mark]


class Tracks:
    """Read single tracks and write marks."""

    def __init__(self, connection: sqlite3.Connection, folders: Folders, tags: Tags, hand_edits: HandEdits) -> None:
        self._connection = connection
        self._folders = folders
        self._tags = tags
        self._hand_edits = hand_edits

    def get(self, track_id: int) -> Track | None:
        """Return all that is known of one track."""
        row = self._connection.execute(_ONE_TRACK, (track_id,)).fetchone()
        if row is None:
            return None
        tags = {tagging.tag for tagging in self._tags.of(track_id)}
        return self._track(track_id, row, tuple(sorted(tags)))

    def set_marks(self, edit: MarkEdit) -> MarkEdit:
        """Mark tracks; return the edit that undoes it."""
        with self._connection:
            before = self.set_marks_within(edit)
            self._hand_edits.note_within(marks=[(track_id, edit.marks[track_id]) for track_id in before.marks])
        return before

    def set_marks_within(self, edit: MarkEdit) -> MarkEdit:
        """Mark tracks inside a transaction of the caller; return the edit that undoes it."""
        before: dict[int, Mark] = {}
        for track_id, mark in edit.marks.items():
            row = self._connection.execute("SELECT mark FROM tracks WHERE id = ?", (track_id,)).fetchone()
            if row is not None:
                before[track_id] = MARK_NAMES[row[0]]
                self._connection.execute("UPDATE tracks SET mark = ? WHERE id = ?", (MARK_CODES[mark], track_id))
        return MarkEdit(before)

    def _track(self, track_id: int, row: tuple[Any, ...], tags: tuple[Tag, ...]) -> Track:
        folder_id, name, title, artist, comment, duration_s, bpm, is_estimated, loudness, mark, gone, unreadable = row
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
