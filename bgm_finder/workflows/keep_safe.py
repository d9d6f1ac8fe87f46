"""The catalogue looked at and copied while nobody waits for it."""

from datetime import timedelta
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.catalogue.safekeeping.backups import is_due
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason

DAILY = timedelta(days=1)
HOURLY = timedelta(hours=1)


def keep_safe(job: Job, catalogue: Path, every: timedelta = DAILY) -> bool:
    """Check the whole catalogue and copy it, where it changed since the last copy, which is so old.

    Tells whether a copy was made. Raises DamagedCatalogue where the look finds damage: the next start opens a backup
    then. Raises CatalogueError or OSError where the copy cannot be written.
    """
    if not catalogue.exists() or not is_due(catalogue, every):
        return False
    with Catalogue(catalogue) as opened:
        complaints = opened.quick_complaints(lambda: job.is_cancelled)
        job.check()
        if complaints:
            raise DamagedCatalogue(catalogue, Reason.DAMAGED_IN_USE, error=complaints[0])
        return not opened.is_in_backup and opened.make_backup() is not None
