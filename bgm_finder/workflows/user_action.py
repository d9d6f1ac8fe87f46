"""What a user did by hand, for those who show what is undone or done again."""

from dataclasses import dataclass
from typing import Literal

from bgm_finder.track import Tag, TextKey

Kind = Literal[
    "keep",
    "reject",
    "unmark",
    "tags",
    "rename",
    "merge",
    "remove",
    "import",
    "stream",
    "note",
    "rename brief",
    "remove brief",
]


@dataclass(frozen=True, slots=True)
class UserAction:
    """The kind of an edit, with the names that belong to it; its tracks are the edit's own."""

    kind: Kind
    added: tuple[Tag, ...] = ()
    """Tags that were added, or the new name; with an empty name a category."""
    removed: tuple[Tag, ...] = ()
    """Tags that were taken off, or the old name."""
    texts: tuple[TextKey, ...] = ()
    """Those that were set."""
