"""A stand-in for a network share: a folder shown through FUSE, which vanishes with this process (needs mfusepy)."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import mfusepy


class Mirror(mfusepy.Operations):
    """Hands every call on to the real folder."""

    def __init__(self, root: str) -> None:
        self._root = root

    def init(self, path: str) -> None:
        print("mounted", flush=True)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        facts = os.lstat(self._root + path)
        names = ("st_atime", "st_ctime", "st_gid", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid")
        return {name: getattr(facts, name) for name in names}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *(entry.name for entry in os.scandir(self._root + path))]

    def create(self, path: str, mode: int, fi: object = None) -> int:
        return os.open(self._root + path, os.O_RDWR | os.O_CREAT, mode)

    def open(self, path: str, flags: int) -> int:
        return os.open(self._root + path, flags & ~os.O_APPEND)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        os.truncate(self._root + path, length)
        return 0

    def unlink(self, path: str) -> int:
        Path(self._root + path).unlink()
        return 0

    def rename(self, old: str, new: str) -> int:
        Path(self._root + old).replace(self._root + new)
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        Path(self._root + path).mkdir(mode)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        os.fsync(fh)
        return 0

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0

    def utimens(self, path: str, times: Any = None) -> int:
        os.utime(self._root + path, times)
        return 0


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    mfusepy.FUSE(Mirror(sys.argv[1]), sys.argv[2], foreground=True)
