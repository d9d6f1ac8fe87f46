"""WAV files with chunks of any kind, and what the app reads from a file's tags."""

import struct
from pathlib import Path
from typing import Any

import numpy as np

from bgm_finder.workflows.embedded_tags import read_embedded
from tests.reliability.cases._sounds import RATE_HZ, ladder

_FORMAT = struct.pack("<HHIIHH", 1, 2, RATE_HZ, 4 * RATE_HZ, 4, 16)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a RIFF chunk, padded to an even length."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def wave(*before: bytes, behind: bytes = b"") -> bytes:
    """Return a WAV file of a second with chunks before and behind the sound."""
    sound = (ladder(1) * 32767).astype(np.int16).tobytes()
    body = b"WAVE" + chunk(b"fmt ", _FORMAT) + b"".join(before) + chunk(b"data", sound) + behind
    return b"RIFF" + struct.pack("<I", len(body)) + body


def info(**texts: bytes) -> bytes:
    """Return LIST INFO of texts by their four letters."""
    return chunk(b"LIST", b"INFO" + b"".join(chunk(name.encode(), text + b"\0") for name, text in texts.items()))


def bext(description: bytes) -> bytes:
    """Return the chunk of broadcast WAV."""
    words = struct.pack("<256s32s32s10s8sQH", description, b"Library X", b"LX0001", b"2024-01-02", b"10:20:30", 0, 1)
    return chunk(b"bext", words + bytes(254))


def right(
    title: str = "", artist: str = "", comment: str = "", bpm: float | None = None, **tags: list[str]
) -> dict[str, Any]:
    """Return what is right; tags by category."""
    return {"title": title, "artist": artist, "comment": comment, "bpm": bpm, **tags}


def tags_of(path: Path) -> dict[str, Any]:
    """Return what the app reads."""
    own = read_embedded(path)
    tags: dict[str, list[str]] = {}
    for tag in own.tags:
        tags.setdefault(tag.category, []).append(tag.name)
    return right(own.title, own.artist, own.comment, own.bpm, **tags)
