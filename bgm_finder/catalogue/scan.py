"""A folder as it is now, against what is known of it: new, changed, moved, missing and returned files."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bgm_finder.catalogue.folders import stored
from bgm_finder.catalogue.moves import FoundFile, KnownFile, find_moves
from bgm_finder.catalogue.remembered import Remembered, Row

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
    known: Remembered,
    suffixes: frozenset[str],
    check: Callable[[], None],
    elsewhere: Callable[[], Iterable[KnownFile]] = tuple,
) -> Scan:
    """Compares all files below a folder that end in one of the suffixes with what is remembered of it.

    elsewhere: gives tracks of other folders, whose files may have moved here; asked only where files are new.
    Hidden files and folders are passed over, links are followed but never in a circle. check is called once a folder
    and may raise to stop. Files below a folder that is there but could not be read are not taken for missing.
    """
    result = Scan()
    root = os.fsdecode(stored(folder) + b"/")
    gone = dict(known.rows)
    for name, file in _differences(root, gone, suffixes, check, result):
        row = gone.pop(name, None)
        old = None if row is None else known.file(row, file.path)
        if old is None:
            result.new.append(file)
        elif (old.size, old.mtime_ns) != (file.size, file.mtime_ns):
            result.changed.append((old, file))
        elif old.is_missing:
            result.returned.append(old)
    shut = tuple(path.rstrip("/\\") for path, reason in result.unreadable if reason != _VANISHED)
    lost = [(root + os.fsdecode(name), row) for name, row in gone.items()]
    _note_moves(result, [known.file(row, path) for path, row in lost if not _is_below(path, shut)], elsewhere)
    return result


def _differences(
    root: str, gone: dict[bytes, Row], suffixes: frozenset[str], check: Callable[[], None], result: Scan
) -> Iterator[tuple[bytes, FoundFile]]:
    """Yields the files that are not as they are remembered, by their names below the root; takes all others out."""
    visited: set[tuple[int, int]] = set()
    waiting = [b""]
    while waiting:
        check()
        below = waiting.pop()
        place = os.fsencode(root) + below
        try:
            own = os.stat(place)  # noqa: PTH116 - a Path takes longer than the call itself
            if (own.st_dev, own.st_ino) in visited:
                continue
            visited.add((own.st_dev, own.st_ino))
            others = _others(place, below, gone)
        except OSError as error:
            result.unreadable.append((_shown(place.rstrip(b"/") or b"/"), _reason(error)))
            continue
        for entry in others:
            if entry.name.startswith(b"."):
                continue
            if _is_folder(entry):
                waiting.append(below + entry.name + b"/")
            elif _suffix(os.fsdecode(entry.name)) in suffixes and (file := _found(entry, result)) is not None:
                yield below + entry.name, file


def _others(place: bytes, below: bytes, gone: dict[bytes, Row]) -> list[os.DirEntry[bytes]]:
    """Gives what a folder holds beside the files that are as they are remembered, which it takes out, by name.

    The one loop that each file of a library goes through at each look: nothing is made or asked here but what tells
    that nothing has changed.
    """
    others, remembered = [], gone.get
    with os.scandir(place) as entries:
        for entry in entries:
            name = below + entry.name
            row = remembered(name)
            if row is not None:
                try:
                    facts = entry.stat()
                    if row[1] == facts.st_size and row[2] == facts.st_mtime_ns:
                        del gone[name]
                        continue
                except OSError:  # it is told with the others
                    pass
            others.append(entry)
    return sorted(others, key=lambda entry: entry.name)


def _suffix(name: str) -> str:
    """Gives a name's ending in small letters, many times quicker than pathlib does."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere, or round in a circle
        return False


def _found(entry: os.DirEntry[bytes], result: Scan) -> FoundFile | None:
    path = _shown(entry.path)
    try:
        facts = entry.stat()
    except OSError as error:
        result.unreadable.append((path, _reason(error)))
        return None
    if stat.S_ISREG(facts.st_mode):  # reading a pipe or a device might never end
        return FoundFile(path, facts.st_size, facts.st_mtime_ns)
    result.unreadable.append((path, "is not a regular file"))
    return None


def _shown(place: bytes) -> str:
    path = os.fsdecode(place)
    return path if os.sep == "/" else path.replace(os.sep, "/")


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
