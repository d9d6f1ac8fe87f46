"""All tracks of the catalogue read into columns, as they are at one moment."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.changes import Changes
from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.in_memory.brief_columns import no_brief
from bgm_finder.catalogue.in_memory.columns import ANALYSED, Columns, rows_of
from bgm_finder.catalogue.in_memory.parts import numbers, read_parts
from bgm_finder.catalogue.in_memory.places import Paths, Titles
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.catalogue.in_memory.texts import Block, Texts
from bgm_finder.catalogue.naming import read_naming
from bgm_finder.track import CATEGORIES, FORMAT, Tag


def load_columns(
    connection: sqlite3.Connection, folders: Folders, network: str, file: tuple[int, int] = (0, 0)
) -> Columns:
    """Return all tracks; those with a vector of the network count as analysed. file: noted in the columns."""
    with one_moment(connection):
        parts = list(read_parts(connection))
        ids = joined([part.ids for part in parts], np.int64)
        states = joined([part.states for part in parts], np.uint8)
        states[np.searchsorted(ids, analysed_among(connection, network))] |= ANALYSED
        folder_ids = joined([part.folder_ids for part in parts], np.int64)
        paths = Paths(Texts(part.names for part in parts), folder_ids, folders.roots())
        tags = {**_tag_columns(connection, ids), FORMAT: _format_column([part.formats for part in parts])}
        return Columns(
            ids=ids,
            paths=paths,
            titles=Titles(Texts(part.titles for part in parts), paths),
            artists=Texts(part.artists for part in parts),
            comments=Texts(part.comments for part in parts),
            searched=Texts(part.searched for part in parts),
            durations_s=joined([part.durations_s for part in parts], np.float32),
            bpms=joined([part.bpms for part in parts], np.float32),
            bpms_estimated=joined([part.bpms_estimated for part in parts], np.bool_),
            **no_brief(len(ids)),
            states=states,
            title_ranks=title_ranks(connection, ids),
            tags=in_order(tags),
            stamp=Changes(connection).stamp(),
            file=file,
            network=network,
        )


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all that is read inside belong to one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *arrays])


def analysed_among(
    connection: sqlite3.Connection, network: str, among: str = "1", *values: object
) -> NDArray[np.int64]:
    """Return the tracks with a vector of a network, ascending; among: a condition in SQL."""
    # by the small index: the table itself is as large as all vectors
    found = connection.execute(
        f"""SELECT group_concat(track_id) FROM (SELECT track_id FROM vectors INDEXED BY vectors_by_track
            WHERE {among} AND network = ? ORDER BY track_id)""",
        (*values, network),
    ).fetchone()
    return numbers(found[0])


def title_ranks(connection: sqlite3.Connection, ids: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return each track's place among all titles; those that are alike share one."""
    (ordered,) = connection.execute(
        "SELECT group_concat(id) FROM (SELECT id FROM tracks ORDER BY title_key, id)"
    ).fetchone()
    (alike,) = connection.execute(
        "SELECT group_concat(alike) FROM (SELECT count(*) AS alike FROM tracks GROUP BY title_key ORDER BY title_key)"
    ).fetchone()
    sizes = numbers(alike)
    ranks = np.zeros(len(ids), np.int32)
    ranks[rows_of(ids, numbers(ordered))] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return ranks


def in_order(tags: dict[str, TagColumn]) -> dict[str, TagColumn]:
    """Return the categories of a stock-music site first, in their order, then the user's own."""
    ordered = [c for c in CATEGORIES if c in tags] + sorted(set(tags).difference(CATEGORIES))
    return {category: tags[category] for category in ordered}


def _format_column(blocks: list[Block]) -> TagColumn:
    formats = [
        bytes(block.letters).split(b"\n")[:-1] for block in blocks
    ]  # a format is the ending of a name: no line feed
    names = sorted({text for some in formats for text in set(some)} - {b""})
    code_of = {b"": -1, **{name: code for code, name in enumerate(names)}}
    codes = joined([np.fromiter(map(code_of.__getitem__, some), np.int32, len(some)) for some in formats], np.int32)
    rows = np.flatnonzero(codes >= 0).astype(np.int32)
    return TagColumn(tuple(name.decode() for name in names), rows, codes[rows])


def _tag_columns(connection: sqlite3.Connection, ids: NDArray[np.int64]) -> dict[str, TagColumn]:
    """Read name by name, as the table is ordered: the tracks of each arrive in one piece."""
    naming = read_naming(connection)
    rows: defaultdict[Tag, list[NDArray[np.int32]]] = defaultdict(list)
    for name_id, category, name in connection.execute("SELECT id, category, name FROM tag_names").fetchall():
        (carriers,) = connection.execute(
            """SELECT group_concat(track_id) FROM
                (SELECT DISTINCT track_id FROM track_tags WHERE name_id = ? ORDER BY track_id)""",
            (name_id,),
        ).fetchone()
        if carriers is not None:
            rows[naming.shown(Tag(category, name))].append(rows_of(ids, numbers(carriers)))
    named: defaultdict[str, list[tuple[str, NDArray[np.int32]]]] = defaultdict(list)
    for tag, found in sorted(rows.items(), key=lambda item: item[0]):
        named[tag.category].append((tag.name, found[0] if len(found) == 1 else np.unique(np.concatenate(found))))
    return {category: _tag_column(own) for category, own in named.items()}


def _tag_column(named: list[tuple[str, NDArray[np.int32]]]) -> TagColumn:
    rows = joined([own for _, own in named], np.int32)
    codes = np.repeat(np.arange(len(named), dtype=np.int32), [len(own) for _, own in named])
    order = np.argsort(rows, kind="stable")
    return TagColumn(tuple(name for name, _ in named), rows[order], codes[order])
