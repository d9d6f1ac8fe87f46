"""Stretches of a file, as a file of their own: so is read what was joined by `cat`, or has chunks out of place."""

import io
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FilePart:
    """Where a stretch lies, in bytes."""

    path: Path
    start: int
    size: int

    def open(self) -> "OpenPart":
        """Open it; who does so closes it. Raises OSError."""
        return OpenPart(self.path, [self])


@dataclass(frozen=True, slots=True)
class SplicedFile:
    """Stretches of one file and bytes of our own between them, one after the other."""

    path: Path
    pieces: tuple[bytes | FilePart, ...]

    @property
    def size(self) -> int:
        return sum(map(piece_size, self.pieces))

    def open(self) -> "OpenPart":
        """Open it; who does so closes it. Raises OSError."""
        return OpenPart(self.path, self.pieces)


class OpenPart(io.RawIOBase):
    """Read the bytes of pieces."""

    def __init__(self, path: Path, pieces: Sequence[bytes | FilePart]) -> None:
        self._pieces = [piece for piece in pieces if piece_size(piece)]
        self._ends = list(accumulate(map(piece_size, self._pieces)))
        self._file = path.open("rb", buffering=0)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        number = bisect_right(self._ends, self._at)
        if number == len(self._pieces):
            return 0
        piece = self._pieces[number]
        offset = self._at - (self._ends[number] - piece_size(piece))
        found = self._read(piece, offset, min(len(buffer), piece_size(piece) - offset))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        size = self._ends[-1] if self._ends else 0
        self._at = max(0, offset + (0, self._at, size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()

    def _read(self, piece: bytes | FilePart, offset: int, size: int) -> bytes:
        if isinstance(piece, bytes):
            return piece[offset : offset + size]
        self._file.seek(piece.start + offset)
        return self._file.read(size)


def piece_size(piece: bytes | FilePart) -> int:
    """Return the bytes of a piece."""
    return len(piece) if isinstance(piece, bytes) else piece.size
