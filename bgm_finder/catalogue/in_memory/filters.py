"""The filter over all tracks: which rows it leaves, what each further tick would leave, and what kept a track out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import MARK_CODES, MARK_NAMES, Columns
from bgm_finder.catalogue.in_memory.sorting import SORT_KEYS, sort
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.catalogue.in_memory.text_search import has_text, text_mask
from bgm_finder.clock import clock
from bgm_finder.conditions import (
    NOT_REJECTED,
    Condition,
    Filter,
    MarkFilter,
    binding,
    conditions,
    used_categories,
    without,
)
from bgm_finder.track import Limit, Outside

__all__ = [
    "NOT_REJECTED",
    "SORT_KEYS",
    "BriefCounts",
    "Condition",
    "Filter",
    "FilterResult",
    "advise",
    "apply",
    "binding",
    "conditions",
    "misses",
    "sort",
    "without",
]

Rows = NDArray[np.int32]
Mask = NDArray[np.bool_]
Counts = dict[str, dict[str | None, int]]


@dataclass(frozen=True, slots=True)
class BriefCounts:
    """How many rows each choice among what a brief holds of the tracks would leave, while the other conditions hold."""

    not_heard: int = 0
    heard: int = 0
    not_rejected: int = 0
    kept: int = 0


class FilterResult:
    """One filter over all tracks: what its conditions leave is found out once, for the rows and for the counts."""

    def __init__(self, columns: Columns, wanted: Filter) -> None:
        self._columns, self._wanted = columns, wanted
        self._common = _common_mask(columns, wanted)
        self._masks = {category: _category_mask(columns, wanted, category) for category in used_categories(wanted)}
        self._brief_masks = _brief_masks(columns, wanted)

    def rows(self) -> Rows:
        """Return the rows that meet every condition, ascending."""
        return np.flatnonzero(self.mask()).astype(np.int32)

    def mask(self) -> Mask:
        """Tell of each row whether it meets every condition."""
        return self._base()

    def beyond(self) -> Mask:
        """Return which rows are in no list of a ranking: those beyond the limits that bind."""
        wanted = self._wanted
        binding_kinds = {condition.kind for condition in binding(wanted)}
        mask = np.zeros(len(self._columns), np.bool_)
        if "length" in binding_kinds:
            mask |= ~_range_mask(self._columns.durations_s, wanted.min_length_s, wanted.max_length_s)
        if "bpm" in binding_kinds:
            mask |= ~_range_mask(self._columns.bpms, wanted.min_bpm, wanted.max_bpm)
        return mask

    def counts(self) -> Counts:
        """Return for each category and name how many rows ticking it would leave; None stands for "no tag here".

        The other conditions hold. Where any of a category's ticks is enough, they do not lessen its other counts;
        where all must hold, the name is added to them.
        """
        offered = self._columns.facets
        categories = [*offered, *(category for category in self._masks if category not in offered)]
        whole = self._base()
        return {
            category: _counts_within(
                self._columns, self._wanted, category, self._base(category) if category in self._masks else whole
            )
            for category in categories
        }

    def brief_counts(self) -> BriefCounts:
        """Return how many rows the choices among marks and listening would leave."""
        marks, is_heard = self._columns.marks, self._columns.is_heard
        any_heard, any_mark = self._base(but_limit="heard"), self._base(but_limit="mark")
        heard = int(np.count_nonzero(any_heard & is_heard))
        return BriefCounts(
            not_heard=int(np.count_nonzero(any_heard)) - heard,
            heard=heard,
            not_rejected=int(np.count_nonzero(any_mark & np.not_equal(marks, MARK_CODES["reject"]))),
            kept=int(np.count_nonzero(any_mark & np.equal(marks, MARK_CODES["keep"]))),
        )

    def _base(self, but: str = "", but_limit: Limit | None = None) -> Mask:
        """Return which rows meet the conditions, those of one category, or that of a mark or of listening, aside."""
        base = self._common.copy()
        for category, mask in self._masks.items():
            if category != but:
                base &= mask
        for limit, mask in self._brief_masks.items():
            if limit != but_limit:
                base &= mask
        return base


def apply(columns: Columns, wanted: Filter) -> Rows:
    """Return the rows that meet every condition, ascending."""
    return FilterResult(columns, wanted).rows()


def misses(columns: Columns, wanted: Filter, row: int) -> tuple[Outside, ...]:
    """Return all that keeps a row out, with the track's own tag or value each, in the order of the panel."""
    found = [miss for category in used_categories(wanted) for miss in _category_misses(columns, wanted, category, row)]
    return (*dict.fromkeys(found), *_limit_misses(columns, wanted, row))


