"""The briefs that the catalogue holds: what an editor works on, each with marks and notes of its own."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MARK_NAMES
from bgm_finder.track import BriefTrack

NOTHING_KEPT = "{}"
"""The content of a brief that was never kept."""
_ROW = "SELECT id, uid, name, is_open, content FROM briefs"


@dataclass(frozen=True, slots=True)
class StoredBrief:
    """One brief as the catalogue keeps it."""

    id: int
    uid: str
    """The same in every catalogue and file that holds the brief."""
    name: str
    """Empty until the user names it."""
    is_open: bool = True
    content: str = NOTHING_KEPT
    """A JSON object, whose meaning is no affair of the catalogue."""


@dataclass(frozen=True, slots=True)
class BriefEdit:
    """Briefs that are to be named otherwise, taken away, or brought back; what Briefs.edit gives back undoes it."""

    names: Mapping[int, str] = field(default_factory=dict)
    """By brief."""
    removed: tuple[int, ...] = ()
    restored: tuple[tuple[StoredBrief, Mapping[int, BriefTrack]], ...] = ()
    """With what each holds of the tracks."""

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.removed or self.restored)


class Briefs:
    """Read and write briefs; there is always one that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> list[StoredBrief]:
        """Return all briefs, those that are open first, and the one that was shown last before the others."""
        return [_stored(row) for row in self._connection.execute(f"{_ROW} ORDER BY is_open DESC, opened DESC, id DESC")]

    def get(self, brief_id: int) -> StoredBrief | None:
        """Return one brief, or None where it is not there any more."""
        row = self._connection.execute(f"{_ROW} WHERE id = ?", (brief_id,)).fetchone()
        return None if row is None else _stored(row)

    def with_uid(self, uid: str) -> StoredBrief | None:
        """Return the brief that has this uid in every catalogue and file."""
        row = self._connection.execute(f"{_ROW} WHERE uid = ?", (uid,)).fetchone()
        return None if row is None else _stored(row)

    def last_open(self) -> int:
        """Return the brief that was shown last and is still open, or else was shown last."""
        row = self._connection.execute(
            "SELECT id FROM briefs ORDER BY is_open DESC, opened DESC, id DESC LIMIT 1"
        ).fetchone()
        return 0 if row is None else int(row[0])  # there is always one, unless a disk or a program has changed it

    def add(self, name: str = "", content: str = NOTHING_KEPT, uid: str = "") -> int:
        """Add a brief that is open, and return its number. uid: one of its own where it is empty."""
        with self._connection:
            return self.add_within(name, content, uid)

    def add_within(self, name: str, content: str = NOTHING_KEPT, uid: str = "") -> int:
        """Add a brief inside a transaction of the caller, and return its number."""
        cursor = self._connection.execute(
            "INSERT INTO briefs (uid, name, content) VALUES (?, ?, ?)", (uid or uuid4().hex, name, content)
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def show(self, brief_id: int) -> None:
        """Note that a brief is open, and was shown last."""
        with self._connection:
            self._connection.execute(
                "UPDATE briefs SET is_open = 1, opened = 1 + (SELECT max(opened) FROM briefs) WHERE id = ?", (brief_id,)
            )

    def close(self, brief_id: int) -> None:
        """Note that a brief is not worked on for now."""
        with self._connection:
            self._connection.execute("UPDATE briefs SET is_open = 0 WHERE id = ?", (brief_id,))

    def store(self, brief_id: int, content: str) -> None:
        """Keep what a brief consists of, besides its tracks."""
        with self._connection:
            self._connection.execute("UPDATE briefs SET content = ? WHERE id = ?", (content, brief_id))

    def tracks(self, brief_id: int) -> dict[int, BriefTrack]:
        """Return what a brief holds of the tracks, by track."""
        found = self._connection.execute(
            "SELECT track_id, mark, heard_s, note FROM brief_tracks WHERE brief_id = ?", (brief_id,)
        )
        return {track_id: BriefTrack(MARK_NAMES[mark], heard_s, note) for track_id, mark, heard_s, note in found}

    def put_tracks(self, brief_id: int, tracks: Mapping[int, BriefTrack]) -> None:
        """Keep what a brief holds of the tracks; those that the catalogue does not know are left out."""
        with self._connection:
            self._put_within(brief_id, tracks)

    def edit(self, edit: BriefEdit) -> BriefEdit:
        """Name briefs otherwise, take them away or bring them back, all or none; return what undoes that."""
        with self._connection:
            names = {brief_id: self._rename_within(brief_id, name) for brief_id, name in edit.names.items()}
            restored = tuple(pair for brief_id in edit.removed for pair in self._remove_within(brief_id))
            removed = tuple(self._restore_within(*pair) for pair in edit.restored)
            if not self.last_open():
                self.add_within("")
        return BriefEdit({i: name for i, name in names.items() if name is not None}, removed, restored)

    def _rename_within(self, brief_id: int, name: str) -> str | None:
        before = self.get(brief_id)
        self._connection.execute("UPDATE briefs SET name = ? WHERE id = ?", (name, brief_id))
        return None if before is None else before.name

    def _remove_within(self, brief_id: int) -> list[tuple[StoredBrief, Mapping[int, BriefTrack]]]:
        brief, tracks = self.get(brief_id), self.tracks(brief_id)
        self._connection.execute("DELETE FROM briefs WHERE id = ?", (brief_id,))
        return [] if brief is None else [(brief, tracks)]

    def _restore_within(self, brief: StoredBrief, tracks: Mapping[int, BriefTrack]) -> int:
        self._connection.execute(
            "INSERT OR IGNORE INTO briefs (id, uid, name, is_open, content) VALUES (?, ?, ?, ?, ?)",
            (brief.id, brief.uid, brief.name, brief.is_open, brief.content),
        )
        self._put_within(brief.id, tracks)
        return brief.id

    def _put_within(self, brief_id: int, tracks: Mapping[int, BriefTrack]) -> None:
        self._connection.executemany(
            """INSERT OR REPLACE INTO brief_tracks (brief_id, track_id, mark, heard_s, note)
                SELECT ?, id, ?, ?, ? FROM tracks WHERE id = ?""",
            [(brief_id, MARK_CODES[track.mark], track.heard_s, track.note, i) for i, track in tracks.items()],
        )


def _stored(row: tuple[int, str, str, int, str]) -> StoredBrief:
    brief_id, uid, name, is_open, content = row
    return StoredBrief(brief_id, uid, name, bool(is_open), content)
