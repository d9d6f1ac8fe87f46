"""A stretch of a file, as a file of its own: what was joined by `cat` is read part by part."""

import io
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FilePart:
    """Where the stretch lies, in bytes."""

    path: Path
    start: int
    size: int

    def open(self) -> "OpenPart":
        """Open it; who does so closes it. Raises OSError."""
        return OpenPart(self)


class OpenPart(io.RawIOBase):
    """Read the bytes of a part."""

    def __init__(self, part: FilePart) -> None:
        self._part = part
        self._file = part.path.open("rb", buffering=0)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        wanted = max(0, min(len(buffer), self._part.size - self._at))
        self._file.seek(self._part.start + self._at)
        found = self._file.read(wanted)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self._part.size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()
