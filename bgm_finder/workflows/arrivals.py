"""What is dropped or pasted: folders separated from files, however long the file system takes to say."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Unreadable

_LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came, each in the order in which it came."""

    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    silent: Unreadable | None = None
    """Where one did not even say what it is: that one. What came after it was not asked."""


def sort_arrivals(job: Job, paths: list[Path]) -> Arrivals:
    """Tell folders, as what they are themselves, from files and from what is not there."""
    folders: list[Path] = []
    files: list[Path] = []
    drives = Drives(job.stops_waiting)
    for path in paths:
        try:
            folder = drives.folder_at(path)
        except NoAnswer:
            return Arrivals(tuple(folders), tuple(files), Unreadable(path, Reason.NO_ANSWER))
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
    path = Path(text)
    try:
        is_file = Drives(job.stops_waiting).call(path, partial(_is_file, path))
    except NoAnswer:
        return Arrivals(silent=Unreadable(path, Reason.NO_ANSWER))
    return Arrivals(files=(path,)) if is_file else Arrivals()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text that no path can be
        return False
