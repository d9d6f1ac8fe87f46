"""A finished catalogue for colleagues: one file to copy, and the library's place on their computer."""

from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.catalogue.safekeeping.hand_edits import journal_of
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason


def copy_catalogue(job: Job, catalogue: Path, target: Path) -> int:
    """Write the catalogue as it is now into one file, also while others use it; return how many tracks it knows.

    Raises CatalogueError, also where the target is a catalogue that others have worked in, and OSError.
    """
    if target.with_name(target.name + "-wal").exists():  # its last changes would be written into the copy
        raise CatalogueError(target, Reason.IS_OPEN)
    if journal_of(target).exists():  # its edits would be done again in the copy
        raise CatalogueError(target, Reason.HAS_OWN_EDITS)
    with Catalogue(catalogue) as opened:
        opened.back_up(target)
        return len(opened.files.paths())


def move_library(job: Job, catalogue: Path, folder: Path, to: Path) -> int:
    """Tell a catalogue where an added folder lies here; return how many tracks that moves. The files stay as they are.

    Raises FolderCannotMove, CatalogueError.
    """
    with Catalogue(catalogue) as opened:
        known = opened.folders.all()
        ways = (folder, folder.absolute(), folder.resolve())  # one of another system is no absolute path on this one
        return opened.folders.move(next((way for way in ways if way in known), folder.absolute()), to.resolve())
