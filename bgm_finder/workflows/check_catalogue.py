"""Whether the catalogue and its backups are whole."""

from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError, DamagedCatalogue
from bgm_finder.catalogue.rescue import is_gone
from bgm_finder.catalogue.safekeeping.backups import backups_of
from bgm_finder.reason_sentences import in_english
from bgm_finder.workflows.doctor import Finding

_WAY_OUT = "--mend sets it aside and opens its newest backup."


def check_catalogue(file: str) -> list[Finding]:
    """Look the whole file through."""
    path = Path(file)
    if is_gone(path):
        return [Finding("catalogue", f"{path} is gone; --mend opens its newest backup", is_well=False)]
    if not path.exists():
        return [Finding("catalogue", f"{path} is not there yet; adding a folder makes it")]
    try:
        with Catalogue(path) as opened:
            complaints = opened.integrity_complaints()
            columns = opened.columns()
    except DamagedCatalogue as error:
        return [Finding("catalogue", f"{in_english(error)} {_WAY_OUT}", is_well=False)]
    except CatalogueError as error:
        return [Finding("catalogue", in_english(error), is_well=False)]
    if complaints:
        found = [Finding("catalogue", f"{path}: {complaint}", is_well=False) for complaint in complaints]
        return [*found, Finding("catalogue", f"{path} is damaged. {_WAY_OUT}", is_well=False)]
    return [Finding("catalogue", f"{path} is whole: {len(columns)} tracks"), _backups(path)]


def _backups(path: Path) -> Finding:
    kept = backups_of(path)
    if not kept:
        return Finding("backups", "there is none yet; one is made a while after the next start")
    return Finding("backups", f"{len(kept)}, the newest as the catalogue was at {kept[0].made:%Y-%m-%d %H:%M} UTC")
