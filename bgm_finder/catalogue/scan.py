"""A folder as it is now, against what is known of it: new, changed, moved, missing and returned files."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.folder_look import Look, look_at, shown_place
from bgm_finder.catalogue.folders import stored
from bgm_finder.catalogue.moves import FoundFile, KnownFile, find_moves
from bgm_finder.catalogue.remembered import Remembered, Row
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.reasons import Reason, Refusal, system_refusal

_AT_ONCE = 32
"""Folders that are asked about together: to hand each over by itself takes as long as to look at some files."""


@dataclass(slots=True)
class Scan:
    """What a scan found."""

    new: list[FoundFile] = field(default_factory=list)
    changed: list[tuple[KnownFile, FoundFile]] = field(default_factory=list)
    moved: list[tuple[KnownFile, FoundFile]] = field(default_factory=list)
    missing: list[KnownFile] = field(default_factory=list)
    """Files that were there at the last scan and are gone."""
    returned: list[KnownFile] = field(default_factory=list)
    unreadable: list[tuple[str, Refusal]] = field(default_factory=list)
    """Folders and files that could not be looked at, and why."""
    passed_over: list[str] = field(default_factory=list)
    """Folders of trash, snapshots and caches, which were not looked into."""
    other_endings: Counter[str] = field(default_factory=Counter)
    """How many files have each ending that was not looked for; the endings in small letters, with their dot."""


def scan(
    folder: Path,
    known: Remembered,
    suffixes: frozenset[str],
    drives: Drives,
    elsewhere: Callable[[], Iterable[KnownFile]] = tuple,
) -> Scan:
    """Compare all files below a folder that end in one of the suffixes with what is remembered of it.

    elsewhere: gives tracks of other folders, whose files may have moved here; asked only where files are new.
    Hidden files and folders are passed over, and trash, snapshots and caches below the folder, whose tracks of an
    earlier scan are missing then; links are followed but never in a circle. Files below a folder that is there but
    could not be read, or does not answer, are not taken for missing. Raise Cancelled; drives, those of the job, are
    asked for it at least once a folder.
    """
    result = Scan()
    root = os.fsdecode(stored(folder) + b"/")
    gone = dict(known.rows)
    for name, file in _differences(root, gone, suffixes, result, drives):
        row = gone.pop(name, None)
        old = None if row is None else known.file(row, file.path)
        if old is None:
            result.new.append(file)
        elif (old.size, old.mtime_ns) != (file.size, file.mtime_ns):
            result.changed.append((old, file))
        elif old.is_missing:
            result.returned.append(old)
    shut = tuple(path.rstrip("/\\") for path, why in result.unreadable if why.reason != Reason.NOT_THERE)
    lost = [(root + os.fsdecode(name), row) for name, row in gone.items()]
    files = [known.file(row, path) for path, row in lost if not _is_below(path, shut)]
    _note_moves(result, files, elsewhere, drives)
    return result


def _differences(
    root: str,
    gone: dict[bytes, Row],
    suffixes: frozenset[str],
    result: Scan,
    drives: Drives,
) -> Iterator[tuple[bytes, FoundFile]]:
    """Yield the files that are not as they are remembered, by their names below the root; take all others out."""
    visited: set[tuple[int, int]] = set()
    waiting = [b""]
    while waiting:
        drives.check()
        some = [waiting.pop() for _ in range(min(len(waiting), _AT_ONCE))]
        looks = [Look(os.fsencode(root) + below, below) for below in some]
        reached = next((at for at, look in enumerate(looks) if not drives.reaches(look.place)), len(looks))
        answered = _ask(drives, looks[:reached], gone, suffixes, visited)
        for look in looks[:answered]:
            if look.error is not None:
                result.unreadable.append((_without_slash(look.place), system_refusal(look.error)))
                continue
            for name in look.same:
                del gone[name]
            waiting += look.folders
            result.unreadable += look.unreadable
            result.passed_over += look.passed_over
            result.other_endings += look.other_endings
            yield from look.found
        if answered < len(looks):
            result.unreadable.append((_without_slash(looks[answered].place), Refusal(Reason.NO_ANSWER)))
            waiting += some[answered + 1 :]
            visited = set(visited)  # the other one is in the hands of the thread that was left behind


def _ask(
    drives: Drives, looks: list[Look], gone: dict[bytes, Row], suffixes: frozenset[str], visited: set[tuple[int, int]]
) -> int:
    """Return how many of the looks are done: all, or those before the first one that is not answered."""
    if looks:
        question = partial(look_at, looks, gone, suffixes, visited)
        try:
            drives.call(Path(os.fsdecode(looks[0].place)), question, lambda: sum(look.progress() for look in looks))
        except NoAnswer:
            return next((at for at, look in enumerate(looks) if not look.is_done), len(looks))
    return len(looks)


def _without_slash(place: bytes) -> str:
    return shown_place(place.rstrip(b"/") or b"/")


def _is_there(path: str, drives: Drives) -> bool:
    try:
        return drives.call(Path(path), Path(path).exists)
    except OSError:  # in a folder that cannot be looked into, or does not answer
        return True


def _is_below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _note_moves(
    result: Scan, lost: list[KnownFile], elsewhere: Callable[[], Iterable[KnownFile]], drives: Drives
) -> None:
    """Take from the new files those that a lost track moved to; the rest of the lost is missing."""
    sizes = {found.size for found in result.new}
    left = [file for file in (elsewhere() if sizes else ()) if file.size in sizes and not _is_there(file.path, drives)]
    result.moved = find_moves(result.new, [*lost, *left], drives)
    taken = {found.path for _, found in result.moved}
    result.new = [found for found in result.new if found.path not in taken]
    moved = {old.track_id for old, _ in result.moved}
    result.missing = [file for file in lost if file.track_id not in moved and not file.is_missing]
