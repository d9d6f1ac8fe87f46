"""All tracks of the catalogue read into columns at once."""

import os
import sqlite3
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.columns import ANALYSED, MISSING, PICTURED, UNREADABLE, Columns, TagColumn
from bgm_finder.catalogue.folders import Folders
from bgm_finder.track import CATEGORIES

_TRACKS = """
    SELECT id, folder_id, name, coalesce(nullif(csv_title, ''), title), artist,
        coalesce(nullif(csv_comment, ''), comment), folded, format, duration_s,
        coalesce(csv_bpm, file_bpm, estimated_bpm), csv_bpm IS NULL AND file_bpm IS NULL AND estimated_bpm IS NOT NULL,
        mark, is_missing, unreadable_because != ''
    FROM tracks ORDER BY id"""


def load_columns(connection: sqlite3.Connection, folders: Folders, network: str) -> Columns:
    """Gives all tracks; those with a vector of the network count as analysed."""
    rows = connection.execute(_TRACKS).fetchall()
    fields = list(zip(*rows, strict=True)) if rows else [()] * 14
    ids = np.array(fields[0], np.int64)
    roots = folders.roots()
    paths = [roots[folder] + os.fsdecode(name) for folder, name in zip(fields[1], fields[2], strict=True)]
    tags = {**_tag_columns(connection, ids), "format": _format_column(fields[7])}
    ordered = [c for c in CATEGORIES if c in tags] + sorted(set(tags).difference(CATEGORIES))
    return Columns(
        ids=ids,
        paths=paths,
        titles=[title or _stem(path) for title, path in zip(fields[3], paths, strict=True)],
        artists=list(fields[4]),
        comments=list(fields[5]),
        searched=list(fields[6]),
        durations_s=np.array(fields[8], np.float32),
        bpms=np.array(fields[9], np.float32),
        bpms_estimated=np.array(fields[10], np.bool_),
        marks=np.array(fields[11], np.int8),
        states=_states(connection, ids, network, missing=fields[12], unreadable=fields[13]),
        tags={category: tags[category] for category in ordered},
    )


def _stem(path: str) -> str:
    """Gives the file name without its ending, much faster than pathlib does."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[:dot] if dot > 0 else name


def _states(
    connection: sqlite3.Connection,
    ids: NDArray[np.int64],
    network: str,
    missing: tuple[int, ...],
    unreadable: tuple[int, ...],
) -> NDArray[np.uint8]:
    analysed = _numbers(connection.execute("SELECT track_id FROM vectors WHERE network = ?", (network,)))
    pictured = _numbers(connection.execute("SELECT track_id FROM pictures"))
    states = np.array(missing, np.uint8) * MISSING + np.array(unreadable, np.uint8) * UNREADABLE
    states[np.searchsorted(ids, analysed)] |= ANALYSED
    states[np.searchsorted(ids, pictured)] |= PICTURED
    return states.astype(np.uint8)


def _numbers(cursor: sqlite3.Cursor) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(cursor), np.int64)


def _format_column(formats: tuple[str, ...]) -> TagColumn:
    names = tuple(sorted(set(formats) - {""}))
    code_of = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((code_of.get(name, -1) for name in formats), np.int32, len(formats))
    rows = np.flatnonzero(codes >= 0).astype(np.int32)
    return TagColumn(names, rows, codes[rows])


def _tag_columns(connection: sqlite3.Connection, ids: NDArray[np.int64]) -> dict[str, TagColumn]:
    names: dict[str, list[tuple[int, str]]] = {}
    for name_id, category, name in connection.execute(
        """SELECT id, category, name FROM tag_names WHERE id IN (SELECT name_id FROM track_tags)
            ORDER BY category, name"""
    ):
        names.setdefault(category, []).append((name_id, name))
    pairs = _numbers(connection.execute("SELECT DISTINCT name_id, track_id FROM track_tags")).reshape(-1, 2)
    rows = np.searchsorted(ids, pairs[:, 1]).astype(np.int32)
    return {category: _tag_column(own, pairs[:, 0], rows) for category, own in names.items()}


def _tag_column(names: list[tuple[int, str]], name_ids: NDArray[np.int64], rows: NDArray[np.int32]) -> TagColumn:
    """Picks one category's pairs out of those of all."""
    code_of = np.full(max(name_ids.max(initial=0), max(name_id for name_id, _ in names)) + 1, -1, np.int32)
    code_of[[name_id for name_id, _ in names]] = np.arange(len(names))
    codes = code_of[name_ids]
    own = np.flatnonzero(codes >= 0)
    own = own[np.argsort(rows[own], kind="stable")]
    return TagColumn(tuple(name for _, name in names), rows[own], codes[own])
