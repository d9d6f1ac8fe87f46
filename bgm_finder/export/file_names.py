"""Names for new files that every common file system takes: Windows', exFAT's, macOS's and Linux' alike."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from bgm_finder.reasons import Reason, RefusalError

FIELDS = ("name", "title", "artist", "length", "brief", "number")
"""What a pattern can hold in braces: the file's own name without its ending, and what is known of the track."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Zl", "Zp"}
"""Letters that no name shows: control codes, changes of direction, line ends."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)", re.IGNORECASE)
_UNNAMED = "untitled"
_SEPARATORS = " -–—_·,"
_MOST_BYTES = 255
"""What common file systems take as one name."""


class UnknownField(RefusalError):  # noqa: N818 - named for what is the matter
    """A pattern names what there is not."""


def check_pattern(pattern: str) -> None:
    """Raise UnknownField where a pattern has braces around anything but a field, or has no field at all."""
    fields = re.findall(r"\{([^{}]*)\}", pattern)
    unknown = next((field for field in fields if field not in FIELDS), None)
    if unknown is not None or not fields:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise UnknownField(Reason.UNKNOWN_FIELD, field=unknown or pattern, fields=known)


def stem_of(pattern: str, values: Mapping[str, str]) -> str:
    """Return a pattern with its fields filled in; an empty field goes with the separator before it."""
    for field in FIELDS:
        if not values.get(field):
            pattern = re.sub(rf"\s*(\(\{{{field}\}}\)|\[\{{{field}\}}\])", "", pattern)
    first, *rest = re.split(r"\{(\w+)\}", pattern)
    filled, last = first, rest[-1] if rest else ""
    for field, before in zip(rest[::2], ["", *rest[1:-1:2]], strict=True):
        value = values.get(field, "")
        filled += before + value if value else ""
    filled += last
    return filled if filled == values.get("name") else filled.strip(_SEPARATORS)


def portable(stem: str) -> str:
    """Return a file's stem without what some file system refuses or changes, NFC; never empty."""
    composed = unicodedata.normalize("NFC", re.sub(r"\s", " ", stem))
    shown = "".join(_shown(letter) for letter in composed)
    plain = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(" .")
    return _RESERVED.sub(r"\1_\2", plain) or _UNNAMED


def key_of(name: str) -> str:
    """Return what two names share that a file system may take for one."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded)


class FreeNames:
    """Give each file a name that no other has, there or on its way."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._keys = {key_of(name) for name in taken}

    def take(self, stem: str, ending: str) -> str:
        """Return the stem with its ending, cut to 255 bytes, with a number where the name is taken."""
        name = next(name for name in _numbered(portable(stem), ending) if key_of(name) not in self._keys)
        self.add(name)
        return name

    def is_taken(self, name: str) -> bool:
        return key_of(name) in self._keys

    def add(self, name: str) -> None:
        """Note a name as taken."""
        self._keys.add(key_of(name))


def _shown(letter: str) -> str:
    """Return a letter, a line for a byte that is no text, or nothing for what no name shows."""
    category = unicodedata.category(letter)
    return "_" if category == "Cs" else "" if category in _INVISIBLE else letter


def _numbered(stem: str, ending: str) -> Iterator[str]:
    yield _cut(stem, ending)
    number = 2
    while True:
        yield _cut(stem, f" ({number}){ending}")
        number += 1


def _cut(stem: str, ending: str) -> str:
    """Return both, the stem cut where the whole is too long, without a blank or a dot at the cut."""
    room = _MOST_BYTES - len(os.fsencode(ending))
    kept = stem.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(" .")
    return (kept or _UNNAMED) + ending
