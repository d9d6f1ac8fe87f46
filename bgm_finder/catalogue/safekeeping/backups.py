"""Whole copies of the catalogue, the last one of each of the latest days, in a folder beside it."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bgm_finder.catalogue.changes import Changes
from bgm_finder.catalogue.database import back_up, integrity_complaints
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.drafts import draft_of

_DAYS = 3
_NAME = re.compile(r"(\d+) of (\d{4}-\d\d-\d\d)\.sqlite")
"""The number counts on, so that the newest one is known although the clock may have jumped."""
_SPARE = 2
"""A copy is made where the disk holds so many of its size."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the catalogue."""

    path: Path
    number: int
    day: date

    @property
    def made(self) -> datetime:
        """When it was made, by the clock of then."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)


def folder_of(catalogue: Path) -> Path:
    """Return the folder of a catalogue's backups."""
    return catalogue.with_name(f"{catalogue.stem}.backups")


def backups_of(catalogue: Path) -> list[Backup]:
    """Return a catalogue's backups, the newest first."""
    folder = folder_of(catalogue)
    found = [backup for path in folder.iterdir() if (backup := _backup_at(path))] if folder.is_dir() else []
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def is_due(catalogue: Path, every: timedelta) -> bool:
    """Whether the last backup is so old, or there is none."""
    kept = backups_of(catalogue)
    # a clock that jumped must not keep the next backup waiting for years
    return not kept or abs(datetime.now(UTC) - kept[0].made) >= every


def is_in_backup(connection: sqlite3.Connection, catalogue: Path) -> bool:
    """Whether nothing has changed since the last backup."""
    kept = backups_of(catalogue)
    if not kept:
        return False
    try:
        with closing(_read_only(kept[0].path)) as backup:
            return Changes(backup).stamp() == Changes(connection).stamp()
    except sqlite3.DatabaseError:  # damaged, or of an older version
        return False


def make_backup(connection: sqlite3.Connection, catalogue: Path) -> Backup | None:
    """Copy the catalogue and let go of the oldest copies; None where the disk has no room to spare.

    Raises OSError or sqlite3.OperationalError where the copy cannot be written; those before it stay then.
    """
    folder = folder_of(catalogue)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < _SPARE * catalogue.stat().st_size:
        return None
    kept = backups_of(catalogue)
    number, today = (kept[0].number + 1 if kept else 1), datetime.now(UTC).date()
    path = folder / f"{number} of {today}.sqlite"
    back_up(connection, path)
    backup = Backup(path, number, today)
    for old in _spent([backup, *kept]):
        old.path.unlink(missing_ok=True)
    return backup


def is_whole(backup: Path) -> bool:
    """Whether a copy passes SQLite's thorough check and is one that this version can open."""
    try:
        with closing(_read_only(backup)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return 0 < version <= len(MIGRATIONS) and not integrity_complaints(connection)
    except sqlite3.DatabaseError:
        return False


def copy_of(backup: Backup, target: Path) -> None:
    """Put a copy of a backup where the catalogue was, whole or not at all."""
    with draft_of(target) as draft:
        shutil.copyfile(backup.path, draft)


def _backup_at(path: Path) -> Backup | None:
    name = _NAME.fullmatch(path.name)
    try:
        return None if name is None else Backup(path, int(name[1]), date.fromisoformat(name[2]))
    except ValueError:  # someone named it after a day that no month has
        return None


def _spent(kept: list[Backup]) -> list[Backup]:
    """Return those that are not the newest of one of the latest days."""
    newest: dict[date, Backup] = {}
    for backup in kept:
        newest.setdefault(backup.day, backup)
    good = list(newest.values())[:_DAYS]
    return [backup for backup in kept if backup not in good]


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
