"""The filter over all tracks: which rows it leaves, what each further tick would leave, and what kept a track out."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MARK_NAMES, Columns
from bgm_finder.catalogue.in_memory.sorting import SORT_KEYS, sort
from bgm_finder.catalogue.in_memory.tag_column import NO_TAGS, TagColumn
from bgm_finder.catalogue.in_memory.text_search import has_text, text_mask
from bgm_finder.clock import clock
from bgm_finder.conditions import (
    NOT_REJECTED,
    Condition,
    Filter,
    MarkFilter,
    conditions,
    used_categories,
    without,
)
from bgm_finder.track import Outside

__all__ = [
    "NOT_REJECTED",
    "SORT_KEYS",
    "Condition",
    "Filter",
    "FilterResult",
    "advise",
    "apply",
    "conditions",
    "sort",
    "why_outside",
    "without",
]

Rows = NDArray[np.int32]
Mask = NDArray[np.bool_]
Counts = dict[str, dict[str | None, int]]


class FilterResult:
    """One filter over all tracks: what its conditions leave is found out once, for the rows and for the counts."""

    def __init__(self, columns: Columns, wanted: Filter) -> None:
        self._columns, self._wanted = columns, wanted
        self._common = _common_mask(columns, wanted)
        self._masks = {category: _category_mask(columns, wanted, category) for category in used_categories(wanted)}

    def rows(self) -> Rows:
        """Return the rows that meet every condition, ascending."""
        return np.flatnonzero(self.mask()).astype(np.int32)

    def mask(self) -> Mask:
        """Tell of each row whether it meets every condition."""
        return self._base()

    def counts(self) -> Counts:
        """Return for each category and name how many rows ticking it would leave; None stands for "no tag here".

        The other conditions hold. Where any of a category's ticks is enough, they do not lessen its other counts;
        where all must hold, the name is added to them.
        """
        tags = self._columns.tags
        categories = [*tags, *(category for category in self._masks if category not in tags)]
        whole = self._base()
        return {
            category: _counts_within(
                self._columns, self._wanted, category, self._base(category) if category in self._masks else whole
            )
            for category in categories
        }

    def _base(self, but: str = "") -> Mask:
        """Return which rows meet the conditions, those of one category aside."""
        base = self._common.copy()
        for category, mask in self._masks.items():
            if category != but:
                base &= mask
        return base


def apply(columns: Columns, wanted: Filter) -> Rows:
    """Return the rows that meet every condition, ascending."""
    return FilterResult(columns, wanted).rows()


def why_outside(columns: Columns, wanted: Filter, row: int) -> Outside | None:
    """Return the first condition that keeps a row out, with the track's own tag or value, or None where none does."""
    for category in used_categories(wanted):
        outside = _outside_category(columns, wanted, category, row)
        if outside:
            return outside
    return _outside_ranges(columns, wanted, row)


def advise(columns: Columns, wanted: Filter) -> list[tuple[Condition, int]]:
    """Return the conditions whose loss alone would leave rows, with how many, the most first; for an empty result."""
    left = [(condition, len(apply(columns, without(wanted, condition)))) for condition in conditions(wanted)]
    return sorted((pair for pair in left if pair[1]), key=lambda pair: -pair[1])


def _category_mask(columns: Columns, wanted: Filter, category: str) -> Mask:
    column, count = columns.tags.get(category, NO_TAGS), len(columns)
    choices = _choice_masks(column, count, wanted.ticked.get(category, frozenset()), category in wanted.untagged)
    if not choices:
        mask = np.ones(count, np.bool_)
    elif category in wanted.match_all:
        mask = np.logical_and.reduce(choices)
    else:
        mask = np.logical_or.reduce(choices)
    excluded = wanted.excluded.get(category)
    return mask & ~column.mask_of(excluded, count) if excluded else mask


