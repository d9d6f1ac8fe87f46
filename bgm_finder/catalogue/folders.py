"""The folders that the user added; one inside another is never kept twice."""

import os
import sqlite3
from pathlib import Path

from bgm_finder.reasons import FileError, Reason


def stored(path: Path) -> bytes:
    """Return a folder's bytes as the catalogue keeps them: without a last slash, so that a name can be joined."""
    return os.fsencode(path.as_posix()).rstrip(b"/")


def shown(root: bytes) -> Path:
    """Return the folder that the catalogue's bytes stand for."""
    return Path(os.fsdecode(root) or "/")


class FolderCannotMove(FileError):  # noqa: N818 - named for what happened
    """A folder that cannot be given another place, and why."""


class Folders:
    """Read and write the added folders."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> list[Path]:
        """Return the added folders in the order of their names."""
        return [shown(root) for (root,) in self._connection.execute("SELECT path FROM folders ORDER BY path")]

    def add(self, folder: Path) -> Path:
        """Add a folder and return the added folder that it belongs to: itself, or one it lies in.

        A folder that holds added ones takes their tracks over.
        """
        root = stored(folder.resolve())
        with self._connection:
            above = self._root_above(root)
            if above is not None:
                return shown(above)
            cursor = self._connection.execute("INSERT INTO folders (path) VALUES (?)", (root,))
            assert cursor.lastrowid is not None
            self._take_over(cursor.lastrowid, root)
        return shown(root)

    def remove(self, folder: Path) -> list[int]:
        """Forget a folder with its tracks and all that hangs on them; return the ids of those tracks."""
        root = stored(folder)
        with self._connection:
            ids = self._connection.execute(
                "SELECT id FROM tracks WHERE folder_id IN (SELECT id FROM folders WHERE path = ?)", (root,)
            ).fetchall()
            self._connection.execute("DELETE FROM folders WHERE path = ?", (root,))
            self._connection.execute(
                """DELETE FROM tag_names WHERE id NOT IN
                    (SELECT name_id FROM track_tags UNION SELECT name_id FROM removed_tags)"""
            )
        return [track_id for (track_id,) in ids]

    def move(self, folder: Path, to: Path) -> int:
        """Note that an added folder lies elsewhere now, with all in it; return how many tracks that are.

        Raises FolderCannotMove where it is none, or where the new place belongs to another added folder.
        """
        old, new = stored(folder), stored(to)
        with self._connection:
            row = self._connection.execute("SELECT id FROM folders WHERE path = ?", (old,)).fetchone()
            if row is None:
                if not (known := self.all()):
                    raise FolderCannotMove(folder, Reason.NO_LIBRARY_FOLDER)
                raise FolderCannotMove(folder, Reason.NOT_A_LIBRARY_FOLDER, folders=", ".join(map(str, known)))
            for (other,) in self._connection.execute("SELECT path FROM folders WHERE id != ?", row):
                if (new + b"/").startswith(other + b"/") or (other + b"/").startswith(new + b"/"):
                    raise FolderCannotMove(to, Reason.OVERLAPS, folder=shown(other))
            self._connection.execute("UPDATE folders SET path = ? WHERE id = ?", (new, *row))
            # so that every track is noted as changed: an open window would go on looking in the old place
            return self._connection.execute("UPDATE tracks SET name = name WHERE folder_id = ?", row).rowcount

    def split(self, path: Path) -> tuple[int, bytes] | None:
        """Return the folder's number and the name below it of a file, or None where no added folder holds it."""
        full = os.fsencode(path.as_posix())
        for folder_id, root in self._connection.execute("SELECT id, path FROM folders"):
            if full.startswith(root + b"/"):
                return folder_id, full[len(root) + 1 :]
        return None

    def meeting(self, folder: Path) -> list[tuple[int, bytes, bytes]]:
        """Return the added folders that a folder is, holds or lies in, each with two beginnings, one or both empty.

        They are that of the added one's names below the folder, and that of the folder's names below the added one.
        """
        place, found = stored(folder) + b"/", []
        for folder_id, path in self._connection.execute("SELECT id, path FROM folders"):
            root = path + b"/"
            if root.startswith(place) or place.startswith(root):
                found.append((folder_id, root[len(place) :], place[len(root) :]))
        return found

    def roots(self) -> dict[int, str]:
        """Return each folder's text by its number, with a slash at its end."""
        found = self._connection.execute("SELECT id, path FROM folders")
        return {folder_id: os.fsdecode(root + b"/") for folder_id, root in found}

    def _root_above(self, root: bytes) -> bytes | None:
        for (other,) in self._connection.execute("SELECT path FROM folders"):
            if (root + b"/").startswith(other + b"/"):
                return bytes(other)
        return None

    def _take_over(self, folder_id: int, root: bytes) -> None:
        for other_id, other in self._connection.execute("SELECT id, path FROM folders").fetchall():
            if other_id != folder_id and other.startswith(root + b"/"):
                # || makes text of bytes that may be none; the cast back leaves them as they are
                self._connection.execute(
                    "UPDATE tracks SET folder_id = ?, name = CAST(? || name AS BLOB) WHERE folder_id = ?",
                    (folder_id, other[len(root) + 1 :] + b"/", other_id),
                )
                self._connection.execute("DELETE FROM folders WHERE id = ?", (other_id,))
