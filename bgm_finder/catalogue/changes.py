"""Which tracks have changed since when, by whatever program: noted by the database itself."""

import sqlite3

MOST = 20_000
"""Beyond so many it is quicker to read everything again."""


class Changes:
    """Read the notes; a stamp is the number of the last one, and only ever rises."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stamp(self) -> int:
        """Return the number of the last change of all."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
        return 0 if row is None else int(row[0])

    def since(self, stamp: int) -> list[int] | None:
        """Return the tracks that were added, changed or removed after a stamp, ascending; None where they are many."""
        found = self._connection.execute(
            "SELECT track_id FROM changes WHERE stamp > ? LIMIT ?", (stamp, MOST + 1)
        ).fetchall()
        return None if len(found) > MOST else sorted(track_id for (track_id,) in found)
