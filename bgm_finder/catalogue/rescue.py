"""A catalogue that is damaged or gone: set aside, the newest whole backup opened, later edits done again."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import DamagedCatalogue, suspicion_of
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.safekeeping.backups import backups_of, copy_of, is_whole
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdit, journal_of
from bgm_finder.reasons import Reason, Refusal

_LOOK_S = 0.1
"""How long the start waits for the quick look; what it does not reach is looked at in the background."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What had to be done before the catalogue could be opened."""

    refusal: Refusal | None
    """What was wrong with it; None where only edits were missing in it."""
    set_aside: Path | None
    """Where the damaged file lies now; None where there was none."""
    backup_made: datetime | None
    """How old the backup is that was opened; None where there was none."""
    redone: int = 0
    """Edits by hand that were done again."""


def open_safely(catalogue: Path) -> Rescue | None:
    """Make sure that the catalogue can be used before anyone does; return what had to be done for that.

    Raises CatalogueError where it cannot be used for another reason than damage.
    """
    refusal = _damage(catalogue)
    found = None if refusal is None else _rescued(catalogue, refusal)
    if not catalogue.exists():
        return found
    redone = redo(catalogue, adds_files=found is not None and found.backup_made is None)
    if found is None:
        return Rescue(None, None, None, redone) if redone else None
    return replace(found, redone=redone)


def is_gone(catalogue: Path) -> bool:
    """Whether there is no catalogue where there once was one."""
    is_empty = not catalogue.exists() or (catalogue.is_file() and not catalogue.stat().st_size)
    return is_empty and (bool(backups_of(catalogue)) or journal_of(catalogue).exists())


def redo(catalogue: Path, adds_files: bool = False) -> int:
    """Do those edits by hand again that the catalogue lacks; return how many.

    With adds_files, files that it does not know are added as they were named; the next scan looks at them.
    """
    with Catalogue(catalogue) as opened:
        lacking = opened.hand_edits.lacking()
        for edit in lacking:
            if adds_files:
                _add_files(opened, edit)
            opened.redo(edit)
    return len(lacking)


def _damage(catalogue: Path) -> Refusal | None:
    """Return what is wrong with the file; None where it is whole, as far as a quick check shows, or new."""
    if is_gone(catalogue):
        return Refusal(Reason.GONE)
    if not catalogue.exists() or not catalogue.stat().st_size:
        return None
    try:
        with Catalogue(catalogue) as opened:
            if suspicion_of(catalogue).exists():
                complaints = opened.integrity_complaints()
            else:
                ends_s = time.monotonic() + _LOOK_S
                complaints = opened.quick_complaints(lambda: time.monotonic() > ends_s)
    except DamagedCatalogue as error:
        return error.refusal
    if complaints:
        return Refusal(Reason.DAMAGED_CATALOGUE, {"error": complaints[0]})
    suspicion_of(catalogue).unlink(missing_ok=True)
    return None


def _rescued(catalogue: Path, refusal: Refusal) -> Rescue:
    aside = _set_aside(catalogue)
    suspicion_of(catalogue).unlink(missing_ok=True)
    whole = next((backup for backup in backups_of(catalogue) if is_whole(backup.path)), None)
    if whole is not None:
        copy_of(whole, catalogue)
    with Catalogue(catalogue):  # makes a new one where no backup is
        return Rescue(refusal, aside, None if whole is None else whole.made)


def _set_aside(catalogue: Path) -> Path | None:
    """Rename the catalogue, and the log that belongs to it, to names of their own."""
    aside = None
    stamp = f"{datetime.now(UTC):%Y-%m-%d %H.%M.%S.%f}"
    for ending in ("", "-wal", "-shm"):
        part = catalogue.with_name(catalogue.name + ending)
        if part.exists():
            target = catalogue.with_name(f"{catalogue.stem} damaged {stamp}{catalogue.suffix}{ending}")
            part.replace(target)
            aside = aside or target
    return aside


def _add_files(opened: Catalogue, edit: HandEdit) -> None:
    for root, name in sorted(edit.files):
        opened.folders.add(Path(root))
        if opened.files.id_at(Path(root + name)) is None:
            opened.files.add([FoundFile(root + name, 0, 0)])
