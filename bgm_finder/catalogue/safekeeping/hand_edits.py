"""The user's own edits once more, line by line in a file beside the catalogue: damage of one leaves the other."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from bgm_finder.catalogue.folders import Folders
from bgm_finder.track import MARKS, TAG_SOURCES, TEXT_KEYS, Mark, Tag, TagSource, TextKey

_POSITION = "edits by hand"
"""Key under which the catalogue keeps the number of the last edit that it holds."""
_MOST_BYTES = 10_000_000
"""Beyond this a new file is begun; the one before is kept until that is full as well."""
_MOST_STREAMS = 1000

Place = tuple[str, str]
"""Folder, with a slash at its end, and the name below it: numbers of tracks mean nothing in another catalogue."""


@dataclass(frozen=True, slots=True)
class NotedMark:
    """A file's new mark."""

    place: Place
    mark: Mark


@dataclass(frozen=True, slots=True)
class NotedTag:
    """A tag that was put on a file or taken off it."""

    is_added: bool
    place: Place
    tag: Tag
    source: TagSource


@dataclass(frozen=True, slots=True)
class NotedStream:
    """The sound stream that was chosen for a file; None: the likeliest."""

    place: Place
    stream: int | None


@dataclass(frozen=True, slots=True)
class NotedText:
    """A file's new title, comment or bpm."""

    place: Place
    key: TextKey
    value: str | float | None


@dataclass(frozen=True, slots=True)
class NotedNote:
    """A file's new note."""

    place: Place
    note: str


@dataclass(frozen=True, slots=True)
class HandEdit:
    """One edit as its line states it."""

    number: int
    marks: tuple[NotedMark, ...] = ()
    tags: tuple[NotedTag, ...] = ()
    lasts: bool = False
    """Whether neither file nor list brings the tags back that it takes off."""
    texts: tuple[NotedText, ...] = ()
    naming: tuple[tuple[Tag, Tag | None], ...] = ()
    """Rules that were set."""
    removed: tuple[Tag, ...] = ()
    """Tags that were taken off all tracks."""
    restored: int | None = None
    """The number of the edit whose removed tags were brought back."""
    streams: tuple[NotedStream, ...] = ()
    notes: tuple[NotedNote, ...] = ()
    brief: tuple[str, str] | None = None
    """Uid and name of the brief that the marks and notes belong to; None in the lines of earlier versions."""

    @property
    def files(self) -> set[Place]:
        """The files that the edit touches."""
        noted = (self.marks, self.tags, self.texts, self.streams, self.notes)
        return {part.place for parts in noted for part in parts}


class HandEdits:
    """Write each edit down before it is committed, and report those that the catalogue lacks."""

    def __init__(self, connection: sqlite3.Connection, catalogue: Path, folders: Folders) -> None:
        self._connection = connection
        self._file = journal_of(catalogue)
        self._folders = folders

    @property
    def next_number(self) -> int:
        """The number of the edit that is noted next, to be asked for inside its transaction."""
        return self._position() + 1

    def note_within(
        self,
        marks: Iterable[tuple[int, Mark]] = (),
        tags: Iterable[tuple[str, int, str, str, TagSource]] = (),
        texts: Iterable[tuple[int, TextKey, str | float | None]] = (),
        streams: Iterable[tuple[int, int | None]] = (),
        lasts: bool = False,
        naming: Sequence[tuple[Tag, Tag | None]] = (),
        removed: Sequence[Tag] = (),
        restored: int | None = None,
        notes: Iterable[tuple[int, str]] = (),
        brief: tuple[str, str] | None = None,
    ) -> None:
        """Note an edit inside its transaction: (track, mark), ("+" or "-", track, category, tag, source),
        (track, key, text), (track, sound stream), (track, note), and the rest as a HandEdit holds it.

        Raises OSError where it cannot be written, so that nothing is committed that is not in two places.
        """
        number, roots = self.next_number, self._folders.roots()
        edit = {
            "marks": [[*self._place(track_id, roots), mark] for track_id, mark in marks],
            "tags": [[sign, *self._place(track_id, roots), *rest] for sign, track_id, *rest in tags],
            "texts": [[*self._place(track_id, roots), *rest] for track_id, *rest in texts],
            "streams": [[*self._place(track_id, roots), stream] for track_id, stream in streams],
            "naming": [[astuple(said), None if shown is None else astuple(shown)] for said, shown in naming],
            "removed": [astuple(tag) for tag in removed],
            "restored": restored,  # numbers begin at 1
            "notes": [[*self._place(track_id, roots), note] for track_id, note in notes],
        }
        if any(edit.values()):
            self._append(json.dumps({"number": number, "lasts": lasts, "brief": brief, **edit}) + "\n")
            self.hold_within(number)

    def hold_within(self, number: int) -> None:
        """Note, inside a transaction of the caller, that the catalogue holds all edits up to this one."""
        self._connection.execute("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (_POSITION, str(number)))

    def lacking(self) -> list[HandEdit]:
        """Return the edits that were written down and that this catalogue does not hold, oldest first."""
        position = self._position()
        found = {e.number: e for e in _read(self._file) if e.number > position and _can_be_done(e)}
        return [found[number] for number in sorted(found)]

    def _position(self) -> int:
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (_POSITION,)).fetchone()
        return int(row[0]) if row is not None and str(row[0]).isdecimal() else 0  # else a disk has changed it

    def _place(self, track_id: int, roots: dict[int, str]) -> tuple[str, str]:
        folder_id, name = self._connection.execute(
            "SELECT folder_id, name FROM tracks WHERE id = ?", (track_id,)
        ).fetchone()
        return roots[folder_id], os.fsdecode(name)

    def _append(self, line: str) -> None:
        if self._file.exists() and self._file.stat().st_size > _MOST_BYTES:
            self._file.replace(_older(self._file))
        with self._file.open("ab") as file:
            if file.tell() and not _ends_whole(self._file):
                file.write(b"\n")  # the line before was cut off by a crash
            file.write(line.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())


