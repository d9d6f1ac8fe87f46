"""Tracks of a list -> groups by sound, with what the tracks of each have in common."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.groups import group_by_sound
from bgm_finder.track import Tag

MOST_TRACKS = 50_000
"""More are too many for ten groups to be of use, and for their vectors to be read in a moment."""
_IDS_AT_ONCE = 5000
_MOST_TAGS = 3
_LEAST_SHARE = 0.25
"""Of a group's tracks that carry a tag that is named,"""
_LEAST_LIFT = 1.3
"""and how much more often they do than all the tracks."""
_BPM_STEP = 5
_BPM_KNOWN = 0.5
_WIDEST_BPM = 1.5
"""Ends of a range of tempos that says something: no further apart than half the lower one."""

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TrackGroup:
    """Tracks that sound alike."""

    track_ids: tuple[int, ...]
    """The one that stands for most of the group first, the nearest to it next."""
    tags: tuple[Tag, ...] = ()
    """What its tracks carry more often than the others, the most telling first; one of a category."""
    bpm: tuple[int, int] | None = None
    """Between which tempos most of its tracks are; None where too few are known or they lie too far apart."""


def group_tracks(job: Job, catalogue: Path, network: str, columns: Columns, rows: Rows) -> tuple[TrackGroup, ...]:
    """Return the groups of the tracks at these rows, the largest first; those without a vector are in none.

    rows: at most 50,000.
    """
    ids = np.sort(columns.ids[rows])
    with Catalogue(catalogue) as opened:
        some = [ids[start : start + _IDS_AT_ONCE].tolist() for start in range(0, len(ids), _IDS_AT_ONCE)]
        read = [opened.vectors.of(network, part) for part in some]
    read = [(found, vectors) for found, vectors in read if len(found)]
    if not read:
        return ()
    job.check()
    found = np.concatenate([part for part, _ in read])
    vectors = np.concatenate([part for _, part in read])
    is_heard = vectors.any(axis=1)  # silence is like nothing
    found, vectors = found[is_heard], vectors[is_heard]
    everywhere = columns.rows_of(found)
    job.check()
    usual = columns.tags_among(everywhere)
    return tuple(_described(columns, found[group], usual, len(everywhere)) for group in group_by_sound(found, vectors))


def _described(columns: Columns, ids: NDArray[np.int64], usual: Mapping[Tag, int], count: int) -> TrackGroup:
    rows = columns.rows_of(ids)
    return TrackGroup(tuple(ids.tolist()), _shared_tags(columns, rows, usual, count), _bpm_range(columns.bpms[rows]))


def _shared_tags(columns: Columns, rows: Rows, usual: Mapping[Tag, int], count: int) -> tuple[Tag, ...]:
    """Return the tags that the rows carry more often than all count tracks do, one of a category."""
    telling: list[tuple[float, Tag]] = []
    for tag, carriers in columns.tags_among(rows).items():
        lift = carriers / len(rows) / (usual[tag] / count)
        if carriers >= max(2, _LEAST_SHARE * len(rows)) and lift >= _LEAST_LIFT:
            telling.append((-carriers * math.log(lift), tag))
    best: dict[str, Tag] = {}
    for _, tag in sorted(telling):
        best.setdefault(tag.category, tag)
    return tuple(best.values())[:_MOST_TAGS]


def _bpm_range(bpms: NDArray[np.float32]) -> tuple[int, int] | None:
    known = bpms[np.isfinite(bpms)]
    if len(known) < 2 or len(known) < _BPM_KNOWN * len(bpms):
        return None
    low, high = np.percentile(known, [10, 90])
    low, high = _BPM_STEP * math.floor(low / _BPM_STEP), _BPM_STEP * math.ceil(high / _BPM_STEP)
    return (int(low), int(high)) if high <= _WIDEST_BPM * low else None
