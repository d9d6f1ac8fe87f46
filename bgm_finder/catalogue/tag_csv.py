"""Tag lists as CSV: read whatever a spreadsheet or a music site wrote, and written so that both read it again."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bgm_finder.catalogue.tag_lists.headers import FOLDER, IGNORED, doubled_columns, roles_of
from bgm_finder.catalogue.tag_lists.list_bytes import read_list_bytes
from bgm_finder.catalogue.tag_lists.list_text import Matches, read_list_text
from bgm_finder.catalogue.tag_lists.problems import Complaint, UnreadableTagList
from bgm_finder.catalogue.tag_lists.table import Line, Table
from bgm_finder.catalogue.tempo_text import bpm_of
from bgm_finder.reasons import Reason
from bgm_finder.track import FORMAT, TEXT_KEYS, Tag

__all__ = [
    "Complaint",
    "ListedTrack",
    "TagList",
    "UnreadableTagList",
    "as_listed",
    "last_tag_begins",
    "read_tag_list",
    "split_tags",
    "tag_list",
]

_NO_CATEGORY = frozenset({*TEXT_KEYS, "file", FORMAT, FOLDER, IGNORED})
_SEPARATORS = re.compile(r"[,、;/|，；／｜\r\n]")
"""What separates tags in a cell, and in a typed line."""
_TEMPO_SEPARATORS = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|(?<!\d)[/／](?![分m])|[/／](?![\d分m])|[、;|；｜\r\n]")
"""What separates tags in a cell that holds a tempo: "128,5", "128/64" and "128 拍/分" are one."""
_NO_TEXT = "backslashreplace"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ListedTrack:
    """One row; title, comment and bpm are None where the list has no such column."""

    line: int
    file: str
    title: str | None = None
    comment: str | None = None
    bpm: float | None = None
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class TagList:
    """A tag list as read."""

    rows: list[ListedTrack] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    categories: tuple[str, ...] = ()
    """The categories that the list has columns for; it says nothing of others."""
    has_bpm: bool = False
    """Whether the list says anything of tempo in beats per minute."""
    encoding: str = ""
    header: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """What each column was taken for, as headers.roles_of gives it."""
    samples: tuple[tuple[str, ...], ...] = ()
    """The first different values of each column."""


def read_tag_list(
    path: Path,
    is_cancelled: Callable[[], bool] = lambda: False,
    encoding: str = "",
    roles: Callable[[tuple[str, ...]], Sequence[str] | None] = lambda _header: None,
    matches: Matches = lambda _files: 0,
    needs_file: bool = True,
) -> TagList:
    """Return a tag list in whichever encoding it is, separated by commas, tabs, semicolons or bars.

    is_cancelled: asked while the file is waited for; Cancelled is raised then. encoding: "" to find it. roles: gives
    what the columns under a header are, or None where that is to be found. matches: see read_list_text. needs_file:
    False for the columns alone, without rows, of a list that names no files.
    Raises UnreadableTagList where the file cannot be read, does not answer, is no text, or names no files, and
    UndecidedEncoding where several encodings may be right.
    """
    reading, table = read_list_text(path, read_list_bytes(path, is_cancelled), encoding, matches)
    header = tuple(table.header[1])
    named = roles(header)
    found = list(named) if named is not None and len(named) == len(header) else roles_of(header)
    if "file" not in found and needs_file:
        raise UnreadableTagList(path, Reason.NO_FILE_COLUMN, header=_shown(header))
    if not table.lines and not table.unclosed_at and not table.misquoted:
        raise UnreadableTagList(path, Reason.NO_ROWS)
    complaints = _header_complaints(table.header, found)
    complaints += [Complaint(line, Reason.DAMAGED_TEXT) for line in reading.damaged_lines]
    complaints += [Complaint(line, Reason.MISPLACED_QUOTES) for line in table.misquoted]
    if table.unclosed_at:
        complaints.append(Complaint(table.unclosed_at, Reason.UNCLOSED_QUOTE))
    listed = _rows(found, table.lines if "file" in found else [], complaints)
    return replace(listed, encoding=reading.encoding, header=header, roles=tuple(found), samples=_samples(table))


def tag_list(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 with a byte order mark, which spreadsheets need; no cell is run as a formula there."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", _NO_TEXT)


def as_listed(name: str) -> str:
    """Return a file name as a tag list holds it, where bytes that are no text stand as marks such as \\udcff."""
    return name if name.isascii() else name.encode("utf-8", _NO_TEXT).decode("utf-8")


def split_tags(category: str, cell: str) -> tuple[Tag, ...]:
    """Return the tags of one cell, each once; a tempo stays in one piece."""
    separators = _TEMPO_SEPARATORS if category == "tempo" else _SEPARATORS
    names = (name.strip() for name in separators.split(cell))
    return tuple(Tag(category, name) for name in dict.fromkeys(names) if name)


def last_tag_begins(line: str) -> int:
    """Return where the last of the tags that are typed in one line begins."""
    return max((found.end() for found in _SEPARATORS.finditer(line)), default=0)


def is_taken_header(name: str) -> bool:
    """Whether a tag list's column of this name holds something else than tags, such as the title."""
    return category_of_header(name) in _NO_CATEGORY


