"""The pages of an Ogg file: whether it holds one stream from end to end, and where joined ones begin."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_CAPTURE = b"OggS\x00"
_HEADER = struct.Struct("<5sBqIIIB")
_FIRST, _LAST = 0x02, 0x04
"""Flags of the first and the last page of a stream."""
_HEAD = 57
"""Bytes up to what is read of a Vorbis header: a page's, a segment's length, and the codec's own."""
_CHUNK = 1 << 16
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
    before: _Page | None = None
    with path.open("rb") as file:
        longest = _longest_packet(file.read(_HEAD))
        for page in _pages(file):
            if not (_is_beginning(page) if before is None else _follows(page, before, longest)):
                return False
            before = page
        size = file.seek(0, io.SEEK_END)
    return before is not None and bool(before.flags & _LAST) and before.end == size


def _is_beginning(page: _Page) -> bool:
    return page.start == 0 and bool(page.flags & _FIRST)


def _follows(page: _Page, before: _Page, longest: int) -> bool:
    """Return whether a page goes on where the one before ended; longest is that of a packet, in samples."""
    is_next = page.serial == before.serial and page.sequence == before.sequence + 1 and not page.flags & _FIRST
    pauses = longest and before.granule > 0 and page.granule - before.granule > page.packets * longest + _PAUSE
    return is_next and not pauses


def _longest_packet(head: bytes) -> int:
    """Return the samples that a packet of this Vorbis or Opus stream gives at most; 0 for other codecs."""
    if head[28:36] == b"OpusHead":
        return _LONGEST_OPUS
    return (1 << (head[56] >> 4)) >> 1 if head[28:35] == b"\x01vorbis" and len(head) == _HEAD else 0


def stream_starts(path: Path) -> list[int]:
    """Return the byte at which each of the joined streams begins; a film's sound and picture begin together."""
    starts, was_first = [], False
    with path.open("rb") as file:
        for page in _pages(file):
            is_first = bool(page.flags & _FIRST)
            if is_first and not was_first:
                starts.append(page.start)
            was_first = is_first
    return starts


def find_from(file: BinaryIO, mark: bytes, start: int) -> int:
    """Return where these bytes come next in a file, -1 where they do not."""
    at = start
    file.seek(at)
    while len(chunk := file.read(_CHUNK)) >= len(mark):
        found = chunk.find(mark)
        if found >= 0:
            return at + found
        at += len(chunk) - len(mark) + 1
        file.seek(at)
    return -1


def _pages(file: BinaryIO) -> Iterator[_Page]:
    """Yield the pages in order; after damage, from the next page on."""
    at = 0
    while at >= 0:
        file.seek(at)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        capture, flags, granule, serial, sequence, _, count = _HEADER.unpack(header)
        if capture != _CAPTURE:
            at = find_from(file, _CAPTURE, at + 1)
            continue
        lengths = file.read(count)
        end = at + _HEADER.size + count + sum(lengths)
        yield _Page(at, end, flags, granule, serial, sequence, count - lengths.count(255))
        at = end
