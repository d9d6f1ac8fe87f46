"""A finished catalogue for colleagues: one file to copy, and the library's place on their computer."""

from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.workflows.job import Job


def copy_catalogue(job: Job, catalogue: Path, target: Path) -> int:
    """Writes the catalogue as it is now into one file, also while others use it; gives how many tracks it knows.

    Raises CatalogueError, OSError.
    """
    with Catalogue(catalogue) as opened:
        opened.back_up(target)
        return len(opened.files.paths())


def move_library(job: Job, catalogue: Path, folder: Path, to: Path) -> int:
    """Tells a catalogue where an added folder lies here; gives how many tracks that moves. The files stay as they are.

    Raises FolderCannotMove, CatalogueError.
    """
    with Catalogue(catalogue) as opened:
        is_known = folder in opened.folders.all()  # one of another system is no absolute path on this one
        return opened.folders.move(folder if is_known else folder.absolute(), to.resolve())
