"""What the catalogue remembers of the files below a folder: bare rows, as an object a file would take longer to make
than a file takes to look at that has not changed."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.moves import KnownFile

Row = tuple[bytes, int, int, int]
"""Name below its added folder, size (-1 of a missing file), time of the last change in nanoseconds, track."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The known files below a folder."""

    rows: dict[bytes, Row] = field(default_factory=dict)
    """By the name below the folder, with slashes, as the file system has it."""
    _connection: sqlite3.Connection | None = None

    def file(self, row: Row, path: str) -> KnownFile:
        """Return all that is known of a file at a path; asks the catalogue, as few files need more than their row."""
        assert self._connection is not None
        track_id = row[3]
        size, mtime_ns, quick, full, is_missing = self._connection.execute(
            "SELECT size, mtime_ns, content_hash, full_hash, is_missing FROM tracks WHERE id = ?", (track_id,)
        ).fetchone() or (row[1], row[2], None, None, True)  # forgotten meanwhile
        return KnownFile(track_id, path, size, mtime_ns, quick, full, bool(is_missing))


def remembered_below(connection: sqlite3.Connection, folders: Folders, folder: Path) -> Remembered:
    """Return what is remembered of the files below a folder, which may be an added one, hold some, or lie in one."""
    rows: dict[bytes, Row] = {}
    for folder_id, lead, within in folders.meeting(folder):
        # the + keeps SQLite from going by the index, which is no help where most rows are wanted
        found: list[Row] = connection.execute(
            "SELECT name, iif(is_missing, -1, size), mtime_ns, id FROM tracks WHERE +folder_id = ?", (folder_id,)
        ).fetchall()
        if lead or within:
            named = ((row[0], row) for row in found if row[0].startswith(within))
            rows.update((lead + name[len(within) :], row) for name, row in named)
        else:
            rows.update({row[0]: row for row in found})
    return Remembered(rows, connection)
