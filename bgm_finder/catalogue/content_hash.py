"""Fingerprints of a file's bytes, by which a moved or renamed file is known again."""

import hashlib
from collections.abc import Callable
from pathlib import Path

_PIECE = 64 * 1024
_LARGE_PIECE = 1 << 20
_DIGEST_BYTES = 16


def content_hash(path: Path) -> bytes:
    """Return the hash of a file's size and its first, middle and last 64 KB; quick for files of any length."""
    size = path.stat().st_size
    seen = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=_DIGEST_BYTES)
    with path.open("rb") as file:
        for start in sorted({0, max(0, (size - _PIECE) // 2), max(0, size - _PIECE)}):
            file.seek(start)
            seen.update(file.read(_PIECE))
    return seen.digest()


def full_hash(path: Path, on_piece: Callable[[int], object] = lambda _size: None) -> bytes:
    """Return the hash of all bytes of a file; on_piece is called for every piece read, with its size in bytes."""
    seen = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_LARGE_PIECE):
            seen.update(piece)
            on_piece(len(piece))
    return seen.digest()
