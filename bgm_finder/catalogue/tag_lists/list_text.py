"""The table of a tag list: its bytes as text, in the one encoding that is plausible, cut into cells."""

import codecs
import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.tag_lists.encodings import (
    TRIED,
    Reading,
    damaged_utf_8,
    is_utf_16_or_32,
    lines_with_noughts,
    other_readings,
    plausible,
    unicode_reading,
)
from bgm_finder.catalogue.tag_lists.headers import roles_of
from bgm_finder.catalogue.tag_lists.problems import EncodingChoice, UndecidedEncoding, UnreadableTagList
from bgm_finder.catalogue.tag_lists.table import Table, read_table
from bgm_finder.reasons import Reason

Matches = Callable[[Sequence[str]], int]
"""Return how many of some names of files are those of tracks: names with other letters than ASCII's."""
_SHOWN = 3
"""Rows that show what an encoding makes of a list."""
_ASKED = 2000
"""Names of files by which the library distinguishes encodings."""
_VERY_FEW_BAD, _FEW_BAD = 1 / 20, 1 / 2
"""Bad bytes to each byte that only UTF-8 has so: UTF-8 for sure, and UTF-8 where no other encoding is plausible."""


def read_list_text(path: Path, raw: bytes, encoding: str, matches: Matches) -> tuple[Reading, Table]:
    """Return the text, with its encoding, and the table of a tag list.

    encoding: "" to find it. Raises UnreadableTagList where the bytes are no such text, or empty, and UndecidedEncoding
    where several encodings may be right.
    """
    noughts: tuple[int, ...] = ()
    if not is_utf_16_or_32(raw):
        raw, noughts = raw.replace(b"\0", b""), lines_with_noughts(raw)
    reading = _named(path, raw, encoding) if encoding else _found(path, raw, matches)
    if noughts:
        reading = replace(reading, damaged_lines=tuple(sorted({*noughts, *reading.damaged_lines})))
    try:
        table = read_table(reading.text)
    except csv.Error as error:
        raise UnreadableTagList(path, Reason.BROKEN_TABLE, error=error) from error
    if table is None:
        raise UnreadableTagList(path, Reason.IS_EMPTY)
    return reading, table


def _named(path: Path, raw: bytes, encoding: str) -> Reading:
    try:
        name = codecs.lookup(encoding).name
        damaged = damaged_utf_8(raw, _FEW_BAD) if name in ("utf-8", "utf-8-sig") else None
        return damaged or Reading(name, raw.decode(encoding))
    except UnicodeError:
        raise UnreadableTagList(path, Reason.OTHER_ENCODING, encoding=encoding) from None
    except LookupError:
        raise UnreadableTagList(path, Reason.UNKNOWN_ENCODING, encoding=encoding) from None


def _found(path: Path, raw: bytes, matches: Matches) -> Reading:
    no_text = UnreadableTagList(path, Reason.NO_TEXT, encodings=", ".join(TRIED))
    try:
        reading = unicode_reading(raw)
    except UnicodeDecodeError:
        raise no_text from None
    reading = reading or damaged_utf_8(raw, _VERY_FEW_BAD)
    if reading is not None:
        return reading
    readings = plausible(other_readings(raw), partial(_known_files, matches))
    damaged = damaged_utf_8(raw, _FEW_BAD) if len(readings) != 1 else None
    if damaged is not None:
        return damaged
    if not readings:
        raise no_text
    if len(readings) > 1:
        raise UndecidedEncoding(path, tuple(_choice(reading) for reading in readings))
    return readings[0]


def _known_files(matches: Matches, text: str) -> int:
    """Return how many files, that the list names with other letters than ASCII's, are those of tracks."""
    try:
        table = read_table(text)
    except csv.Error:
        return 0
    roles = roles_of(table.header[1]) if table is not None else []
    if table is None or "file" not in roles:
        return 0
    place = roles.index("file")
    names = (cells[place].strip() for _, cells in table.lines if len(cells) > place)
    return matches([name for name in names if not name.isascii()][:_ASKED])


def _choice(reading: Reading) -> EncodingChoice:
    """Return how a reading shows itself: in the first rows with other letters than ASCII's."""
    try:
        table = read_table(reading.text)
    except csv.Error:
        table = None
    rows = [cells for _, cells in (table.lines if table else ())]
    telling = [cells for cells in rows if not "".join(cells).isascii()] or rows
    return EncodingChoice(reading.encoding, tuple(tuple(cells) for cells in telling[:_SHOWN]))
