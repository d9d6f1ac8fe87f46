"""What can be wrong with a tag list: as a whole, in one line, or its encoding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class UnreadableTagList(Exception):  # noqa: N818 - named after what the user has
    """A tag list that cannot be read at all, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The tag list {path} {reason}.")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """One encoding that a list may be in, and the first rows as they read in it."""

    encoding: str
    rows: tuple[tuple[str, ...], ...]


class UndecidedEncoding(UnreadableTagList):
    """A tag list that reads well in several encodings, or in none."""

    def __init__(self, path: Path, choices: tuple[EncodingChoice, ...]) -> None:
        names = ", ".join(choice.encoding for choice in choices)
        super().__init__(path, f"may be in one of several encodings ({names})")
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in one line of a tag list that was passed over."""

    line: int
    reason: str
    """A sentence with places for values, such as "names {file} once more"."""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence with its values, in English."""
        return self.reason.format(**self.values)

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"
