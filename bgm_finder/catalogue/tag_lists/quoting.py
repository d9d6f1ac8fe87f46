"""Lines of a tag list -> rows of cells, also where quotation marks in a cell are escaped or bare instead of doubled."""

import csv
import re
from collections.abc import Iterable, Iterator

Row = tuple[int, list[str] | None]
"""The number of a row's last line, and its cells; None where its quotation marks leave open which cells it has."""

_ESCAPED = '\\"'


def rows_of(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """Yield the rows, among them blank ones; raise csv.Error where a cell is too large."""
    taken: list[str] = []
    number = 0
    for cells in csv.reader(_noting(lines, taken), delimiter=separator, skipinitialspace=True):
        rows = _as_meant(taken, separator) if any('"' in line for line in taken) else [(len(taken), cells)]
        yield from ((number + line, row) for line, row in rows)
        number += len(taken)
        taken.clear()


def _noting(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _as_meant(lines: list[str], separator: str) -> list[Row]:
    """Return rows in which each quotation mark has its place: as written, else with escaped or with bare ones doubled.

    Where that is not sure, one mark too many in a cell shows that cells have moved.
    """
    mark = re.escape(separator)
    bare = re.compile(rf'(?<=[^"\s{mark}])"(?=[^"\r\n{mark}])|(?<=[^"{mark}])"(?=[^"\s{mark}])')
    is_escaped = any(_ESCAPED in line for line in lines)
    escaped = [line.replace(_ESCAPED, '""') for line in lines] if is_escaped else []
    for reading, is_sure in (
        (lines, not is_escaped),
        (escaped, True),
        ([bare.sub('""', line) for line in lines], False),
    ):
        rows = _strict(reading, separator)
        if rows and (is_sure or all(cell.count('"') % 2 == 0 for _, cells in rows for cell in cells)):
            return list(rows)
    return [(len(lines), None)]


def _strict(lines: list[str], separator: str) -> list[tuple[int, list[str]]] | None:
    """Return rows, None where a quotation mark stands where none can."""
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        return None