def journal_of(catalogue: Path) -> Path:
    """Return the file of lines that belongs to a catalogue."""
    return catalogue.with_name(f"{catalogue.stem}.edits.jsonl")


def _older(file: Path) -> Path:
    return file.with_suffix(".older.jsonl")


def _ends_whole(file: Path) -> bool:
    with file.open("rb") as opened:
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"


def _read(file: Path) -> Iterator[HandEdit]:
    """Yield the edits in the order of their lines; a line that was cut off is passed over."""
    for part in (_older(file), file):
        if part.exists():
            for line in part.read_bytes().splitlines():
                edit = read_line(line)
                if edit is not None:
                    yield edit


def read_line(line: bytes) -> HandEdit | None:
    """Return the edit of one line; None where it is not one of ours."""
    try:
        said: Any = json.loads(line)
        marks = tuple(_mark(*mark) for mark in said["marks"])
        tags = tuple(_tag(*tag) for tag in said["tags"])
        return HandEdit(int(said["number"]), marks, tags, bool(said.get("lasts")), **_later_parts(said))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _mark(root: str, name: str, mark: str) -> NotedMark:
    if mark not in MARKS:
        raise ValueError(mark)
    return NotedMark((str(root), str(name)), mark)


def _tag(sign: str, root: str, name: str, category: str, tag: str, source: str) -> NotedTag:
    if source not in TAG_SOURCES:
        raise ValueError(source)
    return NotedTag(sign == "+", (str(root), str(name)), Tag(str(category), str(tag)), source)


def _stream(root: str, name: str, stream: int | None) -> NotedStream:
    if stream is not None and not 0 <= int(stream) < _MOST_STREAMS:
        raise ValueError(stream)
    return NotedStream((str(root), str(name)), None if stream is None else int(stream))


def _later_parts(said: dict[str, Any]) -> dict[str, Any]:
    """Return the parts that the lines of earlier versions do not have."""
    restored, brief = said.get("restored"), said.get("brief")
    return {
        "texts": tuple(_text(*text) for text in said.get("texts", ())),
        "streams": tuple(_stream(*stream) for stream in said.get("streams", ())),
        "naming": tuple(
            (_plain_tag(*raw), None if shown is None else _plain_tag(*shown)) for raw, shown in said.get("naming", ())
        ),
        "removed": tuple(_plain_tag(*tag) for tag in said.get("removed", ())),
        "restored": None if restored is None else int(restored),
        "notes": tuple(_note(*note) for note in said.get("notes", ())),
        "brief": None if brief is None else _brief(*brief),
    }


def _note(root: str, name: str, note: str) -> NotedNote:
    return NotedNote((str(root), str(name)), str(note))


def _brief(uid: str, name: str) -> tuple[str, str]:
    return str(uid), str(name)


def _plain_tag(category: str, name: str) -> Tag:
    return Tag(str(category), str(name))


def _text(root: str, name: str, key: str, value: object) -> NotedText:
    if key not in TEXT_KEYS:
        raise ValueError(key)
    if key == "bpm":
        return NotedText((str(root), str(name)), key, None if value is None else float(str(value)))
    return NotedText((str(root), str(name)), key, str(value))


def _can_be_done(edit: HandEdit) -> bool:
    """Whether all that the edit names can be a file's name or a tag's: a disk may have changed a letter."""
    try:
        for text in _texts_of(edit):
            text.encode()
        paths = [os.fsencode(root + name) for root, name in edit.files]
    except UnicodeEncodeError:
        return False
    return not any(b"\0" in path for path in paths) and all(Path(root).is_absolute() for root, _ in edit.files)


def _texts_of(edit: HandEdit) -> Iterator[str]:
    tags = [noted.tag for noted in edit.tags] + [tag for rule in edit.naming for tag in rule if tag is not None]
    for tag in (*tags, *edit.removed):
        yield tag.category + tag.name
    yield from (text.value for text in edit.texts if isinstance(text.value, str))
    yield from (noted.note for noted in edit.notes)
    yield from edit.brief or ()
