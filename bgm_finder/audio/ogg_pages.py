"""The pages of an Ogg file: whether it holds one stream from end to end, and where joined ones begin."""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CAPTURE = b"OggS\x00"
_HEADER = 27
_PAGE = 65_307
"""Bytes that a page has at most."""
_FIRST, _LAST = 0x02, 0x04
"""Flags of the first and the last page of a stream."""
_PLACES = (0.25, 0.5, 0.75)
"""Shares of a file where a look tells streams that were joined but carry one number, as a file joined with itself."""


@dataclass(frozen=True, slots=True)
class _Page:
    start: int
    flags: int
    serial: int
    sequence: int


def is_one_whole_ogg(path: Path) -> bool:
    """Return whether one stream goes from the first page to the last, as far as a look at five places tells."""
    with path.open("rb") as file:
        size = path.stat().st_size
        first = next(_pages(file.read(_PAGE)), None)
        pages = [_page_after(file, round(share * size)) for share in _PLACES if size > 4 * _PAGE]
        file.seek(max(0, size - _PAGE))
        last = _last_page(file.read())
    if first is None or last is None or first.start != 0 or not first.flags & _FIRST:
        return False
    in_order = [page.sequence for page in (first, *pages, last) if page is not None]
    return (
        all(page is not None and page.serial == first.serial for page in (*pages, last))
        and in_order == sorted(set(in_order))
        and bool(last.flags & _LAST)
    )


def stream_starts(path: Path) -> list[int]:
    """Return the byte at which each of the joined streams begins; a film's sound and picture begin together."""
    starts, was_first = [], False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as stored:
        for page in _pages(stored):
            is_first = bool(page.flags & _FIRST)
            if is_first and not was_first:
                starts.append(page.start)
            was_first = is_first
    return starts


def _pages(stored: bytes | mmap.mmap) -> Iterator[_Page]:
    """Yield the pages in order; after damage, from the next page on."""
    at = stored.find(_CAPTURE)
    while 0 <= at <= len(stored) - _HEADER:
        header = stored[at : at + _HEADER + 255]
        yield _page(header, at)
        lengths = header[_HEADER : _HEADER + header[26]]
        at = stored.find(_CAPTURE, at + _HEADER + len(lengths) + sum(lengths))


def _page_after(file: BinaryIO, at: int) -> _Page | None:
    """Return the first page that begins at this byte or later."""
    file.seek(at)
    return next(_pages(file.read(_PAGE + _HEADER)), None)


def _last_page(tail: bytes) -> _Page | None:
    """Return the last page of these bytes, if it is whole."""
    at = tail.rfind(_CAPTURE)
    header = tail[at : at + _HEADER + 255]
    if at < 0 or len(header) < _HEADER:
        return None
    lengths = header[_HEADER : _HEADER + header[26]]
    is_whole = at + _HEADER + header[26] + sum(lengths) <= len(tail)
    return _page(header, at) if is_whole else None


def _page(header: bytes, at: int) -> _Page:
    numbers = (int.from_bytes(header[first:last], "little") for first, last in ((14, 18), (18, 22)))
    return _Page(at, header[5], *numbers)
