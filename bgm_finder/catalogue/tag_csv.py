"""Tag lists as CSV: read whatever a spreadsheet or a music site wrote, and written so that both read it again."""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.asking import NO_ANSWER, Asking, NoAnswer
from bgm_finder.catalogue.in_memory.folding import fold
from bgm_finder.catalogue.tempo_text import bpm_of
from bgm_finder.track import Tag

_FILE_HEADERS = ("file", "ファイル名", "ファイル", "path", "id", "曲ID")
"""What the column that names the file may be called; the first of these that is there counts."""
_HEADERS = {
    "title": ("title", "タイトル"),
    "comment": ("comment", "1行コメント", "コメント"),
    "bpm": ("bpm",),
    "use": ("use", "用途"),
    "genre": ("genre", "楽曲ジャンル", "ジャンル"),
    "mood": ("mood", "イメージ"),
    "instrument": ("instrument", "メイン楽器"),
    "tempo": ("tempo", "テンポ"),
    "format": ("format", "ファイル形式"),
}
_KEY_OF = {fold(header): key for key, headers in _HEADERS.items() for header in headers}
_TEXT_KEYS = frozenset({"title", "comment", "bpm"})
_SEPARATORS = re.compile(r"[,、;/|，；／｜\r\n]")
_NO_TEXT = "backslashreplace"
_PIECE = 1 << 20
"""Bytes that are read at a time: each of them shows that the file answers."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class UnreadableTagList(Exception):  # noqa: N818 - named after what the user has
    """A tag list that cannot be read at all, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The tag list {path} {reason}.")
        self.path = path
        self.reason = reason


_END = "\x1a"
"""Put behind the last line, to see whether it comes out as a line of its own."""
_UNCLOSED = "has a quotation mark that never ends: this row and all below it are passed over"
_DOUBLED = "the column {column} is passed over: another one says it"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in one line of a tag list that was passed over."""

    line: int
    reason: str
    """A sentence with places for values, such as "names {file} once more"."""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence with its values, in English."""
        return self.reason.format(**self.values)

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


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


def read_tag_list(path: Path, check: Callable[[], None] = lambda: None) -> TagList:
    """Reads a tag list in UTF-8, UTF-16 or Shift_JIS, separated by commas, tabs or semicolons.

    check: called while the file is waited for; may raise to stop. Raises UnreadableTagList where the file cannot be
    read, does not answer, is in no such encoding, or names no files.
    """
    lines, unclosed = _lines(path, _decoded(path, _bytes(path, check)))
    if not lines:
        raise UnreadableTagList(path, "is empty")
    keys = _keys(lines[0][1])
    if "file" not in keys:
        raise UnreadableTagList(path, "has no column called file, ファイル名, id or 曲ID")
    return _rows(keys, lines[1:], _header_complaints(lines[0], keys) + unclosed)


def tag_list(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Gives rows as UTF-8 with a byte order mark, which spreadsheets need; no cell is run as a formula there."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", _NO_TEXT)


def as_listed(name: str) -> str:
    """Gives a file name as a tag list holds it, where bytes that are no text stand as marks such as \\udcff."""
    return name if name.isascii() else name.encode("utf-8", _NO_TEXT).decode("utf-8")


def split_tags(category: str, cell: str) -> tuple[Tag, ...]:
    """Gives the tags of one cell, each once."""
    names = (name.strip() for name in _SEPARATORS.split(cell))
    return tuple(Tag(category, name) for name in dict.fromkeys(names) if name)


def _bytes(path: Path, check: Callable[[], None]) -> bytes:
    pieces: list[bytes] = []

    def read() -> None:
        with path.open("rb", buffering=0) as file:
            pieces.extend(iter(partial(file.read, _PIECE), b""))

    try:
        with Asking(check) as asking:
            asking.ask(os.fsencode(path.absolute()), read, lambda: len(pieces))
    except NoAnswer:
        raise UnreadableTagList(path, NO_ANSWER) from None
    except OSError as error:
        raise UnreadableTagList(path, f"cannot be read ({error.strerror or error})") from error
    return b"".join(pieces)


