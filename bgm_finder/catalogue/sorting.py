"""The order of the list: by any column, what is unknown last in either direction."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.columns import Columns

SORT_KEYS = ("title", "duration", "bpm", "mark", "format", "folder", "added")


def sort(columns: Columns, rows: NDArray[np.int32], key: str, descending: bool = False) -> NDArray[np.int32]:
    """Gives the rows in the order of one of SORT_KEYS; equal ones keep the order they were added in."""
    values = _values(columns, key)[rows]
    order = np.lexsort((rows, -values if descending else values, np.isnan(values)))
    return rows[order]


def _values(columns: Columns, key: str) -> NDArray[np.float64]:
    if key == "title":
        return columns.title_ranks.astype(np.float64)
    if key == "duration":
        return columns.durations_s.astype(np.float64)
    if key == "bpm":
        return columns.bpms.astype(np.float64)
    if key == "mark":
        return -columns.marks.astype(np.float64)  # kept ones first
    if key == "folder":
        return columns.folder_ranks.astype(np.float64)
    if key == "format":
        return columns.format_ranks.astype(np.float64)
    return columns.ids.astype(np.float64)
