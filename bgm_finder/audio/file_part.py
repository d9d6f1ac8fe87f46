"""A stretch of a file, as a file of its own: what was joined by `cat` is read part by part."""

import io
from pathlib import Path


class FilePart(io.RawIOBase):
    """Reads a file's bytes from start on, so many of them."""

    def __init__(self, path: Path, start: int, size: int) -> None:
        self.path, self.start, self.size = path, start, size
        self._file = path.open("rb", buffering=0)
        self._at = 0

    def again(self) -> "FilePart":
        """Return the same part, opened anew."""
        return FilePart(self.path, self.start, self.size)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        wanted = max(0, min(len(buffer), self.size - self._at))
        self._file.seek(self.start + self._at)
        found = self._file.read(wanted)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self.size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()
