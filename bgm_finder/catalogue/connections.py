"""Connections to catalogue files: one a thread, for threads that answer question after question."""

import logging
import sqlite3
import threading
from pathlib import Path

from bgm_finder.catalogue.database import open_database

_log = logging.getLogger(__name__)

_File = tuple[int, int]


class _Kept:
    """An open connection that waits for its thread's next question; closed with its thread."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.file = _file(path)
        self._connection: sqlite3.Connection | None = connection

    def take(self, path: Path) -> sqlite3.Connection | None:
        """Return the connection, if it is one to this file; close it otherwise."""
        connection, self._connection = self._connection, None
        if connection is None or (self.path, self.file) == (path, _file(path)):
            return connection
        connection.close()
        return None

    def __del__(self) -> None:
        if self._connection is not None:
            self._connection.close()


class _OfThread(threading.local):
    keeps = False
    kept: _Kept | None = None


_thread = _OfThread()


def keep_connections() -> None:
    """Let this thread keep its connection between two uses: opening one costs a hundred times what a query does."""
    _thread.keeps = True


def take_connection(path: Path) -> sqlite3.Connection:
    """Return this thread's kept connection to the catalogue file, or open one; raise CatalogueError.

    While it is taken, another use in this thread opens a second one. One whose file was replaced is not used any more.
    """
    kept, _thread.kept = _thread.kept, None
    return (kept.take(path) if kept is not None else None) or open_database(path)


def give_back(path: Path, connection: sqlite3.Connection) -> None:
    """Keep the connection for this thread's next use, where the thread keeps any; close it otherwise.

    What was committed stays so on a full disk too, where the log cannot be moved into the file: no error is raised.
    """
    try:
        connection.rollback()
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # so that a copy of the file alone is complete
    except sqlite3.Error as error:
        _log.warning("the catalogue's log is kept for the next use: %s", error)
        connection.close()
        return
    if _thread.keeps and _thread.kept is None:
        _thread.kept = _Kept(path, connection)
    else:
        connection.close()


def _file(path: Path) -> _File:
    """Return what distinguishes this file from another one that was put in its place; zeros where there is none."""
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_dev, facts.st_ino
