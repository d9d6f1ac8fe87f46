"""What the commands say: results on stdout, all else on stderr."""

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from bgm_finder.clock import clock
from bgm_finder.jobs.job import Cancelled, Job, Progress
from bgm_finder.reason_sentences import about, in_english

_STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""
_EVERY_S = 2.0
"""How often progress is told where stderr is no terminal."""


def guarded(run: Callable[[Namespace], int], args: Namespace) -> int:
    """Return a command's exit code; make what the system or the user ends it by one sentence, but not a bug.

    args.keeps, where it is there, says that what was done by then is kept.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # file names are not always valid text
    try:
        return run(args)
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(in_english(error))
    except (KeyboardInterrupt, Cancelled):
        complain("Stopped; what was done is kept." if getattr(args, "keeps", False) else "Stopped.")
        return _STOPPED
    return 1


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


def package_of(error: ImportError) -> str:
    """Return the package that could not be imported; empty where the error does not name it."""
    return (error.name or "").partition(".")[0]


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
