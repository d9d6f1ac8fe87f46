"""Files that are written whole or not at all, and names for them that a file system takes."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MOST_BYTES = 240
"""Common file systems take 255 as one name, of which a draft's ending needs some."""


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Return a file to write into, which takes the target's place at the end; nothing is left of it where that fails.

    What is no file, such as a pipe or a terminal, is written into itself; a link stays and leads to the new file. An
    OSError on the way names the target, not the draft.
    """
    if target.exists() and not target.is_file():
        with _named(target):
            yield target
        return
    place = Path(os.path.realpath(target))
    draft = place.with_name(place.name + ".unfinished")
    try:
        with _named(target):
            draft.unlink(missing_ok=True)  # of a process that was killed
            yield draft
            with draft.open("rb+") as file:
                os.fsync(file.fileno())  # else a power cut may leave the name with nothing behind it
            draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def fitting(stem: str, ending: str) -> str:
    """Return the name of both parts, the stem cut where a file system would refuse the whole."""
    room = _MOST_BYTES - len(os.fsencode(ending))
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return stem + ending


def require_place(target: Path) -> None:
    """Raise OSError where no file can be written at a place: to be asked before the work, not after it."""
    folder = Path(os.path.realpath(target)).parent
    reason = None
    if target.is_dir():
        reason = errno.EISDIR
    elif not folder.is_dir():
        reason = errno.ENOENT
    elif not os.access(folder, os.W_OK):
        reason = errno.EACCES
    if reason is not None:
        raise OSError(reason, os.strerror(reason), str(target))


@contextmanager
def _named(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
