"""Walks the library: loads its columns, and narrows them to what the filter leaves, with the counts beside the tags."""

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.filters import BriefCounts
from bgm_finder.catalogue.in_memory.sorting import SortKey
from bgm_finder.conditions import Condition, Filter
from bgm_finder.jobs.job import Job


@dataclass(frozen=True, slots=True)
class View:
    """What the list and the filter panel show for one filter."""

    columns: Columns
    wanted: Filter
    rows: NDArray[np.int32]
    """In the order asked for."""
    counts: dict[str, dict[str | None, int]]
    advice: list[tuple[Condition, int]]
    """For an empty result: conditions whose loss alone would leave tracks, and how many."""
    brief_counts: BriefCounts = BriefCounts()


def load_columns(
    job: Job,
    catalogue: Path,
    network: str,
    before: Columns | None = None,
    reading: Future[Columns] | None = None,
    brief_id: int | None = None,
) -> Columns:
    """Return all tracks of a catalogue as columns; those with a vector of the network count as analysed.

    before: what an earlier run gave; only what has changed since is read. reading: a run under way, waited for.
    brief_id: the brief whose marks and notes are laid over them; None for the one that was shown last.
    """
    if before is None and reading is not None:
        before = reading.result()
    with Catalogue(catalogue) as opened:
        return opened.columns(network, before, brief_id)


def keep_columns(job: Job, catalogue: Path, columns: Columns) -> None:
    """Keep columns for the next start; raises OSError where the disk is full."""
    with Catalogue(catalogue) as opened:
        opened.keep_columns(columns)


def browse(job: Job, columns: Columns, wanted: Filter, sort_key: SortKey, descending: bool) -> View:
    """Return the view of a filter: rows in their order, and how many tracks each further tick would leave."""
    found = filters.FilterResult(columns, wanted)
    job.check()
    counts = found.counts()
    job.check()
    brief_counts = found.brief_counts()
    job.check()
    rows = filters.sort(columns, found.rows(), sort_key, descending)
    advice = [] if len(rows) else filters.advise(columns, wanted)
    return View(columns, wanted, rows, counts, advice, brief_counts)


def folders(job: Job, catalogue: Path) -> list[Path]:
    """Return the added folders."""
    with Catalogue(catalogue) as opened:
        return opened.folders.all()
