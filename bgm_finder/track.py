"""The words that all rooms share: tag, track, match, and what keeps a track outside a filter."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.reasons import Refusal

CATEGORIES = ("use", "genre", "mood", "instrument", "tempo", "format")
"""The tag categories of a stock-music site, in the order they are shown; a tag list may bring more of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """One name in one category, such as genre: rock."""

    category: str
    name: str


@dataclass(frozen=True, slots=True)
class Track:
    """All that the catalogue knows of one track, for showing it whole."""

    id: int
    path: Path
    title: str
    artist: str = ""
    comment: str = ""
    duration_s: float | None = None
    bpm: float | None = None
    bpm_is_estimated: bool = False
    loudness_lufs: float | None = None
    mark: str = ""
    """"keep", "reject" or ""."""
    is_missing: bool = False
    unreadable_because: Refusal | None = None
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """What kept a track out of the filter: a tag that is not wanted, or the lack of any in a category.

    category may also be "length", "text" or "mark"; tag is None where something wanted is missing.
    """

    category: str
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a track, in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Match:
    """One track of a ranking: its cosine with the query and the share of the library that scores below it."""

    track_id: int
    score: float
    percentile: float
    """0 to 100."""
    outside: Outside | None = None
    passage: Section | None = None
    """Where it is most like the query; None while its sections are not known."""
