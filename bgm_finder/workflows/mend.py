"""What the doctor can repair: a damaged catalogue, files that were given up, drafts that a crash left behind."""

from contextlib import suppress
from glob import escape
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError, suspect, suspicion_of
from bgm_finder.catalogue.rescue import Rescue, open_safely
from bgm_finder.catalogue.safekeeping.backups import folder_of
from bgm_finder.reason_sentences import in_english, sentence_of
from bgm_finder.workflows.briefs import briefs_folder
from bgm_finder.workflows.doctor import Finding

_DRAFTS = (".unfinished", ".trial")


def mend(file: str) -> list[Finding]:
    """Repair what can be repaired and report what was done; a damaged catalogue is set aside, never deleted."""
    catalogue = Path(file)
    if not catalogue.parent.is_dir():
        return []
    drafts = _throw_drafts_away(catalogue)
    suspect(catalogue)  # so that it is looked at thoroughly
    try:
        rescue = open_safely(catalogue)
        again = _try_again(catalogue)
    except (CatalogueError, OSError) as error:
        return [Finding("mended", f"nothing: {in_english(error)}", is_well=False)]
    finally:
        with suppress(OSError):
            suspicion_of(catalogue).unlink(missing_ok=True)
    done = [*([] if rescue is None else _told(rescue)), *drafts, *again]
    return [Finding("mended", says) for says in done or ["there was nothing to mend"]]


def _told(rescue: Rescue) -> list[str]:
    redone = f"{rescue.redone} edits by hand were done again"
    if rescue.refusal is None:
        return [redone]
    aside = "" if rescue.set_aside is None else f"; it lies at {rescue.set_aside} now"
    opened = "there is no backup, so a new one was begun"
    if rescue.backup_made is not None:
        opened = f"its backup of {rescue.backup_made:%Y-%m-%d %H:%M} UTC was opened"
    return [f"the catalogue {sentence_of(rescue.refusal)}{aside}", f"{opened}, and {redone}"]


def _throw_drafts_away(catalogue: Path) -> list[str]:
    """Delete copies that were cut off while they were written; no one needs them."""
    found: list[Path] = []
    for ending in _DRAFTS:
        found += [
            *catalogue.parent.glob(f"{escape(catalogue.stem)}*{ending}"),
            *folder_of(catalogue).glob(f"*{ending}"),
            *briefs_folder(catalogue).glob(f"*{ending}"),
        ]
    for path in found:
        path.unlink()
    return [f"{len(found)} copies that were cut off were thrown away"] if found else []


def _try_again(catalogue: Path) -> list[str]:
    """Let the next look try all files again that could not be read."""
    if not catalogue.exists():
        return []
    with Catalogue(catalogue) as opened:
        count = opened.analyses.forget_unreadable()
    return [f"{count} files that could not be read are tried again at the next look"] if count else []
