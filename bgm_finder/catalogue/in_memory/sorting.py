"""The order of the list: by any column, what is unknown last in either direction."""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.tag_column import NO_TAGS
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.text_folding import natural_ranks
from bgm_finder.track import FORMAT

Values = NDArray[np.generic]

SortKey = Literal["title", "duration", "bpm", "mark", "heard", "format", "comment", "file", "folder", "artist", "added"]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)

_COLUMNS: dict[SortKey, tuple[Callable[[Columns], object], Callable[[Columns], Values]]] = {
    "title": (lambda c: c.title_ranks, lambda c: c.title_ranks),
    "duration": (lambda c: c.durations_s, lambda c: c.durations_s),
    "bpm": (lambda c: c.bpms, lambda c: c.bpms),
    "mark": (lambda c: c.marks, lambda c: -c.marks),  # kept ones first
    "heard": (lambda c: c.heard_s, lambda c: -c.heard_s),  # the longest first
    "format": (lambda c: c.tags.get(FORMAT, NO_TAGS), lambda c: c.format_ranks()),
    "comment": (lambda c: c.comments, lambda c: _filled_ranks(c.comments)),
    "file": (lambda c: c.paths, lambda c: c.paths.file_ranks),
    "folder": (lambda c: c.paths, lambda c: c.paths.folder_ranks),
    "artist": (lambda c: c.artists, lambda c: _filled_ranks(c.artists)),
    "added": (lambda c: c.ids, lambda c: np.arange(len(c), dtype=np.int32)),
}
"""By key: what decides the order, which is the same object as long as nothing in it changes, and its numbers."""


def sort(columns: Columns, rows: NDArray[np.int32], key: SortKey, descending: bool = False) -> NDArray[np.int32]:
    """Return the rows in the order of one of SORT_KEYS; equal ones keep the order they were added in."""
    order = _order(columns, key, descending)
    if len(rows) == len(columns):
        return order
    is_in = np.zeros(len(columns), np.bool_)
    is_in[rows] = True
    return order[is_in[order]]


def _order(columns: Columns, key: SortKey, descending: bool) -> NDArray[np.int32]:
    """Return all rows in order, sorted only once for as long as the values stay."""
    source, values = _COLUMNS[key]
    kept, orders = source(columns), columns.remembered.orders
    if (key, descending) not in orders or orders[key, descending][0] is not kept:
        orders[key, descending] = kept, _sorted(values(columns), descending)
    return orders[key, descending][1]


def _filled_ranks(texts: Texts) -> Values:
    """Return each text's place in natural order, float32; nan for an empty one."""
    found = list(texts)
    return np.where([bool(text) for text in found], natural_ranks(found).astype(np.float32), np.float32(np.nan))


def _sorted(values: Values, descending: bool) -> NDArray[np.int32]:
    numbers = values.astype(np.float64)
    numbers = np.where(np.isnan(numbers), np.inf, -numbers if descending else numbers)
    return np.argsort(numbers, kind="stable").astype(np.int32)
