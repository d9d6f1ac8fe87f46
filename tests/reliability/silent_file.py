"""A file system that never answers some question, as a share whose server is gone (needs mfusepy).

    python -m tests.reliability.silent_file FOLDER read | write | list | look

It has one sound file. Never answered is a read of its bytes, a write into any, a list of the folder, or a look at
anything.
"""

import os
import stat
import sys
import threading

import mfusepy


class Silent(mfusepy.Operations):
    use_ns = True

    def __init__(self, silent_at: str) -> None:
        self._silent_at = silent_at

    def init(self, path: str) -> None:
        print("mounted", flush=True)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        self._answer("look")
        times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), 10**18)
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2, **times}
        return {"st_mode": stat.S_IFREG | 0o644, "st_nlink": 1, "st_size": 1_000_000, **times}

    def readdir(self, path: str, fh: int) -> list[str]:
        self._answer("list")
        return [".", "..", "placeholder.wav"]

    def open(self, path: str, flags: int) -> int:
        return 1

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        self._answer("read")
        return b""

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        return 0

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._answer("write")
        return len(data)

    def _answer(self, question: str) -> None:
        if question == self._silent_at:
            threading.Event().wait()


def _end_with_the_parent() -> None:
    """Ends this process, and with it the mount, when whoever started it is gone: a silent mount stops all who look."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    mfusepy.FUSE(Silent(sys.argv[2]), sys.argv[1], foreground=True)
