"""Columns brought up to date by reading only the tracks that have changed since."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.changes import Changes
from bgm_finder.catalogue.folders import Folders
from bgm_finder.catalogue.in_memory.brief_columns import no_brief
from bgm_finder.catalogue.in_memory.columns import ANALYSED, Columns
from bgm_finder.catalogue.in_memory.loading import analysed_among, in_order, joined, one_moment, title_ranks
from bgm_finder.catalogue.in_memory.parts import Part, read_parts
from bgm_finder.catalogue.in_memory.places import Paths, Titles
from bgm_finder.catalogue.in_memory.tag_column import NO_TAGS, TagColumn
from bgm_finder.catalogue.in_memory.texts import Block, Texts
from bgm_finder.catalogue.naming import read_naming
from bgm_finder.track import FORMAT, Tag

_CHANGED = "IN (SELECT track_id FROM changes WHERE stamp > ?)"


def patch_columns(connection: sqlite3.Connection, folders: Folders, before: Columns) -> Columns | None:
    """Return the columns as they are now, or None where so much has changed that they are to be read as a whole.

    What has not changed is the same object as before; where nothing has, that is the columns themselves. Where
    anything has, those of a brief are to be laid over them anew.
    """
    with one_moment(connection):
        changes = Changes(connection)
        stamp = changes.stamp()
        changed = changes.since(before.stamp) if stamp >= before.stamp else None
        if changed is None:
            return None
        if not changed:
            return before
        parts = list(read_parts(connection, f"id {_CHANGED}", before.stamp))
        patch = _Patch(before, changed, joined([part.ids for part in parts], np.int64))
        return _patched(connection, folders, before, patch, parts, stamp) if patch.fits else None


class _Patch:
    """Which rows have other contents, which are gone, and which come new at the end."""

    def __init__(self, before: Columns, changed: list[int], there: NDArray[np.int64]) -> None:
        """there: those of the changed tracks that are in the catalogue now, ascending."""
        self.count = len(before)
        self.there = there
        self.known = np.isin(there, before.ids)
        self.rows = before.rows_of(there)
        self.gone = before.rows_of(np.setdiff1d(np.asarray(changed, np.int64), there))
        last = before.ids[-1] if len(before) else 0
        self.fits = bool(np.all(there[~self.known] > last))  # ids only ever rise; else it is another catalogue
        self.moves_rows = bool(len(self.gone)) or not self.known.all()

    def array(self, before: NDArray[Any], found: Iterable[NDArray[Any]]) -> NDArray[Any]:
        """Return a column with the values of there put in."""
        values = joined(list(found), before.dtype.type)
        is_float = np.issubdtype(before.dtype, np.floating)
        if not self.moves_rows and np.array_equal(before[self.rows], values, equal_nan=is_float):
            return before
        after = before.copy()
        after[self.rows] = values[self.known]
        return np.concatenate([np.delete(after, self.gone), values[~self.known]])

    def texts(self, before: Texts, found: Iterable[Block]) -> Texts:
        values = list(zip((text for block in found for text in block.texts()), self.known.tolist(), strict=True))
        news = dict(zip(self.rows.tolist(), (text for text, is_known in values if is_known), strict=True))
        return before.changed(news, self.gone.tolist(), [text for text, is_known in values if not is_known])

    def tags(self, before: TagColumn, pairs: list[tuple[int, str]]) -> TagColumn:
        """Return a category whose changed tracks carry these (row now, name) pairs and no others."""
        is_touched = np.zeros(self.count, np.bool_)
        is_touched[self.rows] = is_touched[self.gone] = True
        touched = is_touched[before.rows]
        carried = {(row, before.names[code]) for row, code in _pairs(before.rows[touched], before.codes[touched])}
        if not self.moves_rows and carried == set(pairs):
            return before
        rows, codes = before.rows[~touched], before.codes[~touched]
        rows = rows - np.searchsorted(self.gone, rows).astype(np.int32)
        is_used = np.bincount(codes, minlength=len(before.names)) > 0
        kept = {name for name, used in zip(before.names, is_used.tolist(), strict=True) if used}
        names = tuple(sorted(kept | {name for _, name in pairs}))
        code_of = {name: code for code, name in enumerate(names)}
        recoded = np.array([code_of.get(name, -1) for name in before.names], np.int32)
        rows = joined([rows, np.array([row for row, _ in pairs], np.int32)], np.int32)
        codes = joined([recoded[codes], np.array([code_of[name] for _, name in pairs], np.int32)], np.int32)
        order = np.argsort(rows, kind="stable")
        return TagColumn(names, rows[order], codes[order])


def _pairs(rows: NDArray[np.int32], codes: NDArray[np.int32]) -> Iterable[tuple[int, int]]:
    return zip(rows.tolist(), codes.tolist(), strict=True)


def _patched(
    connection: sqlite3.Connection, folders: Folders, before: Columns, patch: _Patch, parts: list[Part], stamp: int
) -> Columns:
    ids = patch.array(before.ids, (part.ids for part in parts))
    states = joined([part.states for part in parts], np.uint8)
    analysed = analysed_among(connection, before.network, f"track_id {_CHANGED}", before.stamp)
    states[np.searchsorted(patch.there, analysed)] |= ANALYSED
    paths = _paths(before.paths, patch, parts, folders.roots())
    own = patch.texts(before.titles.own, (part.titles for part in parts))
    is_titled_alike = own is before.titles.own and paths is before.paths
    return replace(
        before,
        ids=ids,
        paths=paths,
        titles=before.titles if is_titled_alike else Titles(own, paths),
        artists=patch.texts(before.artists, (part.artists for part in parts)),
        comments=patch.texts(before.comments, (part.comments for part in parts)),
        searched=patch.texts(before.searched, (part.searched for part in parts)),
        durations_s=patch.array(before.durations_s, (part.durations_s for part in parts)),
        bpms=patch.array(before.bpms, (part.bpms for part in parts)),
        bpms_estimated=patch.array(before.bpms_estimated, (part.bpms_estimated for part in parts)),
        **no_brief(len(ids)),
        states=patch.array(before.states, [states]),
        title_ranks=before.title_ranks if is_titled_alike else title_ranks(connection, ids),
        tags=_tags(connection, before, patch, ids, parts),
        stamp=stamp,
    )


def _paths(before: Paths, patch: _Patch, parts: list[Part], roots: dict[int, str]) -> Paths:
    names = patch.texts(before.names, (part.names for part in parts))
    folder_ids = patch.array(before.folder_ids, (part.folder_ids for part in parts))
    is_same = names is before.names and folder_ids is before.folder_ids and roots == before.roots
    return before if is_same else Paths(names, folder_ids, roots)


def _tags(
    connection: sqlite3.Connection, before: Columns, patch: _Patch, ids: NDArray[np.int64], parts: list[Part]
) -> dict[str, TagColumn]:
    naming, found = read_naming(connection), set()
    for track_id, category, name in connection.execute(
        f"""SELECT DISTINCT track_id, category, name FROM track_tags JOIN tag_names ON id = name_id
            WHERE track_id {_CHANGED}""",
        (before.stamp,),
    ):
        found.add((track_id, naming.shown(Tag(category, name))))
    pairs: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    row_of = dict(zip(patch.there.tolist(), np.searchsorted(ids, patch.there).tolist(), strict=True))
    for track_id, tag in found:
        pairs[tag.category].append((row_of[track_id], tag.name))
    formats = (text.decode() for part in parts for text in part.formats.texts())
    pairs[FORMAT] = [(row, name) for row, name in zip(row_of.values(), formats, strict=True) if name]
    categories = {*before.tags, *pairs}
    patched = {category: patch.tags(before.tags.get(category, NO_TAGS), pairs[category]) for category in categories}
    return in_order({c: column for c, column in patched.items() if column.names or c == FORMAT})
