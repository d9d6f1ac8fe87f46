"""Propose where a file dialog begins, and the library that the name of a list can tell of."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.jobs.job import Job


@dataclass(frozen=True, slots=True)
class Offer:
    """What a save dialog begins with."""

    folder: str
    """Empty where the folder used last is gone or does not answer: a dialog that begins there would hang."""
    library: str
    """The name of the library's folder; empty where it has none or several."""


def offer_place(job: Job, catalogue: Path, last_folder: str) -> Offer:
    """Return the folder to begin in and the library's name; raises CatalogueError."""
    with Catalogue(catalogue) as opened:
        folders = opened.folders.all()
    return Offer(within_reach(job, last_folder), folders[0].name if len(folders) == 1 else "")


def within_reach(job: Job, *folders: str) -> str:
    """Return the first of these that is a folder and answers, or nothing: a dialog that begins elsewhere would hang."""
    drives = Drives(job.stops_waiting)
    return next((folder for folder in folders if folder and _is_usable(drives, Path(folder))), "")


def is_taken(job: Job, target: Path) -> bool:
    """Return whether there is a file already; raises OSError where the place does not answer."""
    drives = Drives(job.stops_waiting)
    drives.require_answer(target)
    return drives.call(target, lambda: target.exists() or target.is_symlink())


def _is_usable(drives: Drives, folder: Path) -> bool:
    try:
        return drives.is_answered(folder) and drives.folder_at(folder) is not None
    except NoAnswer:
        return False
