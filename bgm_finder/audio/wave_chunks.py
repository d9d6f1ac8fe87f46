"""The chunks of a WAV file that no library of ours reads: iXML, the tempo of loops, an INFO comment before a bext."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_HEADS = (b"RIFF", b"RF64", b"BW64")
_WANTED = (b"iXML", b"acid", b"LIST")
_LARGEST = 1 << 20
"""Bytes of a chunk that are believed to be tags."""
_MOST_CHUNKS = 10_000
_UNKNOWN = 0xFFFFFFFF


def read_wave_chunks(path: Path) -> dict[str, bytes]:
    """Return the bodies of iXML and acid, and of ICMT within LIST INFO, each where there is one.

    FFmpeg gives the descriptions of INFO and bext under one name, and of these the last.
    """
    found: dict[str, bytes] = {}
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] in _HEADS and head[8:] == b"WAVE":
            for name, size in _chunks(file):
                if name in _WANTED and size <= _LARGEST:
                    body = file.read(size)
                    found |= _info_comment(body) if name == b"LIST" else {name.decode(): body}
    return found


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield name and size of each chunk, with the file at its body."""
    end, at, long_data = file.seek(0, os.SEEK_END), 12, 0
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or at >= end:
            return
        name, size = struct.unpack("<4sI", head)
        if name == b"ds64":
            long_data = int.from_bytes(file.read(16)[8:], "little")
            file.seek(at + 8)
        if name == b"data" and size == _UNKNOWN:
            size = long_data
        yield name, size
        at += 8 + size + size % 2


def _info_comment(body: bytes) -> dict[str, bytes]:
    """Return the comment of a list, if it is an INFO list that holds one."""
    at = 4 if body.startswith(b"INFO") else len(body)
    while at + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, at)
        if name == b"ICMT":
            return {"ICMT": body[at + 8 : at + 8 + size].partition(b"\0")[0]}
        at += 8 + size + size % 2
    return {}
