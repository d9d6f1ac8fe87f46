"""WAV files with several chunks of sound, without pad bytes, and of a length that a pipe left open; tags behind."""

import struct
from pathlib import Path
from typing import Any

import numpy as np

from bgm_finder.workflows.embedded_tags import read_embedded
from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import RATE_HZ, heard, ladder, right
from tests.reliability.cases._tagged import chunk

NAME = "chunks of WAV out of place"
SOURCE = "MediaInfoLib #1856, TagLib# #101, NAudio #220 and #386, BWF MetaEdit #155"
NEEDS: tuple[str, ...] = ()
_SECONDS = 4
_TONES = {0: 400, 1: 450, 3: 550}
_STEREO = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 2, RATE_HZ, 4 * RATE_HZ, 4, 16))
_MONO_8 = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE_HZ, RATE_HZ, 1, 8))


def make(folder: Path) -> list[Case]:
    """Write each of them; all hold the same sound, those with a title the same one."""
    tones = ladder(_SECONDS)
    sound = (tones * 32767).astype("<i2").tobytes()
    half = len(sound) // 2
    first, second, whole = chunk(b"data", sound[:half]), chunk(b"data", sound[half:]), chunk(b"data", sound)
    odd = _unpadded(b"data", (tones[:-1, 0] * 127 + 128).astype(np.uint8).tobytes())
    texts = b"INFO" + _unpadded(b"IART", b"Yamada\0") + _unpadded(b"INAM", b"Rain\0")
    title = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Rain\0"))
    files = {
        "two of sound": (_riff(_STEREO, first, second), ""),
        "two of sound, tags between": (_riff(_STEREO, first, title, second), "Rain"),
        "a tiny second one": (_riff(_STEREO, whole, chunk(b"data", bytes(8))), ""),
        "an empty first one": (_riff(_STEREO, chunk(b"data", b""), whole), ""),
        "no pad before the format": (_riff(_unpadded(b"JUNK", b"abc"), _STEREO, whole), ""),
        "no pad before the sound": (_riff(_STEREO, _unpadded(b"LIST", texts), whole), "Rain"),
        "no pad behind the sound": (_riff(_MONO_8, odd, title), "Rain"),
        "no pad between texts": (_riff(_STEREO, whole, chunk(b"LIST", texts)), "Rain"),
        "a pad that is no zero": (_riff(_STEREO, b"JUNK\3\0\0\0abcx", whole), ""),
        "RF64 of length 0": (_rf64(sound, 0), ""),
        "RF64 of unknown length": (_rf64(sound, (1 << 64) - 1), ""),
        "RF64 without a length": (_rf64(sound, 0, 0), ""),
    }
    return [_case(folder / f"{name}.wav", raw, title) for name, (raw, title) in files.items()]


def _unpadded(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body


def _riff(*chunks: bytes) -> bytes:
    return chunk(b"RIFF", b"WAVE" + b"".join(chunks))


def _rf64(sound: bytes, length: int, told: int = 0xFFFFFFFF) -> bytes:
    sizes = chunk(b"ds64", struct.pack("<QQQI", length, length, length, 0))
    return b"RF64\xff\xff\xff\xffWAVE" + sizes + _STEREO + b"data" + struct.pack("<I", told) + sound


def _case(path: Path, raw: bytes, title: str) -> Case:
    path.write_bytes(raw)
    return Case(path.stem, {**right(_SECONDS, _TONES), "title": title}, lambda: _read(path))


def _read(path: Path) -> dict[str, Any]:
    return {**heard(path, tuple(_TONES)), "title": read_embedded(path).title}
