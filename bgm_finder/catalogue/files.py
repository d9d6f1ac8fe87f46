"""The files behind the tracks: what the last scan found of them."""

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.moves import FoundFile, KnownFile
from bgm_finder.catalogue.precedence import REFOLD
from bgm_finder.catalogue.remembered import Remembered, remembered_below
from bgm_finder.reasons import Refusal

_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
"""As os.fsdecode has them, which takes twice as long."""


class Files:
    """Read and write the file side of the tracks; each call that writes is one transaction."""

    def __init__(self, connection: sqlite3.Connection, folders: Folders) -> None:
        self._connection = connection
        self._folders = folders

    def known(self, folder: Path | None = None) -> list[KnownFile]:
        """Return the files that the catalogue knows, all or those below a folder."""
        prefix = "" if folder is None else _prefix(folder)
        return [file for file in self._known() if file.path.startswith(prefix)]

    def remembered(self, folder: Path) -> Remembered:
        """Return the same of those below a folder, as a scan compares it."""
        return remembered_below(self._connection, self._folders, folder)

    def known_outside(self, folder: Path) -> list[KnownFile]:
        """Return the files that the catalogue knows, but for those below a folder."""
        prefix = _prefix(folder)
        return [file for file in self._known() if not file.path.startswith(prefix)]

    def count_present(self, folder: Path) -> int:
        """Return how many tracks below a folder were there at the last scan."""
        counts = [
            self._connection.execute(
                "SELECT count(*) FROM tracks WHERE +folder_id = ? AND NOT is_missing AND substr(name, 1, ?) = ?",
                (folder_id, len(within), within),
            ).fetchone()
            for folder_id, _, within in self._folders.meeting(folder)
        ]
        return sum(count for (count,) in counts)

    def unreadable(self, folder: Path) -> list[tuple[Path, Refusal]]:
        """Return the files below a folder that are there and cannot be read, and why."""
        prefix, roots = _prefix(folder), self._folders.roots()
        rows = self._connection.execute(
            """SELECT folder_id, name, unreadable_because FROM tracks
                WHERE unreadable_because != '' AND NOT is_missing ORDER BY id"""
        )
        found = [(roots[folder_id] + os.fsdecode(name), text) for folder_id, name, text in rows]
        return [(Path(path), Refusal.parse(text)) for path, text in found if path.startswith(prefix)]

    def add(self, files: Iterable[FoundFile]) -> list[int]:
        """Add the files found in added folders; return the ids of the new tracks, not of those known meanwhile."""
        ids = []
        with self._connection:
            for file in files:
                cursor = self._connection.execute(
                    "INSERT OR IGNORE INTO tracks (folder_id, name, size, mtime_ns, format) VALUES (?, ?, ?, ?, ?)",
                    (*self._place(file), file.size, file.mtime_ns, format_of(file.path)),
                )
                if not cursor.rowcount:  # another run of the program was quicker
                    continue
                assert cursor.lastrowid is not None
                self._connection.execute(REFOLD, (cursor.lastrowid,))
                self._take_stream_over(cursor.lastrowid, file)
                ids.append(cursor.lastrowid)
        return ids

    def move(self, track_id: int, file: FoundFile) -> None:
        """Note that a track's file lies elsewhere now; all else stays."""
        with self._connection:
            self._connection.execute(
                """UPDATE tracks SET folder_id = ?, name = ?, size = ?, mtime_ns = ?, format = ?, is_missing = 0
                    WHERE id = ?""",
                (*self._place(file), file.size, file.mtime_ns, format_of(file.path), track_id),
            )
            self._connection.execute(REFOLD, (track_id,))

    def renew(self, track_id: int, file: FoundFile) -> None:
        """Note that a file's contents changed: what was measured is forgotten; tags and marks stay."""
        with self._connection:
            self._connection.execute(
                """UPDATE tracks SET size = ?, mtime_ns = ?, content_hash = NULL, full_hash = NULL, is_missing = 0
                    WHERE id = ?""",
                (file.size, file.mtime_ns, track_id),
            )
            self.forget_measured_within(track_id)

    def forget_measured_within(self, track_id: int) -> None:
        """Forget, inside a transaction of the caller, what was measured of a track: both passes do it again."""
        self._connection.execute(
            """UPDATE tracks SET is_whole_read = 0, unreadable_because = '', loudness_lufs = NULL, estimated_bpm = NULL
                WHERE id = ?""",
            (track_id,),
        )
        for table in ("vectors", "pictures", "sections"):
            self._connection.execute(f"DELETE FROM {table} WHERE track_id = ?", (track_id,))

    def set_missing(self, track_ids: Iterable[int], is_missing: bool) -> None:
        """Note that files are gone, or are back."""
        with self._connection:
            self._connection.executemany(
                "UPDATE tracks SET is_missing = ? WHERE id = ?", [(is_missing, track_id) for track_id in track_ids]
            )

    def alike(self) -> list[int]:
        """Return the tracks that a quick hash cannot tell apart and that have no full one yet."""
        rows = self._connection.execute(
            """SELECT id FROM tracks WHERE full_hash IS NULL AND NOT is_missing AND content_hash IN
                (SELECT content_hash FROM tracks GROUP BY content_hash HAVING count(*) > 1)"""
        )
        return [track_id for (track_id,) in rows]

    def store_full_hash(self, track_id: int, digest: bytes) -> None:
        """Keep the hash of all bytes of a file."""
        with self._connection:
            self._connection.execute("UPDATE tracks SET full_hash = ? WHERE id = ?", (digest, track_id))

    def path(self, track_id: int) -> Path | None:
        """Return where a track's file lies."""
        row = self._connection.execute("SELECT folder_id, name FROM tracks WHERE id = ?", (track_id,)).fetchone()
        return None if row is None else Path(self._folders.roots()[row[0]] + os.fsdecode(row[1]))

    def paths(self) -> dict[int, Path]:
        """Return where the files of all tracks lie."""
        roots = self._folders.roots()
        rows = self._connection.execute("SELECT id, folder_id, name FROM tracks")
        return {track_id: Path(roots[folder_id] + os.fsdecode(name)) for track_id, folder_id, name in rows}

    def id_at(self, path: Path) -> int | None:
        """Return the track whose file lies at a path."""
        place = self._folders.split(path.absolute()) or self._folders.split(path.resolve())
        if place is None:
            return None
        row = self._connection.execute("SELECT id FROM tracks WHERE folder_id = ? AND name = ?", place).fetchone()
        return None if row is None else int(row[0])

    def _take_stream_over(self, track_id: int, file: FoundFile) -> None:
        """Keep the sound stream that was chosen for a file before it became a track."""
        path = os.fsencode(file.path)
        self._connection.execute(
            "INSERT INTO sound_streams (track_id, stream) SELECT ?, stream FROM reference_streams WHERE path = ?",
            (track_id, path),
        )
        self._connection.execute("DELETE FROM reference_streams WHERE path = ?", (path,))

    def _known(self) -> Iterator[KnownFile]:
        roots = self._folders.roots()
        rows = self._connection.execute(
            "SELECT id, folder_id, name, size, mtime_ns, content_hash, full_hash, is_missing FROM tracks"
        )
        for track_id, folder_id, name, size, mtime_ns, quick, full, gone in rows:
            path = roots[folder_id] + name.decode(_ENCODING, _ERRORS)
            yield KnownFile(track_id, path, size, mtime_ns, quick, full, bool(gone))

    def _place(self, file: FoundFile) -> tuple[int, bytes]:
        place = self._folders.split(Path(file.path))
        if place is None:
            raise ValueError(f"{file.path} lies in no added folder")
        return place


def _prefix(folder: Path) -> str:
    return os.fsdecode(os.fsencode(folder.as_posix()).rstrip(b"/") + b"/")


def format_of(path: str) -> str:
    """Return the format of a file's name, such as wav."""
    return PurePosixPath(path).suffix.lower().removeprefix(".")
