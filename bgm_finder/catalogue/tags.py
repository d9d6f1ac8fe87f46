"""The tags of the tracks, each with where it came from: the file itself, a tag list, or the user's hand."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits
from bgm_finder.track import Tag


@dataclass(frozen=True, slots=True, order=True)
class Tagging:
    """One tag on one track; source is "file", "csv" or "hand"."""

    track_id: int
    tag: Tag
    source: str = "hand"


@dataclass(frozen=True, slots=True)
class TagEdit:
    """Taggings to be added and to be removed; what edit gives back undoes it."""

    added: tuple[Tagging, ...] = ()
    removed: tuple[Tagging, ...] = ()

    @property
    def track_ids(self) -> set[int]:
        """The tracks that the edit touches."""
        return {tagging.track_id for tagging in (*self.added, *self.removed)}


class Tags:
    """Reads and writes tags; each call that writes is one transaction and can be undone."""

    def __init__(self, connection: sqlite3.Connection, hand_edits: HandEdits) -> None:
        self._connection = connection
        self._hand_edits = hand_edits

    def add(self, track_ids: Iterable[int], tag: Tag) -> TagEdit:
        """Tags tracks by hand, those which carry the tag already aside; gives the edit that undoes it."""
        carriers = {tagging.track_id for tagging in self.carriers(tag)}
        return self.edit(TagEdit(added=tuple(Tagging(i, tag) for i in track_ids if i not in carriers)))

    def remove(self, track_ids: Iterable[int], tag: Tag) -> TagEdit:
        """Takes a tag off tracks, wherever it came from; gives the edit that undoes it."""
        wanted = set(track_ids)
        return self.edit(TagEdit(removed=tuple(t for t in self.carriers(tag) if t.track_id in wanted)))

    def edit(self, edit: TagEdit) -> TagEdit:
        """Does an edit and gives the one that undoes it: what really changed, turned round."""
        with self._connection:
            undoing = self.edit_within(edit)
            noted = [("+", *_plain(tagging)) for tagging in undoing.removed]
            self._hand_edits.note_within(tags=noted + [("-", *_plain(tagging)) for tagging in undoing.added])
            return undoing

    def edit_within(self, edit: TagEdit) -> TagEdit:
        """Does an edit inside a transaction of the caller."""
        removed = tuple(tagging for tagging in edit.removed if self._delete(tagging))
        added = tuple(tagging for tagging in edit.added if self._insert(tagging))
        return TagEdit(added=removed, removed=added)

    def carriers(self, tag: Tag) -> list[Tagging]:
        """Gives which tracks carry a tag, once for each source."""
        rows = self._connection.execute(
            "SELECT track_id, source FROM track_tags JOIN tag_names ON id = name_id WHERE category = ? AND name = ?",
            (tag.category, tag.name),
        )
        return [Tagging(track_id, tag, source) for track_id, source in rows]

    def of(self, track_id: int) -> list[Tagging]:
        """Gives the tags of one track, once for each source."""
        rows = self._connection.execute(
            "SELECT category, name, source FROM track_tags JOIN tag_names ON id = name_id WHERE track_id = ?",
            (track_id,),
        )
        return [Tagging(track_id, Tag(category, name), source) for category, name, source in rows]

    def names(self) -> dict[str, list[str]]:
        """Gives every name of every category, sorted, for completing what is typed."""
        found: dict[str, list[str]] = {}
        for category, name in self._connection.execute("SELECT category, name FROM tag_names ORDER BY category, name"):
            found.setdefault(category, []).append(name)
        return found

    def replace_within(self, track_id: int, source: str, tags: Iterable[Tag]) -> bool:
        """Makes these the tags of one source on a track, inside a transaction of the caller; tells what changed."""
        wanted = {Tagging(track_id, tag, source) for tag in tags}
        present = {tagging for tagging in self.of(track_id) if tagging.source == source}
        self.edit_within(TagEdit(added=tuple(sorted(wanted - present)), removed=tuple(sorted(present - wanted))))
        return wanted != present

    def _insert(self, tagging: Tagging) -> bool:
        tag = tagging.tag
        self._connection.execute(
            "INSERT OR IGNORE INTO tag_names (category, name) VALUES (?, ?)", (tag.category, tag.name)
        )
        # a track forgotten since, which an old undo may name, gets no tag
        cursor = self._connection.execute(
            """INSERT OR IGNORE INTO track_tags (name_id, track_id, source)
                SELECT tag_names.id, tracks.id, ? FROM tag_names, tracks
                WHERE category = ? AND tag_names.name = ? AND tracks.id = ?""",
            (tagging.source, tag.category, tag.name, tagging.track_id),
        )
        return cursor.rowcount > 0

    def _delete(self, tagging: Tagging) -> bool:
        cursor = self._connection.execute(
            """DELETE FROM track_tags WHERE track_id = ? AND source = ?
                AND name_id = (SELECT id FROM tag_names WHERE category = ? AND name = ?)""",
            (tagging.track_id, tagging.source, tagging.tag.category, tagging.tag.name),
        )
        return cursor.rowcount > 0


def _plain(tagging: Tagging) -> tuple[int, str, str, str]:
    return tagging.track_id, tagging.tag.category, tagging.tag.name, tagging.source
