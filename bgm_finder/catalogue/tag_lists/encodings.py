"""Which encoding a tag list is in: the one in which it reads as text that somebody may have meant.

charset-normalizer was tried on lists of a few lines: it takes French for cp1250 and Japanese for Korean. A list says
more of itself than a text does: the names of its columns, and of files that are in the library.
"""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bgm_finder.catalogue.tag_lists.plausibility import plausibility
from bgm_finder.catalogue.tag_lists.table import header_fit

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    *("cp932", "euc_jp", "cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r"),
    *("gb18030", "big5", "cp949"),
)
"""What a list may be in that is not Unicode; of those that read alike, the first is named."""
_ISO_2022 = re.compile(rb"\x1b[$(][@ABIJ()]")
_SAMPLE = 1 << 16
"""Bytes of lines with other letters than ASCII's that are weighed."""
_GOOD, _MARGIN = 0.6, 0.25
"""A reading is believed when it is as plausible as this, and by so much more plausible than any other."""


_LINE_END = re.compile(rb"\r\n|\r|\n")
_NO_BYTE_OF_UTF_8 = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8 in a text that was decoded with "surrogateescape"."""
TRIED = ("UTF-8", "UTF-16", "UTF-32", "ISO-2022-JP", *_OTHERS)
"""All encodings in which a list is looked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A list's text in one encoding."""

    encoding: str
    text: str
    damaged_lines: tuple[int, ...] = ()
    """Lines with bytes that are no text: noughts are left out, others stand as U+FFFD."""


def is_utf_16_or_32(raw: bytes) -> bool:
    """Return whether the noughts in a text belong to its letters: then they stand beside every line end."""
    if raw.startswith(tuple(mark for mark, encoding in _MARKED if encoding != "utf-8-sig")):
        return True
    breaks = raw.count(b"\n") + raw.count(b"\r")
    beside = max(sum(map(raw.count, ends)) for ends in ((b"\n\0", b"\r\0"), (b"\0\n", b"\0\r")))
    return b"\0" in raw and beside >= breaks / 2 and (beside > breaks / 2 or not breaks)


def damaged_utf_8(raw: bytes, most: float = float("inf")) -> Reading | None:
    """Return a text with some bytes that are no UTF-8; None where these are too many.

    most: bad bytes to each continuation byte of a letter that is UTF-8: other encodings have few such letters.
    """
    text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    bad = len(_NO_BYTE_OF_UTF_8.findall(text))
    is_marked = raw.startswith(codecs.BOM_UTF8)
    if not is_marked and bad > most * (len(raw) - len(text)):
        return None
    lines = tuple(n for n, line in enumerate(_LINE_END.split(raw), 1) if _reading(line, "utf-8") is None)
    return Reading("utf-8-sig" if is_marked else "utf-8", _NO_BYTE_OF_UTF_8.sub("\ufffd", text), lines)


def lines_with_noughts(raw: bytes) -> tuple[int, ...]:
    """Return the numbers of the lines that hold a nought."""
    return tuple(n for n, line in enumerate(_LINE_END.split(raw), 1) if b"\0" in line) if b"\0" in raw else ()


def unicode_reading(raw: bytes) -> Reading | None:
    """Return the text of a list in Unicode or ISO-2022-JP, which no other encoding is mistaken for; else None.

    Raises UnicodeDecodeError where a byte order mark promises more than is there.
    """
    for mark, encoding in _MARKED:
        if raw.startswith(mark) and encoding != "utf-8-sig":
            return Reading(encoding, raw.decode(encoding))
    if b"\x00" in raw:
        encoding = "utf-16-be" if raw[0::2].count(0) > raw[1::2].count(0) else "utf-16-le"
        return Reading(encoding, raw.decode(encoding))
    if raw.startswith(codecs.BOM_UTF8):
        return damaged_utf_8(raw)
    for encoding in ("iso2022_jp_ext", "utf-8") if _ISO_2022.search(raw) else ("utf-8",):
        reading = _reading(raw, encoding)
        if reading is not None:
            return reading
    return None


def other_readings(raw: bytes) -> list[Reading]:
    """Return what the bytes can mean in the encodings that are not Unicode, each text once."""
    found: dict[str, Reading] = {}
    for encoding in _OTHERS:
        reading = _reading(raw, encoding)
        if reading is not None:
            found.setdefault(reading.text, reading)
    return list(found.values())


def plausible(readings: Iterable[Reading], matches: Callable[[str], int]) -> list[Reading]:
    """Return the readings that may be right, the best first: one alone is right, several are to be chosen from.

    matches: gives how many names of files, with other letters than ASCII's, a text has in common with the library.
    """
    found = _best(list(readings), lambda reading: matches(reading.text))
    found = _best(found, lambda reading: header_fit(reading.text))
    weights = {reading.encoding: plausibility(_sample(reading.text), reading.encoding) for reading in found}
    found.sort(key=lambda reading: -weights[reading.encoding])
    if len(found) < 2:
        return found
    best = weights[found[0].encoding]
    if best <= 0:
        return []
    near = [reading for reading in found if weights[reading.encoding] > best - _MARGIN]
    is_believed = best >= _GOOD or (found[0].encoding == "cp932" and weights[found[1].encoding] <= 0)  # rare kanji
    return near if is_believed else found


def _best(readings: list[Reading], weight: Callable[[Reading], int]) -> list[Reading]:
    weights = [weight(reading) for reading in readings]
    return [reading for reading, weight in zip(readings, weights, strict=True) if weight == max(weights)]


def _reading(raw: bytes, encoding: str) -> Reading | None:
    try:
        return Reading(encoding, raw.decode(encoding))
    except UnicodeDecodeError:
        return None


def _sample(text: str) -> str:
    """Return the first lines that have other letters than ASCII's."""
    lines: list[str] = []
    size = 0
    for line in text[: 16 * _SAMPLE].splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
        if size > _SAMPLE:
            break
    return "\n".join(lines) or text[-_SAMPLE:]