def category_of_header(name: str) -> str:
    """Return the category that a tag list's column of this name is taken for."""
    return roles_of((name,))[0]


def _header_complaints(header: Line, roles: list[str]) -> list[Complaint]:
    line, cells = header
    complaints = [Complaint(line, Reason.DOUBLED_COLUMN, {"column": cell}) for cell in doubled_columns(cells, roles)]
    if FORMAT in roles:
        complaints.append(Complaint(line, Reason.FORMAT_COLUMN))
    return complaints


def _rows(roles: list[str], lines: list[Line], complaints: list[Complaint]) -> TagList:
    rows: list[ListedTrack] = []
    lines_of: dict[str, int] = {}
    for line, cells in lines:
        if any(cell.strip() for cell in cells[len(roles) :]):
            complaints.append(Complaint(line, Reason.TOO_MANY_CELLS))
            continue
        row = _row(line, _by_role(roles, cells), complaints)
        if not row.file:
            complaints.append(Complaint(line, Reason.NO_FILE_NAMED))
        elif row.file in lines_of:
            facts = {"file": row.file, "other": str(lines_of[row.file])}
            complaints.append(Complaint(line, Reason.FILE_NAMED_TWICE, facts))
        else:
            lines_of[row.file] = line
            rows.append(row)
    categories = tuple(role for role in dict.fromkeys(roles) if role not in _NO_CATEGORY)
    return TagList(rows, complaints, categories, has_bpm="bpm" in roles or "tempo" in roles)


def _by_role(roles: list[str], cells: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, cell in zip(roles, cells, strict=False):
        if role != IGNORED:
            found.setdefault(role, []).append(_armed(cell.strip()))
    return found


def _row(line: int, cells: Mapping[str, list[str]], complaints: list[Complaint]) -> ListedTrack:
    tags = [
        tag
        for role, texts in cells.items()
        if role not in _NO_CATEGORY
        for text in texts
        for tag in split_tags(role, text)
    ]
    text = _joined(cells, "bpm")
    bpm = bpm_of(text) if text else None
    if text and bpm is None:
        complaints.append(Complaint(line, Reason.NO_TEMPO, {"text": text}))
    if bpm is None:
        tempi = (bpm_of(tag.name) for tag in tags if tag.category == "tempo")
        bpm = next((tempo for tempo in tempi if tempo is not None), None)
    return ListedTrack(
        line=line,
        file=_file(_joined(cells, FOLDER), _joined(cells, "file")),
        title=_joined(cells, "title") if "title" in cells else None,
        comment=_joined(cells, "comment") if "comment" in cells else None,
        bpm=bpm,
        tags=tuple(dict.fromkeys(tags)),
    )


def _joined(cells: Mapping[str, list[str]], role: str) -> str:
    return " / ".join(text for text in cells.get(role, ()) if text)


def _file(folder: str, name: str) -> str:
    """Return a path of a folder's cell and a file's; some programs write the whole path in both."""
    if not folder or not name or "/" in name or "\\" in name or folder.endswith(name):
        return folder if folder.endswith(name) and name else name
    return folder.rstrip("/\\") + "/" + name


def _shown(header: Sequence[str], most: int = 6, letters: int = 30) -> str:
    """Return the first cells of a header."""
    cells = [" ".join(cell.split()) for cell in header[:most]]
    shown = [cell if len(cell) <= letters else f"{cell[:letters]}…" for cell in cells]
    return " | ".join(shown + ["…"] * (len(header) > most))


def _samples(table: Table, most: int = 3, looked_at: int = 1000) -> tuple[tuple[str, ...], ...]:
    found: list[dict[str, None]] = [{} for _ in table.header[1]]
    for _, cells in table.lines[:looked_at]:
        for values, cell in zip(found, cells, strict=False):
            if cell.strip() and len(values) < most:
                values[_armed(cell.strip())] = None
    return tuple(map(tuple, found))


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _armed(cell: str) -> str:
    """Return a cell without the apostrophe that _defused put on."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
