"""Tags taken off by hand, which neither the same file nor the same list brings back."""

import sqlite3
from collections.abc import Iterable

from bgm_finder.catalogue.naming import read_naming
from bgm_finder.track import Tag


def tags_shown_as(connection: sqlite3.Connection, tag: Tag) -> list[Tag]:
    """Return every known tag, as it is said, that is shown as this one; with an empty name: in this category."""
    naming = read_naming(connection)
    known = [Tag(*row) for row in connection.execute("SELECT category, name FROM tag_names")]
    return [t for t in known if naming.shown(t) == tag or (not tag.name and naming.shown(t).category == tag.category)]


def remove_within(connection: sqlite3.Connection, tags: Iterable[Tag], removal: int) -> int:
    """Take tags, as they are said, off all tracks inside a transaction of the caller; return how many taggings went.

    removal: the number by which restore_within brings exactly these back.
    """
    count = 0
    for tag in tags:
        row = connection.execute(
            "SELECT id FROM tag_names WHERE category = ? AND name = ?", (tag.category, tag.name)
        ).fetchone()
        if row is None:
            continue
        connection.execute(
            """INSERT OR REPLACE INTO removed_tags (name_id, track_id, source, removal)
                SELECT name_id, track_id, source, ? FROM track_tags WHERE name_id = ?""",
            (removal, *row),
        )
        count += connection.execute("DELETE FROM track_tags WHERE name_id = ?", row).rowcount
    return count


def restore_within(connection: sqlite3.Connection, removal: int) -> int:
    """Bring back what one removal took, inside a transaction of the caller; return how many taggings came back."""
    found = connection.execute(
        """INSERT OR IGNORE INTO track_tags (name_id, track_id, source)
            SELECT name_id, track_id, source FROM removed_tags WHERE removal = ?""",
        (removal,),
    ).rowcount
    connection.execute("DELETE FROM removed_tags WHERE removal = ?", (removal,))
    return found
