"""Files that are written where the user says: a share there may never answer, which is reported and not waited for."""

import os
import threading
from errno import EINVAL
from pathlib import Path
from typing import BinaryIO

from bgm_finder.drafts import draft_of
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import Cancelled

_PIECE = 1 << 20
"""Bytes that are written at a time: each of them shows that the place answers."""


def write_file(drives: Drives, target: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Cancelled, and OSError, of which NoAnswer is one.

    drives: those of the job. A place that falls silent on the way leaves a thread behind, which takes back what it
    wrote should an answer come.
    """
    drives.require_answer(target)
    written: list[int] = []
    is_given_up = threading.Event()

    def write() -> None:
        with draft_of(target) as draft, draft.open("wb") as file:
            for start in range(0, len(content), _PIECE):
                file.write(content[start : start + _PIECE])
                _sync(file)  # else a share's pieces would all be on their way at the end
                written.append(start)
                if is_given_up.is_set():
                    raise Cancelled

    try:
        drives.call(target, write, lambda: len(written))
    finally:
        is_given_up.set()  # the caller is told that it was not written


def _sync(file: BinaryIO) -> None:
    """Wait until all is written; a pipe, say, knows nothing of it."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno != EINVAL:
            raise
