"""The tracks that no search can compare, and why."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, UNREADABLE, Columns
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Refusal


def are_missing(columns: Columns) -> NDArray[np.bool_]:
    """Return which tracks were gone at the last scan."""
    missing: NDArray[np.bool_] = (columns.states & MISSING) != 0
    return missing


def are_unreadable(columns: Columns) -> NDArray[np.bool_]:
    """Return which tracks are there, and cannot be read."""
    unreadable: NDArray[np.bool_] = (columns.states & UNREADABLE) != 0
    return unreadable & ~are_missing(columns)


def list_left_out(job: Job, catalogue: Path, network: str) -> list[tuple[Path, Refusal | None]]:
    """Return the tracks that cannot be analysed, each with why, None for a missing one; unreadable ones first.

    Raises CatalogueError.
    """
    with Catalogue(catalogue) as opened:
        columns = opened.columns(network)
        unreadable: dict[Path, Refusal] = {}
        for folder in opened.folders.all():
            unreadable.update(opened.files.unreadable(folder))
    job.check()
    missing = np.flatnonzero(are_missing(columns) & ((columns.states & ANALYSED) == 0))
    return [*unreadable.items(), *((Path(columns.paths[row]), None) for row in missing.tolist())]
