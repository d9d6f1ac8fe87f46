"""What one brief holds of the tracks, laid over the columns of all: marks, listening, and the few notes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import MARK_CODES, Columns
from bgm_finder.track import BriefTrack


def no_brief(count: int) -> dict[str, Any]:
    """Return the columns of no brief for so many tracks."""
    return {"marks": np.zeros(count, np.int8), "heard_s": np.zeros(count, np.float32), "notes": {}, "brief_id": 0}


def with_brief(
    columns: Columns, brief_id: int, tracks: Mapping[int, BriefTrack], before: Columns | None = None
) -> Columns:
    """Return the columns with what a brief holds, by track; tracks that are not in the columns are left out.

    before: columns whose arrays are taken over where nothing in them differs.
    """
    own: dict[str, Any] = {**no_brief(len(columns)), "brief_id": brief_id}
    rows = {row: track for track_id, track in tracks.items() if (row := columns.row_of(track_id)) is not None}
    places = np.fromiter(rows, np.int32, len(rows))
    own["marks"][places] = [MARK_CODES[track.mark] for track in rows.values()]
    own["heard_s"][places] = [track.heard_s for track in rows.values()]
    own["notes"] = {row: track.note for row, track in rows.items() if track.note}
    known = before or columns
    return replace(
        columns,
        **{**own, "marks": _kept(known.marks, own["marks"]), "heard_s": _kept(known.heard_s, own["heard_s"])},
    )


def _kept(before: NDArray[Any], now: NDArray[Any]) -> NDArray[Any]:
    return before if np.array_equal(before, now) else now
