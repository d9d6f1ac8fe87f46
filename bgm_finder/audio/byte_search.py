"""Where a mark stands in a file, read in chunks: a file that shrinks or vanishes meanwhile is an OSError or its end."""

from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 20


def places_of(mark: bytes, file: BinaryIO, start: int = 0) -> Iterator[int]:
    """Yield the bytes at which the mark begins, from start on; the file must not be moved meanwhile."""
    file.seek(start)
    at, kept = start, b""
    while chunk := file.read(_CHUNK):
        stored = kept + chunk
        found = stored.find(mark)
        while found >= 0:
            yield at + found
            found = stored.find(mark, found + 1)
        kept = stored[max(0, len(stored) - len(mark) + 1) :]
        at += len(stored) - len(kept)


def first_place(mark: bytes, file: BinaryIO, start: int = 0) -> int | None:
    """Return the first byte from start on at which the mark begins; None where it stands nowhere."""
    return next(places_of(mark, file, start), None)
