"""The bytes of a tag list, from a disk that may not answer; other kinds of file are refused by their first bytes."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.tag_lists.problems import UnreadableTagList
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NO_ANSWER, NoAnswer

_PIECE = 1 << 20
"""Bytes that are read at a time: each of them shows that the file answers."""
_MOST_BYTES = 512 << 20
"""More than a list of ten million tracks has."""
_STARTS = (
    (b"\xd0\xcf\x11\xe0", "is an Excel workbook: save it there as CSV UTF-8, and import that"),
    (b"%PDF", "is a PDF document, not a CSV file"),
    (b"{\\rtf", "is a formatted text, not a CSV file"),
    (b"\x1f\x8b", "is compressed: unpack it first"),
    (b"bplist", "is an XML or plist file: export the list as CSV or plain text"),
)
_MARKUP = (
    (("<!doctype html", "<html", "<head", "<body", "<table", "<meta"), "is a web page: save it there as CSV"),
    (("<?xml", "<!doctype plist", "<plist"), "is an XML or plist file: export the list as CSV or plain text"),
)
_ZIPPED = (
    ("xl/", "is an Excel workbook: save it there as CSV UTF-8, and import that"),
    ("Index", "is a Numbers document: export it there as CSV, and import that"),
    ("content.xml", "is an OpenDocument spreadsheet: save it there as CSV, and import that"),
)


def read_list_bytes(path: Path, is_cancelled: Callable[[], bool]) -> bytes:
    """Return what is in the file; raise UnreadableTagList where that cannot be had or is another kind of file.

    Raises Cancelled.
    """
    pieces: list[bytes] = []

    def read() -> None:
        with path.open("rb", buffering=0) as file:
            for number, piece in enumerate(iter(partial(file.read, _PIECE), b"")):
                if number * _PIECE > _MOST_BYTES:
                    raise UnreadableTagList(path, "is too large for a tag list: split it into smaller ones")
                pieces.append(piece)

    try:
        Drives(is_cancelled).call(path, read, lambda: len(pieces))
    except NoAnswer:
        raise UnreadableTagList(path, NO_ANSWER) from None
    except OSError as error:
        raise UnreadableTagList(path, f"cannot be read ({error.strerror or error})") from error
    raw = b"".join(pieces)
    other = _other_kind(raw)
    if other:
        raise UnreadableTagList(path, other)
    return raw


def _other_kind(raw: bytes) -> str:
    """Return what the file is instead of a list, or nothing."""
    if raw.startswith(b"PK\x03\x04"):
        return _zipped_kind(raw)
    begin = raw[:4096].replace(b"\0", b"").decode("ascii", "ignore").lstrip().lower()
    markup = [kind for starts, kind in _MARKUP if begin.startswith(starts)]
    return next((kind for start, kind in _STARTS if raw.startswith(start)), markup[0] if markup else "")


def _zipped_kind(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        names = []
    kinds = (kind for start, kind in _ZIPPED if any(name.startswith(start) for name in names))
    return next(kinds, "is compressed: unpack it first")
