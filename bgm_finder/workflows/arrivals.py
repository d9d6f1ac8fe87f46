"""What is dropped or pasted: folders told from files, however long the file system takes to say."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bgm_finder.catalogue.asking import Asking, NoAnswer, is_answered
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Unreadable

Answer = TypeVar("Answer")

_LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came, each in the order in which it came."""

    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    silent: Unreadable | None = None
    """Where one did not even say what it is: that one. What came after it was not asked."""


def sort_arrivals(job: Job, paths: list[Path]) -> Arrivals:
    """Tells folders, as what they are themselves, from files and from what is not there."""
    folders: list[Path] = []
    files: list[Path] = []
    with Asking(job.check) as asking:  # one for all: each sends another program to every disk that it asks
        for path in paths:
            try:
                folder = _answer(asking, path, partial(_folder_at, path))
            except Unreadable as error:
                return Arrivals(tuple(folders), tuple(files), error)
            if folder is None:
                files.append(path)
            else:
                folders.append(folder)
    return Arrivals(tuple(folders), tuple(files))


def file_named(job: Job, text: str) -> Arrivals:
    """Return the file whose path the text is, or nothing."""
    text = text.strip()
    if not text or "\n" in text or len(text) > _LONGEST_PATH:
        return Arrivals()
    try:
        is_file = _ask(job, Path(text), partial(_is_file, Path(text)))
    except Unreadable as error:
        return Arrivals(silent=error)
    return Arrivals(files=(Path(text),)) if is_file else Arrivals()


def folder_at(job: Job, path: Path) -> Path | None:
    """Return the folder at a path as what it is itself; raises Unreadable where it does not answer."""
    return _ask(job, path, partial(_folder_at, path))


def itself(job: Job, path: Path) -> Path:
    """Return a path as what it is itself; raises Unreadable where it does not answer."""
    return _ask(job, path, path.resolve)


def within_reach(job: Job, folder: str) -> str:
    """Return a folder's path back, or nothing where it does not answer: a dialog that begins there would hang."""
    return folder if is_answered(Path(folder), job.check_wait) else ""


def _ask(job: Job, path: Path, question: Callable[[], Answer]) -> Answer:
    with Asking(job.check) as asking:
        return _answer(asking, path, question)


def _answer(asking: Asking, path: Path, question: Callable[[], Answer]) -> Answer:
    try:
        return asking.ask(os.fsencode(path.absolute()), question)
    except NoAnswer:
        raise Unreadable(path, Reason.NO_ANSWER) from None


def _folder_at(path: Path) -> Path | None:
    return path.resolve() if path.is_dir() else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text that no path can be
        return False
