"""Why a file or a request is refused: a reason and its facts, which only gui/ and cli/ make a sentence of."""

import errno
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self


class Reason(StrEnum):
    """The kinds of refusal; reason_sentences.py has the sentence of each. The value is kept in the catalogue."""

    # of files
    VANISHED = auto()
    NOT_THERE = auto()
    IS_FOLDER = auto()
    IS_EMPTY = auto()
    NOT_REGULAR = auto()
    BAD_NAME = auto()
    NO_PERMISSION = auto()
    NO_ANSWER = auto()
    CANNOT_BE_READ = auto()
    NO_SOUND = auto()
    NO_SOUND_IN_SECTION = auto()
    ONLY_SILENCE = auto()
    UNKNOWN_SOUND = auto()
    DAMAGED_SOUND = auto()
    DAMAGED_FILE = auto()
    SENSELESS_HEADER = auto()
    STOPS_DECODER = auto()
    TOO_LITTLE_MEMORY = auto()
    INTERNAL_ERROR = auto()
    PICTURE_NOT_WRITTEN = auto()
    NOT_WRITTEN = auto()
    TOO_SHORT = auto()
    WORKERS_FAIL = auto()
    UNKNOWN = auto()
    """Of a row that another version of the app wrote."""

    # of tag lists
    NO_FILE_COLUMN = auto()
    NO_ROWS = auto()
    BROKEN_TABLE = auto()
    TOO_LARGE_LIST = auto()
    NO_TEXT = auto()
    SEVERAL_ENCODINGS = auto()
    OTHER_ENCODING = auto()
    UNKNOWN_ENCODING = auto()
    IS_EXCEL = auto()
    IS_NUMBERS = auto()
    IS_OPEN_DOCUMENT = auto()
    IS_PDF = auto()
    IS_RICH_TEXT = auto()
    IS_COMPRESSED = auto()
    IS_WEB_PAGE = auto()
    IS_XML = auto()

    # of lines of tag lists
    DAMAGED_TEXT = auto()
    UNCLOSED_QUOTE = auto()
    DOUBLED_COLUMN = auto()
    FORMAT_COLUMN = auto()
    TOO_MANY_CELLS = auto()
    MISPLACED_QUOTES = auto()
    NO_FILE_NAMED = auto()
    NO_TEMPO = auto()
    FILE_NAMED_TWICE = auto()
    TRACK_NAMED_TWICE = auto()
    SEVERAL_TRACKS = auto()
    NO_TRACK = auto()

    # of the catalogue and its folders
    CANNOT_BE_OPENED = auto()
    CANNOT_BE_USED = auto()
    NO_FOLDER = auto()
    DISK_FULL = auto()
    READ_ONLY = auto()
    DAMAGED_CATALOGUE = auto()
    DAMAGED_IN_USE = auto()
    GONE = auto()
    NOT_MADE_YET = auto()
    OTHER_PROGRAM = auto()
    NEWER_VERSION = auto()
    CANNOT_BE_MIGRATED = auto()
    IS_OPEN = auto()
    HAS_OWN_EDITS = auto()
    NOT_A_LIBRARY_FOLDER = auto()
    NO_LIBRARY_FOLDER = auto()
    OVERLAPS = auto()

    # of exports
    UNKNOWN_FIELD = auto()

    # of briefs
    NOT_A_BRIEF = auto()
    NEWER_BRIEF = auto()
    NO_SUCH_BRIEF = auto()
    SEVERAL_BRIEFS = auto()

    # of networks
    NOT_SAFETENSORS = auto()
    LACKS_FACT = auto()
    WRONG_CHECKSUM = auto()
    OTHER_NETWORK = auto()
    UNKNOWN_NETWORK = auto()
    OTHER_TRAINING = auto()

    # of the sound card
    DEVICE_NOT_OPENED = auto()
    DEVICE_NOT_STARTED = auto()
    DEVICE_GONE = auto()
    DEVICE_NO_ANSWER = auto()
    DEVICE_NOT_THERE = auto()
    NO_SOUND_LIBRARY = auto()

    # of a cluster
    CLUSTER_NOT_SAFE = auto()
    CLUSTER_NO_PACKAGE = auto()
    CLUSTER_NO_CERTIFICATE = auto()
    CLUSTER_NO_ANSWER = auto()
    CLUSTER_OTHER_NETWORK = auto()
    CLUSTER_FILE_NOT_SEEN = auto()


PASSING_REASONS = frozenset(
    {Reason.VANISHED, Reason.NO_PERMISSION, Reason.NO_ANSWER, Reason.CANNOT_BE_READ, Reason.TOO_LITTLE_MEMORY}
)
"""Those that are the world's, not the file's: a share that was away, a disk that stumbled."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason, and the facts that its sentence has places for."""

    reason: Reason
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return the one text form, which the catalogue and the log keep: the reason, then its facts as JSON."""
        return f"{self.reason} {json.dumps(self.facts, sort_keys=True)}" if self.facts else str(self.reason)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what str() made a text of; any other text, such as a newer version's, is a fact of UNKNOWN."""
        name, has_facts, written = text.partition(" ")
        try:
            facts = json.loads(written) if has_facts else {}
            if isinstance(facts, dict) and all(isinstance(fact, str) for fact in facts.values()):
                return cls(Reason(name), facts)
        except (ValueError, RecursionError):
            pass
        return cls(Reason.UNKNOWN, {"text": text})


class RefusalError(Exception):
    """A request that cannot be fulfilled, for a reason that the user can understand; no bug."""

    kind: ClassVar[str] = ""
    """What was refused, where its path alone would not show that."""

    def __init__(self, reason: Reason, /, **facts: object) -> None:
        self.refusal = Refusal(reason, {name: str(fact) for name, fact in facts.items()})
        super().__init__(str(self.refusal))

    @property
    def reason(self) -> Reason:
        return self.refusal.reason

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the error come back from a worker process."""
        return partial(type(self), self.reason, **self.refusal.facts), ()


class FileError(RefusalError):
    """A file or folder that cannot be used, and why."""

    missing: ClassVar[Reason] = Reason.NOT_THERE
    """What it is called where there is no such file."""

    def __init__(self, path: Path, reason: Reason, /, **facts: object) -> None:
        super().__init__(reason, **facts)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.refusal}"

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.path, self.reason, **self.refusal.facts), ()

    @classmethod
    def of_system(cls, path: Path, error: OSError) -> Self:
        """Return the error that explains one of the operating system."""
        refusal = system_refusal(error, cls.missing)
        return cls(path, refusal.reason, **refusal.facts)


class Unreadable(FileError):  # noqa: N818 - named after what the user has
    """A file that gives no sound, or a folder or file that gives nothing at all."""

    missing = Reason.VANISHED


def system_refusal(error: OSError, missing: Reason = Reason.NOT_THERE) -> Refusal:
    """Return what an error of the operating system means for what was to be read; missing: where it is not there."""
    if isinstance(error, FileNotFoundError):
        return Refusal(missing)
    if isinstance(error, PermissionError):
        return Refusal(Reason.NO_PERMISSION)
    return Refusal(Reason.CANNOT_BE_READ, {"system": system_fact(error)})


def system_fact(error: OSError) -> str:
    """Return the name of an error of the operating system, such as EIO: its own text may be in any language."""
    return errno.errorcode.get(error.errno or 0, error.strerror or str(error))
