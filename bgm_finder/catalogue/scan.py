"""A folder as it is now, against what is known of it: new, changed, moved, missing and returned files."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bgm_finder.catalogue.moves import FoundFile, KnownFile, find_moves

_VANISHED = "is not there"


@dataclass(slots=True)
class Scan:
    """What a scan found."""

    new: list[FoundFile] = field(default_factory=list)
    changed: list[tuple[KnownFile, FoundFile]] = field(default_factory=list)
    moved: list[tuple[KnownFile, FoundFile]] = field(default_factory=list)
    missing: list[KnownFile] = field(default_factory=list)
    """Files that were there at the last scan and are gone."""
    returned: list[KnownFile] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    """Folders and files that could not be looked at: path and reason."""


def scan(
    folder: Path,
    known: Iterable[KnownFile],
    suffixes: frozenset[str],
    check: Callable[[], None],
    elsewhere: Callable[[], Iterable[KnownFile]] = tuple,
) -> Scan:
    """Compares all files below a folder that end in one of the suffixes with the known ones.

    elsewhere: gives tracks of other folders, whose files may have moved here; asked only where files are new.
    Hidden files and folders are passed over, links are followed but never in a circle. check is called once a folder
    and may raise to stop. Files below a folder that is there but could not be read are not taken for missing.
    """
    result = Scan()
    gone = {file.path: file for file in known}
    for file in _walk(folder, suffixes, check, result):
        old = gone.pop(file.path, None)
        if old is None:
            result.new.append(file)
        elif old.size != file.size or old.mtime_ns != file.mtime_ns:
            result.changed.append((old, file))
        elif old.is_missing:
            result.returned.append(old)
    shut = tuple(path.rstrip("/\\") for path, reason in result.unreadable if reason != _VANISHED)
    lost = [file for file in gone.values() if not _is_below(file.path, shut)]
    _note_moves(result, lost, elsewhere)
    return result


def _walk(folder: Path, suffixes: frozenset[str], check: Callable[[], None], result: Scan) -> Iterator[FoundFile]:
    visited: set[tuple[int, int]] = set()
    waiting = [str(folder)]
    while waiting:
        check()
        place = waiting.pop()
        try:
            own = Path(place).stat()
            if (own.st_dev, own.st_ino) in visited:
                continue
            visited.add((own.st_dev, own.st_ino))
            with os.scandir(place) as entries:
                shown = (entry for entry in entries if not entry.name.startswith("."))
                listed = sorted(shown, key=lambda entry: entry.name)
        except OSError as error:
            result.unreadable.append((place, _reason(error)))
            continue
        for entry in listed:
            if _is_folder(entry):
                waiting.append(entry.path)
            elif _suffix(entry.name) in suffixes and (file := _found(entry, result)) is not None:
                yield file


def _suffix(name: str) -> str:
    """Gives a name's ending in small letters, many times quicker than pathlib does."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere, or round in a circle
        return False


def _found(entry: os.DirEntry[str], result: Scan) -> FoundFile | None:
    try:
        facts = entry.stat()
    except OSError as error:
        result.unreadable.append((entry.path, _reason(error)))
        return None
    if stat.S_ISREG(facts.st_mode):  # reading a pipe or a device might never end
        path = entry.path if os.sep == "/" else entry.path.replace(os.sep, "/")
        return FoundFile(path, facts.st_size, facts.st_mtime_ns)
    result.unreadable.append((entry.path, "is not a regular file"))
    return None


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # in a folder that cannot be looked into
        return True


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _VANISHED
    return f"cannot be looked at ({error.strerror or error})"


def _is_below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _note_moves(result: Scan, lost: list[KnownFile], elsewhere: Callable[[], Iterable[KnownFile]]) -> None:
    """Takes from the new files those that a lost track moved to; the rest of the lost is missing."""
    sizes = {found.size for found in result.new}
    left = [file for file in (elsewhere() if sizes else ()) if file.size in sizes and not _is_there(file.path)]
    result.moved = find_moves(result.new, [*lost, *left])
    taken = {found.path for _, found in result.moved}
    result.new = [found for found in result.new if found.path not in taken]
    moved = {old.track_id for old, _ in result.moved}
    result.missing = [file for file in lost if file.track_id not in moved and not file.is_missing]
