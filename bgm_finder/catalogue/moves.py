"""Which lost track a new file is: known again by its contents, or by size and time where those were never read."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from bgm_finder.catalogue.content_hash import content_hash, full_hash
from bgm_finder.drives.drives import Drives


class FoundFile(NamedTuple):
    """A sound file as the file system shows it; path as text with surrogate escapes."""

    path: str
    size: int
    mtime_ns: int


class KnownFile(NamedTuple):
    """A track's file as the catalogue remembers it; a tuple, as 600,000 of them are made several times quicker."""

    track_id: int
    path: str
    size: int
    mtime_ns: int
    content_hash: bytes | None = None
    full_hash: bytes | None = None
    is_missing: bool = False


def find_moves(new: list[FoundFile], lost: Iterable[KnownFile], drives: Drives) -> list[tuple[KnownFile, FoundFile]]:
    """Return those lost tracks whose file is one of the new ones, each with it; no track and no file comes twice.

    A file that cannot be read, or does not answer, is known again by its size and time only. Raises Cancelled.
    """
    origins = _Origins(new, lost, drives)
    moves = ((origins.take(found), found) for found in new)
    return [(old, found) for old, found in moves if old is not None]


class _Origins:
    """The lost tracks that have not been found again yet."""

    def __init__(self, new: list[FoundFile], lost: Iterable[KnownFile], drives: Drives) -> None:
        self._drives = drives
        self._sizes: set[int] = set()
        self._by_hash: dict[bytes, list[KnownFile]] = {}
        self._unread: dict[tuple[int, int], list[KnownFile]] = {}
        for file in lost:
            if file.content_hash is None:
                self._unread.setdefault((file.size, file.mtime_ns), []).append(file)
            else:
                self._sizes.add(file.size)
                self._by_hash.setdefault(file.content_hash, []).append(file)
        self._new_alike = Counter((found.size, found.mtime_ns) for found in new)

    def take(self, found: FoundFile) -> KnownFile | None:
        """Return the track that a file was, if there is one and it can be distinguished from others."""
        old = self._by_contents(found) if found.size in self._sizes else None
        return old or self._by_time(found)

    def _by_contents(self, found: FoundFile) -> KnownFile | None:
        path = Path(found.path)
        try:
            alike = self._by_hash.get(self._drives.call(path, partial(content_hash, path)), [])
            if len(alike) > 1:
                digest = full_hash_of(path, self._drives)
                alike = [file for file in alike if file.full_hash == digest]
        except OSError:
            return None  # gone again, or silent; the analysis will say why
        if not alike:
            return None
        name = PurePath(found.path).name
        old = next((file for file in alike if PurePath(file.path).name == name), alike[0])
        assert old.content_hash is not None
        self._by_hash[old.content_hash].remove(old)
        return old

    def _by_time(self, found: FoundFile) -> KnownFile | None:
        """Match tracks that were never analysed or cannot be read: a move keeps the time of the last change."""
        facts = found.size, found.mtime_ns
        alike = self._unread.get(facts, [])
        return alike.pop() if len(alike) == 1 and self._new_alike[facts] == 1 else None


def full_hash_of(path: Path, drives: Drives) -> bytes:
    """Return the hash of all bytes of a file. Raises OSError, also where the file does not answer, and Cancelled."""
    pieces: list[int] = []
    return drives.call(path, partial(full_hash, path, pieces.append), lambda: len(pieces))
