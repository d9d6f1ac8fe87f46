"""What one folder holds now, against what is remembered of it: all that a scan asks the file system stands here."""

import os
import re
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.remembered import Row
from bgm_finder.reasons import Reason, Refusal, system_refusal

_PASSED_OVER = frozenset(
    (
        *(b"$recycle.bin", b"recycled", b"#recycle", b"@recycle", b".recycle", b".trash", b".trashes", b"lost+found"),
        *(b"network trash folder", b"temporary items", b".temporaryitems", b"thevolumesettingsfolder"),
        *(b"#snapshot", b"@recently-snapshot", b"@snapshot", b".snapshot", b".snapshots", b"~snapshot", b".zfs"),
        *(b"system volume information", b".spotlight-v100", b".fseventsd", b".documentrevisions-v100"),
        *(b"@eadir", b"@tmp", b"@__thumb", b".@__thumb", b"__macosx", b".appledouble", b".thumbnails"),
        *(b".stversions", b".stfolder", b".sync", b".dropbox.cache", b".tmp.drivedownload", b".tmp.driveupload"),
        *(b"media cache files", b"adobe premiere pro audio previews", b"adobe premiere pro video previews"),
    )
)
"""What systems, servers and programs call their trash, their snapshots and their caches, in small letters."""
_NUMBERED = re.compile(rb"\.trash-.*|found\.\d{3}", re.DOTALL)
"""The trash of one user, and what a repair of a Windows disk found."""
_TRASH_OF_XP = b"RECYCLER"
"""In capitals only: in small letters it may be a band."""


@dataclass(slots=True)
class Look:
    """What one folder holds; filled by a thread that may be left behind with it."""

    place: bytes
    below: bytes
    """Its name below the root, with a slash at its end."""
    is_done: bool = False
    error: OSError | None = None
    same: list[bytes] = field(default_factory=list)
    """Names below the root of files that are as they are remembered."""
    others: list[os.DirEntry[bytes]] = field(default_factory=list)
    folders: list[bytes] = field(default_factory=list)
    found: list[tuple[bytes, FoundFile]] = field(default_factory=list)
    unreadable: list[tuple[str, Refusal]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Folders of trash, snapshots and caches, which are not looked into."""
    other_endings: Counter[str] = field(default_factory=Counter)
    """How many files have each ending that is not looked for."""

    def progress(self) -> int:
        """Count what was seen so far."""
        return (
            self.is_done
            + len(self.same)
            + len(self.others)
            + len(self.folders)
            + len(self.found)
            + len(self.unreadable)
        )


def look_at(
    looks: Sequence[Look], gone: dict[bytes, Row], suffixes: frozenset[str], visited: set[tuple[int, int]]
) -> None:
    """Note what some folders hold, one after the other, unless they were visited."""
    for look in looks:
        try:
            _look_at(look, gone, suffixes, visited)
        except OSError as error:
            look.error = error
        look.is_done = True


def _look_at(look: Look, gone: dict[bytes, Row], suffixes: frozenset[str], visited: set[tuple[int, int]]) -> None:
    own = os.stat(look.place)  # noqa: PTH116 - a Path takes longer than the call itself
    if (own.st_dev, own.st_ino) in visited:
        return
    visited.add((own.st_dev, own.st_ino))
    _compare(look, gone)
    below = look.below
    for entry in sorted(look.others, key=lambda entry: entry.name):
        if is_passed_over(entry.name) and _is_folder(entry):
            look.passed_over.append(shown_place(entry.path))
        elif entry.name.startswith(b"."):
            continue
        elif _is_folder(entry):
            look.folders.append(below + entry.name + b"/")
        elif (suffix := _suffix(os.fsdecode(entry.name))) in suffixes:
            _note(look, below, entry)
        else:
            look.other_endings[suffix] += 1


def is_passed_over(name: bytes) -> bool:
    """Return whether a folder of this name holds what was deleted, kept as a snapshot or made by a program."""
    lowered = name.lower()
    return lowered in _PASSED_OVER or _NUMBERED.fullmatch(lowered) is not None or name == _TRASH_OF_XP


def _compare(look: Look, gone: dict[bytes, Row]) -> None:
    """Tell the files that are as they are remembered from what a folder holds beside.

    The one loop that each file of a library goes through at each look: nothing is made or asked here but what tells
    that nothing has changed.
    """
    below, same, others, remembered = look.below, look.same, look.others, gone.get
    with os.scandir(look.place) as entries:
        for entry in entries:
            name = below + entry.name
            row = remembered(name)
            if row is not None:
                try:
                    facts = entry.stat()
                    if row[1] == facts.st_size and row[2] == facts.st_mtime_ns:
                        same.append(name)
                        continue
                except OSError:  # it is reported with the others
                    pass
            others.append(entry)


def _suffix(name: str) -> str:
    """Return a name's ending in small letters, many times quicker than pathlib does."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere, or round in a circle
        return False


def _note(look: Look, below: bytes, entry: os.DirEntry[bytes]) -> None:
    path = shown_place(entry.path)
    try:
        facts = entry.stat()
    except OSError as error:
        look.unreadable.append((path, system_refusal(error)))
        return
    if stat.S_ISREG(facts.st_mode):  # reading a pipe or a device might never end
        look.found.append((below + entry.name, FoundFile(path, facts.st_size, facts.st_mtime_ns)))
    else:
        look.unreadable.append((path, Refusal(Reason.NOT_REGULAR)))


def shown_place(place: bytes) -> str:
    """Return a path as the catalogue has it."""
    path = os.fsdecode(place)
    return path if os.sep == "/" else path.replace(os.sep, "/")
