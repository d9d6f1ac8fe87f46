"""The words that all rooms share: tag, track, match, and what keeps a track outside a filter."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, get_args

from bgm_finder.reasons import Refusal

TAG_CATEGORIES = ("use", "genre", "mood", "instrument", "tempo")
"""The tag categories of a stock-music site, in the order they are shown; a tag list may bring more of its own."""
FORMAT = "format"
"""The category whose one tag is read from the file itself, and that nobody changes."""
CATEGORIES = (*TAG_CATEGORIES, FORMAT)
ARTIST, FOLDER = " artist", " folder"
"""What the filter offers beside the categories of tags; none of these begins with a space, whatever a list calls it."""
FACETS = (*CATEGORIES, ARTIST, FOLDER)
"""What the filter offers in every library, in the order of the panel."""
FROM_FILES = frozenset({FORMAT, ARTIST, FOLDER})
"""What is read from the files themselves, and that nobody changes."""

Mark = Literal["keep", "reject", ""]
"""What the user decided on a track; "" for nothing."""
MARKS: tuple[Mark, ...] = get_args(Mark)

TextKey = Literal["title", "comment", "bpm"]
"""The texts of a track that can be changed by hand."""
TEXT_KEYS: tuple[TextKey, ...] = get_args(TextKey)

TagSource = Literal["file", "csv", "hand"]
"""Where a tag comes from: the file itself, a tag list, the user."""
TAG_SOURCES: tuple[TagSource, ...] = get_args(TagSource)

Limit = Literal["length", "bpm", "text", "mark", "heard"]
"""The conditions of a filter that are about no category."""
Grouping = Literal["artist", "folder"]
"""What a ranking may list only some tracks of."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


class Scope(StrEnum):
    """Which matches a search gives: those inside the filter, those outside it, or both, each in a list of its own."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    ALL = "all"


class ListScope(StrEnum):
    """Which matches the window lists: BOTH under two headings, the one or the other, or all MERGED, best first."""

    BOTH = "both"
    INSIDE = "inside"
    OUTSIDE = "outside"
    MERGED = "all"

    @classmethod
    def _missing_(cls, value: object) -> "ListScope":
        """Return BOTH for what a settings file holds that was changed by hand."""
        return cls.BOTH


class Closeness(StrEnum):
    """How close a track of a ranking is to what is searched by."""

    VERY_CLOSE = "very close"
    CLOSE = "close"
    RELATED = "related"
    DISTANT = "distant"


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
    mark: Mark = ""
    is_missing: bool = False
    unreadable_because: Refusal | None = None
    tags: tuple[Tag, ...] = ()


HEARD_AFTER_S = 3.0
"""A track that was listened to for so long is heard, unless the user sets another time."""


@dataclass(frozen=True, slots=True)
class BriefTrack:
    """What a brief holds of one track."""

    mark: Mark = ""
    heard_s: float = 0.0
    """For how long it was listened to."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What kept a track out of the filter: a tag that is not wanted, the lack of any in a category, or a limit."""

    category: str = ""
    """"" where it is a limit."""
    tag: str | None = None
    """The track's own tag or value; None where something wanted is missing."""
    limit: Limit | None = None
    lacked: str | None = None
    """The tag that is missing where all of a category's ticked ones must be there; else any would do."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """How many tracks of one artist or folder a ranking lists; those of no known artist are all listed."""

    count: int
    per: Grouping


@dataclass(frozen=True, slots=True)
class SoundAt:
    """Where a sound is: a file, and which of the sound streams in it."""

    path: Path
    stream: int | None = None
    """Counted from 0; None for the likeliest."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a track, in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Reference:
    """What to search by: a file, whether a track of the library or not, or a stretch of it."""

    path: Path
    track_id: int | None = None
    section: Section | None = None
    stream: int | None = None
    """Which of its sound streams, counted from 0, instead of the one that the catalogue knows to be chosen."""


@dataclass(frozen=True, slots=True)
class Match:
    """One track of a ranking: its cosine with the query and the share of the library that scores below it."""

    track_id: int
    score: float
    percentile: float
    """0 to 100."""
    misses: tuple[Outside, ...] = ()
    """All that keeps it out of the filter; nothing where it is inside."""
    passage: Section | None = None
    """Where it is most like the query; None while its sections are not known."""
    closeness: Closeness | None = None
    """To the references, whatever it is to be unlike; None for a network whose borders were not measured."""
    closeness_level: float = 0.0
    """The same as the length of a bar, 0 to 1."""

    @property
    def outside(self) -> Outside | None:
        """The first of what keeps it out."""
        return self.misses[0] if self.misses else None
