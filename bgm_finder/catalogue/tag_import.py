"""The tags of a tag list, brought into the catalogue in one transaction, and taken back in another."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bgm_finder.catalogue.precedence import REFOLD
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.catalogue.tags import Tags
from bgm_finder.track import Tag


@dataclass(frozen=True, slots=True)
class ListedState:
    """All that tag lists say of one track."""

    title: str
    comment: str
    bpm: float | None
    tags: frozenset[Tag]


@dataclass(frozen=True, slots=True)
class ListEdit:
    """What tag lists are to say of tracks; what an edit gives back undoes it."""

    states: Mapping[int, ListedState] = field(default_factory=dict)
    """By track; only those whose state differs."""


def store_tag_list(
    connection: sqlite3.Connection, tags: Tags, listed: TagList, matched: Iterable[tuple[int, ListedTrack]]
) -> ListEdit:
    """Make the list's rows the tag-list tags of their tracks; return what undoes that.

    Only categories that the list has a column for are touched, and only tags that came from a list; those added by
    hand or read from the file stay.
    """
    with connection:
        before = ((track_id, row, _state(connection, tags, track_id)) for track_id, row in matched)
        wanted = ((track_id, state, _wanted(listed, row, state)) for track_id, row, state in before)
        return ListEdit(
            {track_id: old for track_id, old, new in wanted if _store(connection, tags, track_id, old, new)}
        )


def restore_listed(connection: sqlite3.Connection, tags: Tags, edit: ListEdit) -> ListEdit:
    """Do an edit and return the one that undoes it; names of tags that nothing carries any more are forgotten."""
    with connection:
        undoing = {track_id: _state(connection, tags, track_id) for track_id in edit.states}
        for track_id, state in edit.states.items():
            _store(connection, tags, track_id, undoing[track_id], state)
        names = {tag for state in undoing.values() for tag in state.tags}
        connection.executemany(
            """DELETE FROM tag_names WHERE category = ? AND name = ?
                AND NOT EXISTS (SELECT 1 FROM track_tags WHERE name_id = tag_names.id)
                AND NOT EXISTS (SELECT 1 FROM removed_tags WHERE name_id = tag_names.id)""",
            [(tag.category, tag.name) for tag in names],
        )
        return ListEdit(undoing)


def _state(connection: sqlite3.Connection, tags: Tags, track_id: int) -> ListedState:
    row = connection.execute("SELECT csv_title, csv_comment, csv_bpm FROM tracks WHERE id = ?", (track_id,)).fetchone()
    title, comment, bpm = row or ("", "", None)  # a track forgotten since, which an old undo may name
    return ListedState(title, comment, bpm, tags.said_by(track_id, "csv"))


def _wanted(listed: TagList, row: ListedTrack, before: ListedState) -> ListedState:
    others = (tag for tag in before.tags if tag.category not in listed.categories)
    return ListedState(
        before.title if row.title is None else row.title,
        before.comment if row.comment is None else row.comment,
        row.bpm if listed.has_bpm else before.bpm,
        frozenset([*others, *row.tags]),
    )


def _store(connection: sqlite3.Connection, tags: Tags, track_id: int, before: ListedState, wanted: ListedState) -> bool:
    """Store what lists say of a track; return whether that is anything new."""
    if before == wanted:
        return False
    if before.tags != wanted.tags:
        tags.replace_within(track_id, "csv", wanted.tags)
    texts = (wanted.title, wanted.comment, wanted.bpm)
    if texts != (before.title, before.comment, before.bpm):
        connection.execute(
            "UPDATE tracks SET csv_title = ?, csv_comment = ?, csv_bpm = ? WHERE id = ?", (*texts, track_id)
        )
        connection.execute(REFOLD, (track_id,))
    return True
