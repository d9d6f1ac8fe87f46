"""Proposes where a list is saved: the folder that was used last, and the library that its name can tell of."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Unreadable
from bgm_finder.workflows.arrivals import folder_at
from bgm_finder.workflows.files_out import require_answer


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
    return Offer(_usable(job, last_folder), folders[0].name if len(folders) == 1 else "")


def is_taken(job: Job, target: Path) -> bool:
    """Return whether there is a file already; raises OSError where the place does not answer."""
    require_answer(job, target)
    return target.exists() or target.is_symlink()


def _usable(job: Job, folder: str) -> str:
    try:
        return folder if folder and folder_at(job, Path(folder)) is not None else ""
    except Unreadable:
        return ""
