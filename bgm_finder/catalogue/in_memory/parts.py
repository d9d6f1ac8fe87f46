"""Tracks read block by block: joined inside SQLite, which holds up no other thread, and is quicker than row by row."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import MISSING, PICTURED, UNREADABLE
from bgm_finder.catalogue.in_memory.texts import BLOCK_ROWS, Block
from bgm_finder.catalogue.precedence import BPM, COMMENT, IS_BPM_ESTIMATED, TITLE

_ESTIMATED = 16
_MILLIONTH = 1e6
"""Whole numbers are joined and read many times quicker than fractions, and this fine nothing is lost in float32."""

_NUMBERS = {
    "id": "id",
    "folder": "folder_id",
    "duration": f"coalesce(CAST(round(duration_s * {_MILLIONTH:.0f}) AS INTEGER), -1)",
    "bpm": f"coalesce(CAST(round({BPM} * {_MILLIONTH:.0f}) AS INTEGER), -1)",
    "flags": f"""is_missing * {MISSING} + (unreadable_because != '') * {UNREADABLE} + is_whole_read * {PICTURED}
        + {IS_BPM_ESTIMATED} * {_ESTIMATED}""",
}
_TEXTS = {
    "name": "name",
    "title": TITLE,
    "artist": "artist",
    "comment": COMMENT,
    "searched": "folded",
    "format": "format",
}
_JOINED = ", ".join(
    [f"group_concat({key})" for key in _NUMBERS] + [f"CAST(group_concat({key}, char(10)) AS BLOB)" for key in _TEXTS]
)
_EACH = ", ".join(f"{sql} AS {key}" for key, sql in {**_NUMBERS, **_TEXTS}.items())


@dataclass(frozen=True, slots=True)
class Part:
    """Some tracks as the database gives them, row-aligned."""

    ids: NDArray[np.int64]
    folder_ids: NDArray[np.int64]
    durations_s: NDArray[np.float32]
    bpms: NDArray[np.float32]
    bpms_estimated: NDArray[np.bool_]
    states: NDArray[np.uint8]
    """Without ANALYSED, which is another table's."""
    names: Block
    titles: Block
    artists: Block
    comments: Block
    searched: Block
    formats: Block


def read_parts(connection: sqlite3.Connection, among: str = "1", *values: object) -> Iterator[Part]:
    """Yield all tracks, or those that meet a condition in SQL, by ascending id."""
    above = 0
    while (part := _read_part(connection, above, among, values)) is not None:
        yield part
        above = int(part.ids[-1])


def numbers(joined: str | None) -> NDArray[np.int64]:
    """Return the whole numbers that group_concat has joined."""
    return np.fromstring(joined, np.int64, sep=",") if joined else np.zeros(0, np.int64)


def _read_part(connection: sqlite3.Connection, above: int, among: str, values: tuple[object, ...]) -> Part | None:
    some = f"FROM tracks WHERE id > ? AND {among} ORDER BY id LIMIT {BLOCK_ROWS}"
    found = connection.execute(f"SELECT {_JOINED} FROM (SELECT {_EACH} {some})", (above, *values)).fetchone()
    if found[0] is None:
        return None
    ids, folder_ids, durations, bpms, flags = (numbers(joined) for joined in found[: len(_NUMBERS)])
    blocks = {}
    for key, letters in zip(_TEXTS, found[len(_NUMBERS) :], strict=True):
        block = Block.parted(letters + b"\n", len(ids))
        if block is None:
            rows = connection.execute(f"SELECT CAST({_TEXTS[key]} AS BLOB) {some}", (above, *values))
            block = Block.of([text for (text,) in rows])
        blocks[f"{key}s" if key != "searched" else key] = block
    return Part(
        ids=ids,
        folder_ids=folder_ids,
        durations_s=_fractions(durations),
        bpms=_fractions(bpms),
        bpms_estimated=flags & _ESTIMATED > 0,
        states=(flags & (MISSING | UNREADABLE | PICTURED)).astype(np.uint8),
        **blocks,
    )


def _fractions(millionths: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return nan for what is below nought: unknown."""
    return np.where(millionths < 0, np.nan, millionths / _MILLIONTH).astype(np.float32)