def _choice_masks(column: TagColumn, count: int, ticked: Iterable[str], with_untagged: bool) -> list[Mask]:
    masks = [column.mask_of([name], count) for name in ticked]
    if with_untagged:
        masks.append(_untagged(column, count))
    return masks


def _untagged(column: TagColumn, count: int) -> Mask:
    mask = np.ones(count, np.bool_)
    mask[column.tagged_rows] = False
    return mask


def _counts_within(columns: Columns, wanted: Filter, category: str, base: Mask) -> dict[str | None, int]:
    """Count the names among the rows of base, which hold the conditions of all other categories."""
    column, count = columns.tags.get(category, NO_TAGS), len(columns)
    excluded = wanted.excluded.get(category, frozenset())
    if category in wanted.match_all:
        own = replace(wanted, excluded={})
        base = base & _category_mask(columns, own, category)
    inside = base & ~column.mask_of(excluded, count) if excluded else base
    counts: dict[str | None, int] = dict(zip(column.names, column.counts_within(inside).tolist(), strict=True))
    counts[None] = int(np.count_nonzero(inside) - np.count_nonzero(inside[column.tagged_rows]))
    for name in excluded.intersection(column.names):
        others = base & ~column.mask_of(excluded - {name}, count)
        counts[name] = int(np.count_nonzero(others & column.mask_of([name], count)))
    return counts


def _common_mask(columns: Columns, wanted: Filter) -> Mask:
    """Return which rows meet the conditions that are no tags: text, length, tempo, mark."""
    mask = text_mask(columns, wanted.text)
    mask &= _range_mask(columns.durations_s, wanted.min_length_s, wanted.max_length_s)
    mask &= _range_mask(columns.bpms, wanted.min_bpm, wanted.max_bpm)
    if wanted.mark is not None:
        mask &= _mark_mask(columns, wanted.mark)
    return mask


def _range_mask(values: NDArray[np.float32], lowest: float | None, highest: float | None) -> Mask:
    mask = np.ones(len(values), np.bool_)
    if lowest is not None:
        mask &= values >= lowest  # unknown is nan, which is never within
    if highest is not None:
        mask &= values <= highest
    return mask


def _mark_mask(columns: Columns, mark: MarkFilter) -> Mask:
    if mark == NOT_REJECTED:
        return np.not_equal(columns.marks, MARK_CODES["reject"])
    return np.equal(columns.marks, MARK_CODES[mark])


def _outside_category(columns: Columns, wanted: Filter, category: str, row: int) -> Outside | None:
    own = columns.tags.get(category, NO_TAGS).names_at(row)
    unwanted = wanted.excluded.get(category, frozenset()).intersection(own)
    if unwanted:
        return Outside(category, min(unwanted))
    ticked = wanted.ticked.get(category, frozenset())
    choices = [name in own for name in ticked] + ([not own] if category in wanted.untagged else [])
    if not choices or (all(choices) if category in wanted.match_all else any(choices)):
        return None
    strangers = [name for name in own if name not in ticked] or own
    return Outside(category, strangers[0] if strangers else None)


def _outside_ranges(columns: Columns, wanted: Filter, row: int) -> Outside | None:
    one = slice(row, row + 1)
    length, bpm = columns.durations_s[one], columns.bpms[one]
    if not _range_mask(length, wanted.min_length_s, wanted.max_length_s)[0]:
        value = None if np.isnan(length[0]) else clock(float(length[0]))
        return Outside(limit="length", tag=value)
    if not _range_mask(bpm, wanted.min_bpm, wanted.max_bpm)[0]:
        return Outside(limit="bpm", tag=None if np.isnan(bpm[0]) else f"{bpm[0]:.0f}")
    if wanted.mark is not None and not _mark_mask(columns, wanted.mark)[row]:
        return Outside(limit="mark", tag=MARK_NAMES[int(columns.marks[row])] or None)
    return None if has_text(columns, row, wanted.text) else Outside(limit="text")
