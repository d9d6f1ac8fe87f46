"""How well the library is tagged: per category the tracks with a tag, the tags used most, the share without any."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.jobs.job import Job
from bgm_finder.track import CATEGORIES, FORMAT

_TOP = 10


@dataclass(frozen=True, slots=True)
class CategoryStatistics:
    """One category over the whole library."""

    category: str
    tagged: int
    """Tracks that carry at least one tag of it."""
    share: float
    """Of all tracks, 0 to 1."""
    names: int
    """Different tags in use."""
    top: tuple[tuple[str, int], ...]
    """The tags used most, with how many tracks carry each."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole library."""

    tracks: int
    untagged: int
    """Tracks without any tag; the file format, which every track has, counts for none."""
    categories: tuple[CategoryStatistics, ...]


def statistics(job: Job, catalogue: Path) -> Statistics:
    """Return the statistics of all categories in use and of the well-known ones."""
    with Catalogue(catalogue) as opened:
        columns = opened.columns()
    nothing = TagColumn((), np.zeros(0, np.int32), np.zeros(0, np.int32))
    names = [*CATEGORIES, *(category for category in columns.tags if category not in CATEGORIES)]
    found = {category: columns.tags.get(category, nothing) for category in names}
    is_tagged = np.zeros(len(columns), np.bool_)
    for category, column in found.items():
        if category != FORMAT:
            is_tagged[column.rows] = True
    return Statistics(
        tracks=len(columns),
        untagged=int(np.count_nonzero(~is_tagged)),
        categories=tuple(_of_category(category, column, len(columns)) for category, column in found.items()),
    )


def _of_category(category: str, column: TagColumn, tracks: int) -> CategoryStatistics:
    totals = np.bincount(column.codes, minlength=len(column.names))
    most = np.argsort(-totals, kind="stable")[:_TOP]
    tagged = len(column.tagged_rows)
    return CategoryStatistics(
        category=category,
        tagged=tagged,
        share=tagged / tracks if tracks else 0.0,
        names=len(column.names),
        top=tuple((column.names[code], int(totals[code])) for code in most),
    )
