"""A file system with one sound file that can be seen and opened, and whose bytes never come (needs mfusepy)."""

import os
import stat
import sys
import threading

import mfusepy


class Silent(mfusepy.Operations):
    use_ns = True

    def init(self, path: str) -> None:
        print("mounted", flush=True)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), 10**18)
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2, **times}
        return {"st_mode": stat.S_IFREG | 0o644, "st_nlink": 1, "st_size": 1_000_000, **times}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", "placeholder.wav"]

    def open(self, path: str, flags: int) -> int:
        return 1

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        threading.Event().wait()
        return b""


def _end_with_the_parent() -> None:
    """Ends this process, and with it the mount, when whoever started it is gone: a silent mount stops all who look."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    mfusepy.FUSE(Silent(), sys.argv[1], foreground=True)
