"""What the commands say: results on stdout, all else on stderr."""

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from bgm_finder.jobs.job import Job, Progress
from bgm_finder.sentences import about

_EVERY_S = 2.0
"""How often progress is told where stderr is no terminal."""


def say(text: str) -> None:
    """Write a line of a result."""
    print(text)


def say_json(document: object) -> None:
    """Write one JSON document."""
    takes_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    # what another encoding lacks would stand there as \x or \U, which JSON does not know
    print(json.dumps(document, ensure_ascii=not takes_all, indent=2))


def complain(text: str) -> None:
    """Write a plain sentence to stderr."""
    print(text, file=sys.stderr)


def name_unreadable(unreadable: Iterable[tuple[Path, str]]) -> None:
    """Name files that could not be read, with the sentences why."""
    for path, text in unreadable:
        complain(about(str(path), text))


def listening_job(verb: str) -> Job:
    """Return a job that tells its progress on stderr: on one line of a terminal, else now and then."""
    last_s = -_EVERY_S

    def show(progress: Progress) -> None:
        nonlocal last_s
        left = "" if progress.seconds_left is None else f", {clock(progress.seconds_left)} left"
        line = f"{verb} {progress.done} of {progress.total}{left}"
        is_last = progress.done == progress.total
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="\n" if is_last else "", file=sys.stderr, flush=True)
        elif is_last or time.monotonic() - last_s >= _EVERY_S:
            last_s = time.monotonic()
            complain(line)

    return Job(show)


def clock(seconds: float) -> str:
    """Return a length of time such as 3:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
