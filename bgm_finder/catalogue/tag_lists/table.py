"""The cells of a tag list: which character separates them, and which line is the header."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from bgm_finder.catalogue.tag_lists.headers import has_file_column, known_headers
from bgm_finder.catalogue.tag_lists.quoting import rows_of

_SEPARATORS = ",\t;|"
_SEP_LINE = re.compile(r'\s*"?sep=(\\t|.)?[^\r\n]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
"""What Excel writes, and expects, as the first line."""
_LOOKED_AT = 30
"""Lines in which the header is looked for: some lists have a title or a date above it."""
_LETTERS_LOOKED_AT = 1 << 17
_END = "\x1a"
"""Put behind the last line, to see whether it comes out as a line of its own."""

Line = tuple[int, list[str]]
"""The number of a line, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """The header and all lines below it that say anything."""

    header: Line
    lines: list[Line]
    unclosed_at: int = 0
    """The line of a quotation mark that never ends, or 0: all from there on is left out."""
    misquoted: tuple[int, ...] = ()
    """Lines whose quotation marks leave open where a cell ends; they are left out."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text can be cut: the one with the greatest fit is right."""

    fit: tuple[bool, int, float, int, bool]
    separator: str
    header: int
    """The header's place among the lines that say anything."""


def read_table(text: str) -> Table | None:
    """Return a text's cells, or None where it has none; raise csv.Error where it is broken."""
    text, named, skipped = _without_sep_line(text.removeprefix("\ufeff"))
    layout = best_layout(text, named)
    *rows, (_, last) = rows_of(io.StringIO(f"{text}\n{_END}", newline=""), layout.separator)
    unclosed_at = 0 if last == [_END] else skipped + (rows[-1][0] if rows else 0) + 1
    lines = [(skipped + line, cells) for line, cells in rows if cells is None or any(map(str.strip, cells))]
    if not lines:
        return Table((unclosed_at, []), [], unclosed_at) if unclosed_at else None
    header = lines[layout.header][1]
    if header is None:
        raise csv.Error("quotation marks in the header")
    below = lines[layout.header + 1 :]
    return Table(
        (lines[layout.header][0], header),
        [(line, cells) for line, cells in below if cells is not None],
        unclosed_at,
        tuple(line for line, cells in below if cells is None),
    )


def header_fit(text: str) -> int:
    """Return how many cells of a text's header are known, with the separator that fits best."""
    text, named, _ = _without_sep_line(text.removeprefix("\ufeff"))
    return best_layout(text, named).fit[1]


def best_layout(text: str, named: str = "") -> _Layout:
    """Return the separator that gives a table with a known header, and where that header is."""
    layouts = [layout for separator in _SEPARATORS for layout in _layouts(text, separator, separator == named)]
    return max(layouts, key=lambda layout: layout.fit, default=_Layout((False, 0, 0.0, 0, False), ",", 0))


def _without_sep_line(text: str) -> tuple[str, str, int]:
    """Return the text below Excel's sep= line, the separator that it names, and how many lines it takes."""
    found = _SEP_LINE.match(text)
    if not found:
        return text, "", 0
    return text[found.end() :].removeprefix("\ufeff"), (found[1] or "").replace("\\t", "\t"), 1


def _layouts(text: str, separator: str, is_named: bool) -> Iterator[_Layout]:
    lines = _first_lines(text, separator)
    for place, cells in enumerate(lines):
        below = lines[place + 1 :] or [cells]
        width = len(_filled(cells))
        even = sum(len(_filled(row)) <= width for row in below) / len(below)
        fit = (has_file_column(cells), known_headers(cells), even, width if place == 0 else 0, is_named)
        if place == 0 or fit[0]:
            yield _Layout(fit, separator, place)


def _first_lines(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text[:_LETTERS_LOOKED_AT], newline=""), delimiter=separator, skipinitialspace=True)
    lines: list[list[str]] = []
    with suppress(csv.Error):  # what was read until then may do; else reading the whole list says what is wrong
        lines.extend(islice((cells for cells in reader if any(map(str.strip, cells))), _LOOKED_AT))
    return lines


def _filled(cells: list[str]) -> list[str]:
    """Return the cells up to the last one that says anything."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]
