"""The pages of an Ogg file: whether it holds one stream from end to end, and where joined ones begin."""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_CAPTURE = b"OggS\x00"
_HEADER = struct.Struct("<5sBqIIIB")
_FIRST, _LAST = 0x02, 0x04
"""Flags of the first and the last page of a stream."""
_LONGEST_OPUS = 5760
_PAUSE = 2400
"""Samples, 50 ms at 48 kHz: a longer pause in the time stamps is heard."""


class _Page(NamedTuple):
    start: int
    end: int
    flags: int
    granule: int
    serial: int
    sequence: int
    packets: int
    """Those that end on it."""


def is_one_whole_ogg(path: Path) -> bool:
    """Return whether one stream goes from the first page to the last, none is lost, and its sound knows no pause."""
    stored = path.read_bytes()
    longest = _longest_packet(stored)
    before: _Page | None = None
    for page in _pages(stored):
        if not (_is_beginning(page) if before is None else _follows(page, before, longest)):
            return False
        before = page
    return before is not None and bool(before.flags & _LAST) and before.end == len(stored)


def _is_beginning(page: _Page) -> bool:
    return page.start == 0 and bool(page.flags & _FIRST)


def _follows(page: _Page, before: _Page, longest: int) -> bool:
    """Return whether a page goes on where the one before ended; longest is that of a packet, in samples."""
    is_next = page.serial == before.serial and page.sequence == before.sequence + 1 and not page.flags & _FIRST
    pauses = longest and before.granule > 0 and page.granule - before.granule > page.packets * longest + _PAUSE
    return is_next and not pauses


def _longest_packet(stored: bytes) -> int:
    """Return the samples that a packet of this Vorbis or Opus stream gives at most; 0 for other codecs."""
    if stored[28:36] == b"OpusHead":
        return _LONGEST_OPUS
    return 1 << (stored[56] >> 4) - 1 if stored[28:35] == b"\x01vorbis" else 0


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
    size = len(stored)
    at = stored.find(_CAPTURE)
    while 0 <= at <= size - _HEADER.size:
        _, flags, granule, serial, sequence, _, count = _HEADER.unpack_from(stored, at)
        body = at + _HEADER.size + count
        lengths = stored[at + _HEADER.size : body]
        end = body + sum(lengths)
        yield _Page(at, end, flags, granule, serial, sequence, count - lengths.count(255))
        at = end if stored[end : end + 5] == _CAPTURE else stored.find(_CAPTURE, at + 5)
