"""The tags of the tracks, each with where it came from: the file itself, a tag list, or the user's hand."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from bgm_finder.catalogue.naming import Naming, Rule, read_naming, set_rules_within
from bgm_finder.catalogue.removals import remove_within, restore_within, tags_shown_as
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits
from bgm_finder.track import Tag, TagSource

_NAMED = "FROM tag_names WHERE category = ? AND name = ?"


@dataclass(frozen=True, slots=True, order=True)
class Tagging:
    """One tag on one track."""

    track_id: int
    tag: Tag
    source: TagSource = "hand"


@dataclass(frozen=True, slots=True)
class TagEdit:
    """Taggings to be added and to be removed; what edit gives back undoes it."""

    added: tuple[Tagging, ...] = ()
    removed: tuple[Tagging, ...] = ()
    lasts: bool = field(default=False, compare=False)
    """Whether neither the same file nor the same list brings back what is removed."""

    @property
    def track_ids(self) -> set[int]:
        """The tracks that the edit touches."""
        return {tagging.track_id for tagging in (*self.added, *self.removed)}


class Tags:
    """Read and write tags; each call that writes is one transaction and can be undone.

    A tag may be shown by another name than it is said (naming.py): of and names give what is shown, carriers and
    edits go by what is said.
    """

    def __init__(self, connection: sqlite3.Connection, hand_edits: HandEdits) -> None:
        self._connection = connection
        self._hand_edits = hand_edits

    def to_add(self, track_ids: Iterable[int], tag: Tag) -> tuple[Tagging, ...]:
        """Return what makes all of these tracks show a tag."""
        naming = self.naming()
        said = naming.to_say(tag)
        carriers = {tagging.track_id for tagging in self.carriers(naming.shown(said))}
        return tuple(Tagging(track_id, said) for track_id in track_ids if track_id not in carriers)

    def to_remove(self, track_ids: Iterable[int], tag: Tag) -> tuple[Tagging, ...]:
        """Return what makes none of these tracks show a tag."""
        wanted = set(track_ids)
        return tuple(tagging for tagging in self.carriers(tag) if tagging.track_id in wanted)

    def edit(self, edit: TagEdit) -> TagEdit:
        """Do an edit and return the one that undoes it: what really changed, turned round."""
        with self._connection:
            undoing = self.edit_within(edit)
            self._hand_edits.note_within(tags=noted_tags(undoing), lasts=edit.lasts)
            return undoing

    def edit_within(self, edit: TagEdit) -> TagEdit:
        """Do an edit inside a transaction of the caller."""
        removed = tuple(tagging for tagging in edit.removed if self._delete(tagging))
        added = tuple(tagging for tagging in edit.added if self._insert(tagging))
        if edit.lasts:
            for tagging in removed:
                self._note_removed(tagging)
        return TagEdit(added=removed, removed=added, lasts=edit.lasts)

    def naming(self) -> Naming:
        """Return what tags are shown as."""
        return read_naming(self._connection)

    def set_naming(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Have tags shown by other names; return the rules that undo it."""
        with self._connection:
            before = set_rules_within(self._connection, wanted := tuple(rules))
            if before:
                self._hand_edits.note_within(naming=wanted)
        return before

    def remove_everywhere(self, tag: Tag) -> int | None:
        """Take a tag, or with an empty name a category, off all tracks that have it now; return the removal's number.

        None where no track has it.
        """
        with self._connection:
            number = self._hand_edits.next_number
            said = tags_shown_as(self._connection, tag)
            if not remove_within(self._connection, said, number):
                return None
            self._hand_edits.note_within(removed=said)
        return number

    def restore(self, removal: int) -> int:
        """Bring back what remove_everywhere took; return how many taggings came back."""
        with self._connection:
            found = restore_within(self._connection, removal)
            self._hand_edits.note_within(restored=removal)
        return found

    def carriers(self, tag: Tag) -> list[Tagging]:
        """Return which tracks show a tag, once for each source, with the tag as it is said."""
        return [
            Tagging(track_id, said, source)
            for said in self.naming().said(tag)
            for track_id, source in self._connection.execute(
                """SELECT track_id, source FROM track_tags JOIN tag_names ON id = name_id
                    WHERE category = ? AND name = ?""",
                (said.category, said.name),
            )
        ]

    def of(self, track_id: int) -> list[Tagging]:
        """Return the tags that one track shows, once for each source."""
        naming = self.naming()
        said = self._said_of(track_id, "track_tags")
        return list(dict.fromkeys(Tagging(track_id, naming.shown(t.tag), t.source) for t in said))

    def said_by(self, track_id: int, source: TagSource) -> frozenset[Tag]:
        """Return what one source says of a track, with what the user has taken off since."""
        said = (*self._said_of(track_id, "track_tags"), *self._said_of(track_id, "removed_tags"))
        return frozenset(tagging.tag for tagging in said if tagging.source == source)

    def names(self) -> dict[str, list[str]]:
        """Return the names of every category that any track shows, sorted."""
        naming = self.naming()
        rows = self._connection.execute(
            "SELECT category, name FROM tag_names WHERE EXISTS (SELECT 1 FROM track_tags WHERE name_id = id)"
        )
        found: dict[str, list[str]] = {}
        for tag in sorted({naming.shown(Tag(*row)) for row in rows}):
            found.setdefault(tag.category, []).append(tag.name)
        return found

    def replace_within(self, track_id: int, source: TagSource, tags: Iterable[Tag]) -> bool:
        """Make these the tags of one source on a track, inside a transaction of the caller; report what changed.

        What the user has taken off stays so for as long as the source goes on saying it.
        """
        said = {Tagging(track_id, tag, source) for tag in tags}
        present, removed = (
            {tagging for tagging in self._said_of(track_id, table) if tagging.source == source}
            for table in ("track_tags", "removed_tags")
        )
        for tagging in removed - said:
            self._forget_removed(tagging)
        undoing = self.edit_within(TagEdit(tuple(sorted(said - present - removed)), tuple(sorted(present - said))))
        return bool(undoing.track_ids)

    def _said_of(self, track_id: int, table: str) -> list[Tagging]:
        rows = self._connection.execute(
            f"SELECT category, name, source FROM {table} JOIN tag_names ON id = name_id WHERE track_id = ?",
            (track_id,),
        )
        return [Tagging(track_id, Tag(category, name), source) for category, name, source in rows]

    def _insert(self, tagging: Tagging) -> bool:
        tag = tagging.tag
        self._forget_removed(tagging)
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
            f"DELETE FROM track_tags WHERE track_id = ? AND source = ? AND name_id = (SELECT id {_NAMED})",
            (tagging.track_id, tagging.source, tagging.tag.category, tagging.tag.name),
        )
        return cursor.rowcount > 0

    def _note_removed(self, tagging: Tagging) -> None:
        if tagging.source != "hand":
            self._connection.execute(
                f"INSERT OR REPLACE INTO removed_tags (name_id, track_id, source, removal) SELECT id, ?, ?, 0 {_NAMED}",
                (tagging.track_id, tagging.source, tagging.tag.category, tagging.tag.name),
            )

    def _forget_removed(self, tagging: Tagging) -> None:
        self._connection.execute(
            f"DELETE FROM removed_tags WHERE track_id = ? AND source = ? AND name_id = (SELECT id {_NAMED})",
            (tagging.track_id, tagging.source, tagging.tag.category, tagging.tag.name),
        )


def noted_tags(undoing: TagEdit) -> list[tuple[str, int, str, str, TagSource]]:
    """Return what an edit did, as the journal notes it: what undoes it, turned round."""
    added = [("+", *_plain(tagging)) for tagging in undoing.removed]
    return added + [("-", *_plain(tagging)) for tagging in undoing.added]


def _plain(tagging: Tagging) -> tuple[int, str, str, TagSource]:
    return tagging.track_id, tagging.tag.category, tagging.tag.name, tagging.source
