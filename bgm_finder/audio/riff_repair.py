"""A WAV or AIFF file as its writer meant it, where it breaks the rules by which FFmpeg and mutagen find its chunks."""

import struct
from collections.abc import Iterator
from pathlib import Path

from bgm_finder.audio.file_part import FilePart, SplicedFile, piece_size
from bgm_finder.audio.riff_chunks import MOST_INFO, SOUND, Chunk, RiffLayout, plain_texts, riff_layout

_LONG = 1 << 32
_LENGTHS = (b"ds64", b"fact")
"""Chunks that tell the length of the sound."""

Pieces = tuple[bytes | FilePart, ...]


def repaired_riff(path: Path) -> SplicedFile | None:
    """Return a file with its sound in one chunk, lengths and pad bytes; None where it has them, or is no such file.

    Raises OSError.
    """
    layout = riff_layout(path)
    if layout is None or not layout.sounds:
        return None
    texts = {
        chunk: texts for chunk in layout.chunks if chunk.name == b"LIST" and (texts := _texts(path, chunk, layout))
    }
    if layout.is_plain and not texts:
        return None
    body = tuple(piece for chunk in _kept(path, layout) for piece in _pieces(path, chunk, layout, texts.get(chunk)))
    return SplicedFile(path, (_header(layout, sum(map(piece_size, body))), *body))


def _kept(path: Path, layout: RiffLayout) -> Iterator[Chunk]:
    """Yield the chunks up to where another format begins, each of the sound's further chunks left out."""
    for chunk in layout.chunks:
        if chunk.name not in _LENGTHS and (chunk.name not in SOUND or chunk == layout.sounds[0]):
            yield chunk


def _pieces(path: Path, chunk: Chunk, layout: RiffLayout, texts: bytes | None) -> Pieces:
    stored: Pieces = (FilePart(path, chunk.start, chunk.size),)
    if chunk.name == b"data":
        stored = tuple(FilePart(path, sound.start, sound.size) for sound in layout.sounds)
    elif texts is not None:
        stored = (texts,)
    size = sum(map(piece_size, stored))
    return struct.pack(f"{layout.order}4sI", chunk.name, min(size, _LONG - 1)), *stored, b"\0" * (size % 2)


def _header(layout: RiffLayout, body_size: int) -> bytes:
    """Return what stands before the first chunk, with the lengths of more than 4 GB in a chunk of their own."""
    if layout.order == ">" or body_size + 4 < _LONG:
        head = b"RIFF" if layout.order == "<" else layout.head
        return struct.pack(f"{layout.order}4sI", head, min(body_size + 4, _LONG - 1)) + layout.kind
    sound = sum(chunk.size for chunk in layout.sounds)
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, body_size + 40, sound, 0, 0)
    return struct.pack("<4sI", b"RF64", _LONG - 1) + layout.kind + sizes


def _texts(path: Path, chunk: Chunk, layout: RiffLayout) -> bytes | None:
    """Return a list of texts with the pad bytes that it lacks; None where it lacks none."""
    if chunk.size > MOST_INFO:
        return None
    with path.open("rb") as file:
        file.seek(chunk.start)
        stored = file.read(chunk.size)
    texts, is_plain = plain_texts(stored, layout.order)
    if is_plain:
        return None
    return b"INFO" + b"".join(
        struct.pack(f"{layout.order}4sI", name, len(text)) + text + b"\0" * (len(text) % 2) for name, text in texts
    )
