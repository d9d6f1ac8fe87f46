"""The catalogue file itself: opened, brought up to date, checked, copied."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.old_reasons import as_stored
from bgm_finder.catalogue.text_folding import search_words, title_key
from bgm_finder.drafts import draft_of
from bgm_finder.reasons import FileError, Reason

_WAIT_S = 15.0
"""How long a writer waits for another one before it gives up."""
_ASKED_EVERY_S = 0.01
"""How often it is asked whether a look at the whole file is enough."""
_LEAST_ROOM = 128 * 1024
"""SQLite needs as much for the log beside a catalogue."""
_OUR_TABLES = {"folders", "tracks", "track_tags", "state"}
"""Some that every version has."""


class CatalogueError(FileError):
    """A catalogue file that cannot be used, and why."""

    kind = "catalogue"


class NewerCatalogue(CatalogueError):  # noqa: N818 - nothing is broken: a newer program made it
    """The file was written by a newer version of the program."""


class DamagedCatalogue(CatalogueError):  # noqa: N818 - named after what the user has
    """The file is no catalogue, or its contents are broken."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open or make the catalogue file and bring its tables up to date; use it in this thread only.

    Raises CatalogueError where it cannot be opened, is damaged, or comes from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level="IMMEDIATE")
    except (OSError, sqlite3.OperationalError) as error:
        raise _unusable(path, Reason.CANNOT_BE_OPENED, error) from error
    try:
        _prepare(connection, path)
    except (sqlite3.DatabaseError, CatalogueError) as error:
        connection.close()
        raise explained(path, error) or error from error
    return connection


def integrity_complaints(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite's own thorough check finds wrong; empty where all is well. Reads the whole file."""
    try:
        found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:  # too broken for the check itself
        return [str(error)]
    return found + [f"{table}: row {row} belongs to nothing in {parent}" for table, row, parent, _ in strays]


def quick_complaints(connection: sqlite3.Connection, is_enough: Callable[[], bool]) -> list[str]:
    """Return what a look at every page finds wrong; empty where all is well, or where the look was cut short."""
    try:
        with _cut_short(connection, is_enough):
            return [text for (text,) in connection.execute("PRAGMA quick_check") if text != "ok"]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return []
        raise
    except sqlite3.DatabaseError as error:
        return [str(error)]


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the catalogue as it is now, also while others write; the target is replaced only by a whole copy."""
    with draft_of(target) as draft, closing(sqlite3.connect(draft)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it


def suspect(path: Path) -> None:
    """Note that the catalogue was found damaged while it was in use, so that the next start looks thoroughly."""
    with suppress(OSError):  # the disk may be the reason
        suspicion_of(path).touch()


def suspicion_of(path: Path) -> Path:
    """Return the file whose being there says that a catalogue was found damaged."""
    return path.with_name(f"{path.stem}.suspect")


def explained(path: Path, error: BaseException | None) -> CatalogueError | None:
    """Return what a database error means to the user; None for other errors and for bugs of ours."""
    if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
        return _unusable(path, Reason.CANNOT_BE_USED, error)
    if type(error) is sqlite3.DatabaseError:
        return DamagedCatalogue(path, Reason.DAMAGED_CATALOGUE, error=error)
    return None


@contextmanager
def _cut_short(connection: sqlite3.Connection, is_enough: Callable[[], bool]) -> Iterator[None]:
    """Interrupt a query once it is enough: from another thread, as to SQLite a check is a single step."""
    is_over = Event()

    def watch() -> None:
        while not is_over.wait(_ASKED_EVERY_S):
            if is_enough():
                connection.interrupt()

    watcher = Thread(target=watch, name="look")
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _unusable(path: Path, reason: Reason, error: Exception) -> CatalogueError:
    obstacle = _obstacle(path)
    return CatalogueError(path, reason, error=error) if obstacle is None else CatalogueError(path, obstacle)


def _obstacle(path: Path) -> Reason | None:
    """Return what SQLite's "unable to open" or "disk I/O error" comes from, where the place of the file tells it."""
    folder = path.parent
    with suppress(OSError):  # a share that has gone answers nothing
        if path.is_dir():
            return Reason.IS_FOLDER
        if not folder.is_dir():
            return Reason.NO_FOLDER
        if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
            return Reason.READ_ONLY
        if shutil.disk_usage(folder).free < _LEAST_ROOM:
            return Reason.DISK_FULL
    return None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    _add_functions(connection)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise NewerCatalogue(path, Reason.NEWER_VERSION)
    if (tables or version) and not (version and tables >= _OUR_TABLES):  # many programs count versions like we do
        raise CatalogueError(path, Reason.OTHER_PROGRAM)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a committed edit outlives a power cut
    if 0 < version < len(MIGRATIONS):
        kept = path.with_name(f"{path.stem}.version{version}.backup{path.suffix}")
        back_up(connection, kept)
        _try_on_copy(kept, path)
    if version < len(MIGRATIONS):
        _migrate(connection)


def _try_on_copy(kept: Path, path: Path) -> None:
    """Bring a copy up to date before the catalogue itself; raises CatalogueError where that fails."""
    trial = kept.with_name(kept.name + ".trial")
    shutil.copyfile(kept, trial)
    try:
        with closing(sqlite3.connect(trial, isolation_level="IMMEDIATE")) as connection:
            _add_functions(connection)
            _migrate(connection)
            complaints = integrity_complaints(connection)
    except sqlite3.DatabaseError as error:
        complaints = [str(error)]
    finally:
        trial.unlink()
    if complaints:
        raise CatalogueError(path, Reason.CANNOT_BE_MIGRATED, error=complaints[0])


def _add_functions(connection: sqlite3.Connection) -> None:
    connection.create_function("search_words", -1, search_words, deterministic=True)
    connection.create_function("title_key", 3, title_key, deterministic=True)
    connection.create_function("reason_of_sentence", 1, as_stored, deterministic=True)


def _migrate(connection: sqlite3.Connection) -> None:
    """Run the missing steps; a second process waits and finds them done."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            for statement in _statements(script):  # executescript would commit half-way
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")  # a pragma takes no parameter


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; a trigger holds semicolons of its own."""
    statement = ""
    for piece in script.rstrip().rstrip(";").split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
