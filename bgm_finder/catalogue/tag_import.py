"""The tags of a tag list, brought into the catalogue in one transaction."""

import sqlite3
from collections.abc import Iterable

from bgm_finder.catalogue.precedence import REFOLD
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.catalogue.tags import Tags


def store_tag_list(
    connection: sqlite3.Connection, tags: Tags, listed: TagList, matched: Iterable[tuple[int, ListedTrack]]
) -> list[int]:
    """Makes the list's rows the tag-list tags of their tracks; gives the tracks that really changed.

    Only categories that the list has a column for are touched, and only tags that came from a list; those added by
    hand or read from the file stay.
    """
    with connection:
        return [track_id for track_id, row in matched if _store_row(connection, tags, listed, track_id, row)]


def _store_row(connection: sqlite3.Connection, tags: Tags, listed: TagList, track_id: int, row: ListedTrack) -> bool:
    changed = tags.replace_within(track_id, "csv", row.tags, listed.categories)
    title, comment, bpm = connection.execute(
        "SELECT csv_title, csv_comment, csv_bpm FROM tracks WHERE id = ?", (track_id,)
    ).fetchone()
    wanted = (
        title if row.title is None else row.title,
        comment if row.comment is None else row.comment,
        row.bpm if listed.has_bpm else bpm,
    )
    if wanted == (title, comment, bpm):
        return changed
    connection.execute(
        "UPDATE tracks SET csv_title = ?, csv_comment = ?, csv_bpm = ? WHERE id = ?", (*wanted, track_id)
    )
    connection.execute(REFOLD, (track_id,))
    return True
