"""The pages of an Ogg file: whether it holds one stream from end to end, and where joined ones begin."""

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bgm_finder.audio.byte_search import first_place

_CAPTURE = b"OggS\x00"
_HEADER = struct.Struct("<5sBqIIIB")
_MOST_SEGMENTS = 255
_HEADS = 64
"""Bytes at the start of a file that hold the codec's name and its block sizes."""
_FIRST, _LAST = 0x02, 0x04
"""Flags of the first and the last page of a stream."""
_LONGEST_OPUS = 5760
_PAUSE = 2400
"""Samples, 50 ms at 48 kHz: a longer pause in the time stamps is heard."""
_MOST_FILES = 256


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
    """Return whether one stream goes from the first page to the last, none is lost, and its sound knows no pause.

    Raises OSError. Kept for each content of a file, as each jump of the player opens the file anew.
    """
    return _is_one_whole(path, *_stamp(path))


def stream_starts(path: Path) -> list[int]:
    """Return the byte at which each of the joined streams begins; a film's sound and picture begin together.

    Raises OSError. Kept for each content of a file.
    """
    return list(_starts(path, *_stamp(path)))


def _stamp(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_mtime_ns, facts.st_size


@lru_cache(_MOST_FILES)
def _is_one_whole(path: Path, mtime_ns: int, size: int) -> bool:
    before: _Page | None = None
    with path.open("rb") as file:
        longest = _longest_packet(file.read(_HEADS))
        for page in _pages(file):
            if not (_is_beginning(page) if before is None else _follows(page, before, longest)):
                return False
            before = page
    return before is not None and bool(before.flags & _LAST) and before.end == size


@lru_cache(_MOST_FILES)
def _starts(path: Path, mtime_ns: int, size: int) -> tuple[int, ...]:
    starts, was_first = [], False
    with path.open("rb") as file:
        for page in _pages(file):
            is_first = bool(page.flags & _FIRST)
            if is_first and not was_first:
                starts.append(page.start)
            was_first = is_first
    return tuple(starts)


def _is_beginning(page: _Page) -> bool:
    return page.start == 0 and bool(page.flags & _FIRST)


def _follows(page: _Page, before: _Page, longest: int) -> bool:
    """Return whether a page goes on where the one before ended; longest is that of a packet, in samples."""
    is_next = page.start == before.end and page.serial == before.serial and page.sequence == before.sequence + 1
    pauses = longest and before.granule > 0 and page.granule - before.granule > page.packets * longest + _PAUSE
    return is_next and not page.flags & _FIRST and not pauses


def _longest_packet(heads: bytes) -> int:
    """Return the samples that a packet of this Vorbis or Opus stream gives at most; 0 for other codecs."""
    if heads[28:36] == b"OpusHead":
        return _LONGEST_OPUS
    return 1 << (heads[56] >> 4) - 1 if heads[28:35] == b"\x01vorbis" and len(heads) > 56 else 0


def _pages(file: BinaryIO) -> Iterator[_Page]:
    """Yield the pages in order, of each its header alone is read; after damage, from the next page on."""
    at = first_place(_CAPTURE, file)
    while at is not None:
        file.seek(at)
        head = file.read(_HEADER.size + _MOST_SEGMENTS)
        if len(head) < _HEADER.size:
            return
        _, flags, granule, serial, sequence, _, count = _HEADER.unpack_from(head)
        lengths = head[_HEADER.size : _HEADER.size + count]
        end = at + _HEADER.size + count + sum(lengths)
        yield _Page(at, end, flags, granule, serial, sequence, count - lengths.count(255))
        file.seek(end)
        at = end if file.read(len(_CAPTURE)) == _CAPTURE else first_place(_CAPTURE, file, at + len(_CAPTURE))
