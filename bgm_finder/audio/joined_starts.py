"""Where the parts of a file begin in which several sound files were joined."""

from pathlib import Path
from typing import BinaryIO

from bgm_finder.audio.byte_search import places_of
from bgm_finder.audio.ogg_pages import is_one_whole_ogg, stream_starts

_HEAD = 12
_FLAC = b"fLaC\x00\x00\x00\x22"
"""The mark of a FLAC file with the head of its first block, which is always of one kind and 34 bytes long."""


def joined_starts(path: Path) -> list[int]:
    """Return the bytes at which Ogg, FLAC or WAV files begin that were joined here; fewer than two where none were.

    Joined mp3 and aac are not distinguished here: their packets follow each other as in one file.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(b"OggS"):
            return [] if is_one_whole_ogg(path) else stream_starts(path)
        if head.startswith(_FLAC):
            return list(places_of(_FLAC, file))
        return _riff_starts(file) if _is_wave(head) else []


def _riff_starts(file: BinaryIO) -> list[int]:
    starts, head = [], _head_at(file, 0)
    at = 0
    while _is_wave(head):
        starts.append(at)
        at += 8 + int.from_bytes(head[4:8], "little")
        head = _head_at(file, at)
    return starts


def _head_at(file: BinaryIO, at: int) -> bytes:
    file.seek(at)
    return file.read(_HEAD)


def _is_wave(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:] == b"WAVE"
