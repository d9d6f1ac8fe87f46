"""What tags are shown as: the name that the user has given them, whatever the files and the lists say."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bgm_finder.track import Tag

Rule = tuple[Tag, Tag | None]
"""A tag as it is said and as it is shown, None: as it is said. An empty name stands for all of a category."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The rules at one moment; each tag is looked up once, so that they cannot go round in circles."""

    rules: Mapping[Tag, Tag] = field(default_factory=dict)

    def shown(self, said: Tag) -> Tag:
        """Return what a tag is shown as."""
        return self.rules[said] if said in self.rules else self._by_category(said)

    def said(self, shown: Tag) -> list[Tag]:
        """Return every tag that is shown as this one, ascending."""
        candidates = {shown}
        for raw, target in self.rules.items():
            if raw.name:
                candidates.add(raw)
            elif target.category == shown.category:
                candidates.add(Tag(raw.category, shown.name))
        return sorted(tag for tag in candidates if self.shown(tag) == shown)

    def to_say(self, shown: Tag) -> Tag:
        """Return the tag to store so that this one is shown; a synonym that nothing is shown as stays one."""
        said = self.said(shown)
        return shown if shown in said or not said else said[0]

    def renamed(self, old: Tag, new: Tag) -> tuple[Rule, ...]:
        """Return the rules by which what is shown as one tag is shown as another."""
        return tuple((tag, None if self._by_category(tag) == new else new) for tag in self.said(old))

    def category_renamed(self, old: str, new: str) -> tuple[Rule, ...]:
        """Return the rules by which a whole category is shown as another, with all that is yet to come into it."""
        categories = {old, *(raw.category for raw in self.rules if not raw.name)}
        whole = [c for c in sorted(categories) if self.shown(Tag(c, "")).category == old]
        rules: list[Rule] = [(Tag(c, ""), None if c == new else Tag(new, "")) for c in whole]
        single = [(raw, to) for raw, to in self.rules.items() if raw.name and to.category == old]
        return (*rules, *((raw, Tag(new, to.name)) for raw, to in single))

    def _by_category(self, said: Tag) -> Tag:
        target = self.rules.get(Tag(said.category, ""))
        return said if target is None else Tag(target.category, said.name)


def read_naming(connection: sqlite3.Connection) -> Naming:
    """Return the rules as they are now."""
    rows = connection.execute("SELECT category, name, shown_category, shown_name FROM synonyms")
    return Naming({Tag(category, name): Tag(*shown) for category, name, *shown in rows})


def set_rules_within(connection: sqlite3.Connection, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Set rules inside a transaction of the caller; return those that undo it."""
    before: list[Rule] = []
    present = read_naming(connection).rules
    for said, shown in rules:
        if present.get(said) == shown:
            continue
        before.append((said, present.get(said)))
        connection.execute("DELETE FROM synonyms WHERE category = ? AND name = ?", (said.category, said.name))
        if shown is not None:
            values = (said.category, said.name, shown.category, shown.name)
            connection.execute("INSERT INTO synonyms VALUES (?, ?, ?, ?)", values)
        _note_carriers(connection, said)
    return tuple(before)


def _note_carriers(connection: sqlite3.Connection, said: Tag) -> None:
    """Note that the tracks with a tag look different now, so that the columns in memory follow."""
    connection.execute(
        """INSERT OR REPLACE INTO changes (track_id) SELECT DISTINCT track_id FROM track_tags WHERE name_id IN
            (SELECT id FROM tag_names WHERE category = ? AND ? IN ('', name))""",
        (said.category, said.name),
    )
