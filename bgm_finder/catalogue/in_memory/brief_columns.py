"""What one brief holds of the tracks, laid over the columns of all: marks, listening, and the few notes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import MARK_CODES, Columns
from bgm_finder.track import BriefTrack

_LEAST_HEARD_S = 0.1
"""A settings file that was changed by hand makes no track heard that never sounded."""


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


def with_listening(columns: Columns, heard_s: Mapping[int, float], heard_after_s: float) -> Columns:
    """Return the columns with for how long tracks were listened to, by track, and from when on they are heard.

    They are the same columns where nothing differs.
    """
    after_s = max(_LEAST_HEARD_S, heard_after_s)
    after = columns.heard_s.copy()
    for track_id, seconds in heard_s.items():
        row = columns.row_of(track_id)
        if row is not None:
            after[row] = seconds
    kept = _kept(columns.heard_s, after)
    is_same = kept is columns.heard_s and after_s == columns.heard_after_s
    return columns if is_same else replace(columns, heard_s=kept, heard_after_s=after_s)


def _kept(before: NDArray[Any], now: NDArray[Any]) -> NDArray[Any]:
    return before if np.array_equal(before, now) else now
