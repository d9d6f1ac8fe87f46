"""Read the numbers of a TensorFlow checkpoint without TensorFlow: a sorted table of names, a file of raw arrays."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FOOTER_BYTES = 48
_FLOAT = 1
_TYPE, _SHAPE, _OFFSET, _SIZE = 1, 2, 4, 5
"""Field numbers of BundleEntryProto."""


def read_checkpoint(index: Path, numbers: Path) -> dict[str, NDArray[np.float32]]:
    """Return every float array of a one-shard checkpoint by its name."""
    arrays = {}
    raw = numbers.read_bytes()
    for key, value in _table(index.read_bytes()):
        entry = dict(_fields(value))
        if not key or entry.get(_TYPE) != _FLOAT:
            continue
        start, size = _number(entry, _OFFSET), _number(entry, _SIZE)
        shape = _shape(entry[_SHAPE]) if _SHAPE in entry else ()
        arrays[key.decode()] = np.frombuffer(raw[start : start + size], "<f4").reshape(shape)
    return arrays


def _table(held: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Return the keys and values of a LevelDB table whose blocks are not compressed."""
    footer = held[-_FOOTER_BYTES:]
    at = 0
    handle = []
    for _ in range(4):  # offset and size of the meta index, then of the index
        value, at = _varint(footer, at)
        handle.append(value)
    for _, block in _block(held, handle[2], handle[3]):
        offset, at = _varint(block, 0)
        size, _ = _varint(block, at)
        yield from _block(held, offset, size)


def _block(held: bytes, offset: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    if held[offset + size] != 0:
        raise ValueError("the checkpoint's index is compressed")
    block = held[offset : offset + size]
    restarts = int.from_bytes(block[-4:], "little")
    at, end, key = 0, size - 4 * (restarts + 1), b""
    while at < end:
        shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        yield key, block[at : at + length]
        at += length


def _varint(held: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (held[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if held[at - 1] < 0x80:
            return value, at


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Return the fields of a protocol buffer: numbers as int, everything else as bytes."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 0:
            number, at = _varint(message, at)
            yield tag >> 3, number
            continue
        length, at = (4, at) if kind == 5 else _varint(message, at)
        yield tag >> 3, message[at : at + length]
        at += length


def _number(entry: dict[int, int | bytes], field: int) -> int:
    value = entry.get(field, 0)
    assert isinstance(value, int)
    return value


def _shape(message: int | bytes) -> tuple[int, ...]:
    assert isinstance(message, bytes)
    sizes = [dict(_fields(dim)) for field, dim in _fields(message) if field == 2 and isinstance(dim, bytes)]
    return tuple(_number(size, 1) for size in sizes)
