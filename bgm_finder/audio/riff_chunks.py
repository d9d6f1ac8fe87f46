"""Where the chunks of a WAV or AIFF file lie, also where its writer left out the pad byte behind an odd one."""

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_ORDERS = {b"RIFF": "<", b"RF64": "<", b"BW64": "<", b"RIFX": ">", b"FORM": ">"}
"""Byte order by how a file begins."""
_KINDS = (b"WAVE", b"AIFF", b"AIFC")
SOUND = (b"data", b"SSND")
_USUAL = SOUND + (
    *(b"fmt ", b"fact", b"LIST", b"bext", b"iXML", b"axml", b"cue ", b"smpl", b"inst", b"acid", b"PEAK", b"JUNK"),
    *(b"junk", b"PAD ", b"FLLR", b"id3 ", b"ID3 ", b"_PMX", b"cart", b"ds64", b"COMM", b"MARK", b"INST", b"NAME"),
    *(b"AUTH", b"ANNO", b"(c) ", b"CHAN", b"FVER", b"APPL", b"COMT"),
)
_MOST_CHUNKS = 10_000
MOST_INFO = 1 << 20
"""Bytes of a list of texts that is believed."""
_UNKNOWN = 0xFFFFFFFF
_LONGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its name, and where its body lies in bytes."""

    name: bytes
    start: int
    size: int
    is_unpadded: bool = False
    """Whether the next chunk follows directly on an odd number of bytes."""


@dataclass(frozen=True, slots=True)
class RiffLayout:
    """The chunks of a file, and whether readers that keep to the rules find them too."""

    head: bytes
    kind: bytes
    order: str
    chunks: tuple[Chunk, ...]
    has_unknown_length: bool
    """Whether an RF64 was written into a pipe, so that the length of its sound was never filled in."""

    @property
    def sounds(self) -> tuple[Chunk, ...]:
        """The chunks of sound that are not empty."""
        return tuple(chunk for chunk in self.chunks if chunk.name in SOUND and chunk.size)

    @property
    def has_plain_sound(self) -> bool:
        """Whether the sound is one chunk, its length is told, and the chunks before it have their pad bytes."""
        sounds = self.sounds
        before = self.chunks[: self.chunks.index(sounds[0])] if sounds else ()
        is_found = not any(chunk.is_unpadded for chunk in before)
        return len(sounds) <= 1 and is_found and not self.has_unknown_length

    @property
    def is_plain(self) -> bool:
        """Whether that is so, and the chunks behind the sound have their pad bytes as well."""
        return self.has_plain_sound and not any(chunk.is_unpadded for chunk in self.chunks)


def riff_layout(path: Path) -> RiffLayout | None:
    """Return the chunks of a WAV or AIFF file, None of another; raises OSError."""
    with path.open("rb") as file:
        head = file.read(12)
        order = _ORDERS.get(head[:4])
        if order is None or head[8:] not in _KINDS:
            return None
        size = file.seek(0, os.SEEK_END)
        chunks = tuple(chunks_of(file, 12, size, order))
        is_long = head[:4] in (b"RF64", b"BW64")
        return RiffLayout(head[:4], head[8:], order, chunks, is_long and _lacks_its_length(file, chunks))


def chunks_of(file: BinaryIO, at: int, end: int, order: str) -> Iterator[Chunk]:
    """Yield the chunks from here on, up to the end or to what is none, such as a file that was joined on."""
    long_size = 0
    for _ in range(_MOST_CHUNKS):
        name, size = _head(file, at, order)
        if not _is_name(name) or name in _ORDERS:
            return
        start = at + 8
        if name == b"ds64":
            long_size = _long_size(file, start)
        if name in SOUND:
            size = _sound_size(file, start, end, order, size, long_size)
        at = _next(file, start + size, end, order) if size % 2 else start + size
        yield Chunk(name, start, min(size, end - start), bool(size % 2) and at == start + size < end)


def plain_texts(body: bytes, order: str = "<") -> tuple[list[tuple[bytes, bytes]], bool]:
    """Return the texts of a LIST INFO with their four letters, none of another list; and whether all have pad bytes."""
    if not body.startswith(b"INFO") or len(body) > MOST_INFO:
        return [], True
    chunks = list(chunks_of(io.BytesIO(body), 4, len(body), order))
    texts = [(chunk.name, body[chunk.start : chunk.start + chunk.size]) for chunk in chunks]
    return texts, not any(chunk.is_unpadded for chunk in chunks)


def _head(file: BinaryIO, at: int, order: str) -> tuple[bytes, int]:
    file.seek(at)
    head = file.read(8)
    name, size = struct.unpack(f"{order}4sI", head) if len(head) == 8 else (b"", 0)
    return name, size


def _is_name(name: bytes) -> bool:
    return len(name) == 4 and all(0x20 <= byte < 0x7F for byte in name)


def _next(file: BinaryIO, body_end: int, end: int, order: str) -> int:
    """Return where the chunk behind an odd one begins: after a pad byte, unless a chunk stands in its place."""
    file.seek(body_end)
    has_pad = file.read(1) == b"\0"
    padded, _ = _head(file, body_end + 1, order)
    name, size = _head(file, body_end, order)
    is_left_out = _is_name(name) and (size <= end - body_end - 8 or name in SOUND)
    return body_end if is_left_out and not has_pad and padded not in _USUAL else body_end + 1


def _long_size(file: BinaryIO, start: int) -> int:
    file.seek(start + 8)
    size = int.from_bytes(file.read(8), "little")
    return size if size < _LONGEST else 0


def _sound_size(file: BinaryIO, start: int, end: int, order: str, size: int, long_size: int) -> int:
    """Return the bytes of the sound: all that is left where a pipe kept the writer from telling."""
    if size == _UNKNOWN:
        size = long_size
    name, _ = _head(file, start, order)
    is_empty = name in _USUAL
    return min(size or (0 if is_empty else end), end - start)


def _lacks_its_length(file: BinaryIO, chunks: tuple[Chunk, ...]) -> bool:
    for chunk in chunks:
        if chunk.name == b"data":
            _, size = _head(file, chunk.start - 8, "<")
            long_sizes = [_long_size(file, other.start) for other in chunks if other.name == b"ds64"]
            return chunk.size > 0 and not (size if size != _UNKNOWN else any(long_sizes))
    return False