def advise(columns: Columns, wanted: Filter) -> list[tuple[Condition, int]]:
    """Return the conditions whose loss alone would leave rows, with how many, the most first; for an empty result."""
    left = [(condition, len(apply(columns, without(wanted, condition)))) for condition in conditions(wanted)]
    return sorted((pair for pair in left if pair[1]), key=lambda pair: -pair[1])


def _category_mask(columns: Columns, wanted: Filter, category: str) -> Mask:
    column, count = columns.facet(category), len(columns)
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
    column, count = columns.facet(category), len(columns)
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
    """Return which rows meet the conditions that are about the track itself, and no tags: text, length, tempo."""
    mask = text_mask(columns, wanted.text)
    mask &= _range_mask(columns.durations_s, wanted.min_length_s, wanted.max_length_s)
    mask &= _range_mask(columns.bpms, wanted.min_bpm, wanted.max_bpm)
    return mask


def _brief_masks(columns: Columns, wanted: Filter) -> dict[Limit, Mask]:
    """Return which rows meet each of the conditions about what the brief holds of them."""
    masks: dict[Limit, Mask] = {}
    if wanted.mark is not None:
        masks["mark"] = _mark_mask(columns, wanted.mark)
    if wanted.heard is not None:
        masks["heard"] = columns.is_heard == wanted.heard
    return masks


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


def _category_misses(columns: Columns, wanted: Filter, category: str, row: int) -> list[Outside]:
    """Return each excluded tag that a track carries, and what it has in the place of those ticked."""
    own = columns.facet(category).names_at(row)
    ticked, excluded = wanted.ticked.get(category, frozenset()), wanted.excluded.get(category, frozenset())
    found = [Outside(category, name) for name in own if name in excluded]
    if category in wanted.match_all:
        return found + _lacking(category, own, ticked, category in wanted.untagged)
    is_met = bool(ticked.intersection(own)) or (category in wanted.untagged and not own)
    if is_met or not (ticked or category in wanted.untagged):
        return found
    strangers = [Outside(category, name) for name in own if name not in excluded]
    return found + (strangers[:1] if own else [Outside(category)])


def _lacking(category: str, own: tuple[str, ...], ticked: frozenset[str], wants_none: bool) -> list[Outside]:
    """Return what a track lacks of the choices of a category that must all hold."""
    if not own:
        return [Outside(category)] if ticked else []
    found = [Outside(category, lacked=name) for name in sorted(ticked.difference(own))]
    return [*found, Outside(category, own[0])] if wants_none else found


def _limit_misses(columns: Columns, wanted: Filter, row: int) -> list[Outside]:
    one, found = slice(row, row + 1), []
    length, bpm = columns.durations_s[one], columns.bpms[one]
    if not _range_mask(length, wanted.min_length_s, wanted.max_length_s)[0]:
        found.append(Outside(limit="length", tag=None if np.isnan(length[0]) else clock(float(length[0]))))
    if not _range_mask(bpm, wanted.min_bpm, wanted.max_bpm)[0]:
        found.append(Outside(limit="bpm", tag=None if np.isnan(bpm[0]) else f"{bpm[0]:.0f}"))
    if wanted.mark is not None and not _mark_mask(columns, wanted.mark)[row]:
        found.append(Outside(limit="mark", tag=MARK_NAMES[int(columns.marks[row])] or None))
    is_heard = bool(columns.heard_s[row] >= columns.heard_after_s)
    if wanted.heard not in (None, is_heard):
        found.append(Outside(limit="heard", tag="heard" if is_heard else None))
    return found if has_text(columns, row, wanted.text) else [*found, Outside(limit="text")]
