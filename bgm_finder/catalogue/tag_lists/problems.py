"""What can be wrong with a tag list: as a whole, in one line, or its encoding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bgm_finder.reasons import FileError, Reason, Refusal


class UnreadableTagList(FileError):  # noqa: N818 - named after what the user has
    """A tag list that cannot be read at all, and why."""

    kind = "tag list"


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """One encoding that a list may be in, and the first rows as they read in it."""

    encoding: str
    rows: tuple[tuple[str, ...], ...]


class UndecidedEncoding(UnreadableTagList):
    """A tag list that reads well in several encodings, or in none."""

    def __init__(self, path: Path, choices: tuple[EncodingChoice, ...]) -> None:
        names = ", ".join(choice.encoding for choice in choices)
        super().__init__(path, Reason.SEVERAL_ENCODINGS, encodings=names)
        self.choices = choices

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.choices)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in one line of a tag list that was passed over."""

    line: int
    reason: Reason
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.reason, self.facts)
