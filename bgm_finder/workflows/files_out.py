"""Files that are written where the user says: a share there may never answer, which is told and not waited for."""

import os
from errno import EINVAL, ETIMEDOUT
from pathlib import Path
from typing import BinaryIO

from bgm_finder.catalogue.asking import Asking, NoAnswer, is_answered
from bgm_finder.drafts import draft_of
from bgm_finder.jobs.job import Job

_PIECE = 1 << 20
"""Bytes that are written at a time: each of them shows that the place answers."""


def require_answer(job: Job, path: Path) -> None:
    """Raises TimeoutError, an OSError, where the disk or share at a path does not answer."""
    if not is_answered(path, job.check_wait):
        raise _no_answer(path)


def write_file(job: Job, target: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises OSError, of which TimeoutError says that its place does not answer.

    A place that falls silent on the way leaves a thread behind, which takes back what it wrote should an answer come.
    """
    require_answer(job, target)
    written: list[int] = []

    def write() -> None:
        with draft_of(target) as draft, draft.open("wb") as file:
            for start in range(0, len(content), _PIECE):
                file.write(content[start : start + _PIECE])
                _sync(file)  # else a share's pieces would all be on their way at the end
                written.append(start)
                job.check_wait()

    try:
        with Asking(job.check_wait) as asking:
            asking.ask(os.fsencode(target.absolute()), write, lambda: len(written))
    except NoAnswer:
        job.cancel()  # the file was told as not written
        raise _no_answer(target) from None


def _sync(file: BinaryIO) -> None:
    """Wait until all is written; a pipe, say, knows nothing of it."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno != EINVAL:
            raise


def _no_answer(path: Path) -> TimeoutError:
    return TimeoutError(ETIMEDOUT, os.strerror(ETIMEDOUT), str(path))