def _decoded(path: Path, raw: bytes) -> str:
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTagList(path, "is neither UTF-8, UTF-16 nor Shift_JIS text")


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\x00" in raw:  # no text but UTF-16 holds noughts, which stand beside every comma and line end
        big_endian = raw[0::2].count(0) > raw[1::2].count(0)
        return ("utf-16-be",) if big_endian else ("utf-16-le",)
    return ("utf-8-sig", "cp932")


def _lines(path: Path, text: str) -> tuple[list[tuple[int, list[str]]], list[Complaint]]:
    """Gives the lines that say anything, each with its number, and a complaint where a quotation mark never ends.

    Such a mark makes one cell of all that follows: no row of that is to be believed.
    """
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=_delimiter(text))
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UnreadableTagList(path, f"is broken in line {reader.line_num} ({error})") from error
    _, last = lines.pop()
    if last == [_END]:
        return lines, []
    began = text.count("\n") + 1 - "".join(last).count("\n") + 1
    return lines, [Complaint(began, _UNCLOSED)]


def _delimiter(text: str) -> str:
    """Gives what the header is separated by; spreadsheets of half of Europe write semicolons."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;", key=header.count)


def _keys(header: list[str]) -> list[str]:
    """Gives for each column "file", "title", a category or, where it is passed over, nothing."""
    folded = [fold(cell) for cell in header]
    names = [name for name in map(fold, _FILE_HEADERS) if name in folded]
    keys = [_KEY_OF.get(cell, " ".join(cell.split())) for cell in folded]
    for place, cell in enumerate(folded):
        if cell in names:
            keys[place] = "file" if cell == names[0] else ""
        elif keys[place] == cell:
            keys[place] = header[place].strip()
    return ["" if key in keys[:place] else key for place, key in enumerate(keys)]


def _header_complaints(header: tuple[int, list[str]], keys: list[str]) -> list[Complaint]:
    line, cells = header
    doubled = [cell for cell, key in zip(cells, keys, strict=True) if not key and cell.strip()]
    complaints = [Complaint(line, _DOUBLED, {"column": cell.strip()}) for cell in doubled]
    if "format" in keys:
        complaints.append(Complaint(line, "the file format is passed over: it is read from the files themselves"))
    return complaints


def _rows(keys: list[str], lines: list[tuple[int, list[str]]], complaints: list[Complaint]) -> TagList:
    rows: list[ListedTrack] = []
    lines_of: dict[str, int] = {}
    for line, cells in lines:
        row = _row(line, {key: _armed(cell.strip()) for key, cell in zip(keys, cells, strict=False) if key})
        if len(cells) > len(keys):
            complaints.append(Complaint(line, "has more cells than the header; the last ones are passed over"))
        if not row.file:
            complaints.append(Complaint(line, "names no file"))
        elif row.file in lines_of:
            values = {"file": row.file, "other": str(lines_of[row.file])}
            complaints.append(Complaint(line, "names {file} once more; line {other} counts", values))
        else:
            lines_of[row.file] = line
            rows.append(row)
    categories = tuple(key for key in keys if key and key not in _TEXT_KEYS | {"file", "format"})
    return TagList(rows, complaints, categories, has_bpm="bpm" in keys or "tempo" in keys)


def _row(line: int, cells: dict[str, str]) -> ListedTrack:
    tags = [
        tag
        for key, cell in cells.items()
        if key not in _TEXT_KEYS | {"file", "format"}
        for tag in split_tags(key, cell)
    ]
    tempi = _tempi(cells)
    return ListedTrack(
        line=line,
        file=cells.get("file", ""),
        title=cells.get("title"),
        comment=cells.get("comment"),
        bpm=next(tempi, None),
        tags=tuple(tags),
    )


def _tempi(cells: dict[str, str]) -> Iterator[float]:
    for text in (cells.get("bpm", ""), *(tag.name for tag in split_tags("tempo", cells.get("tempo", "")))):
        bpm = bpm_of(text)
        if bpm is not None:
            yield bpm


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _armed(cell: str) -> str:
    """Takes off the apostrophe that _defused put on."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
