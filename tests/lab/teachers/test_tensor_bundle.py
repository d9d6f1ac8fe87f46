"""A checkpoint's table is read as it is written: names with shared beginnings, shapes, and places of the numbers."""

import struct

import numpy as np
import pytest

from lab.teachers.tensor_bundle import read_checkpoint


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def entry(shape, offset, size, kind=1):
    dims = b"".join(b"\x12" + varint(len(d)) + d for d in (b"\x08" + varint(n) for n in shape))
    return (
        b"\x08" + bytes([kind]) + b"\x12" + varint(len(dims)) + dims + b"\x20" + varint(offset) + b"\x28" + varint(size)
    )


def block(entries):
    held, before = b"", b""
    for key, value in entries:
        shared = len([1 for a, b in zip(key, before, strict=False) if a == b]) if key[:2] == before[:2] else 0
        held += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        before = key
    return held + struct.pack("<II", 0, 1)


def write(folder, entries, compressed=False):
    kind = b"\x01" if compressed else b"\x00"
    table = block(entries)
    index = block([(b"z", varint(0) + varint(len(table)))])
    footer = varint(0) + varint(0) + varint(len(table) + 5) + varint(len(index))
    held = table + kind + b"crc_" + index + b"\x00crc_" + footer.ljust(40, b"\x00") + b"magic___"
    (folder / "index").write_bytes(held)


def test_arrays_come_back_by_name_and_shape(tmp_path):
    matrix = np.arange(6, dtype="<f4").reshape(2, 3)
    scalar = np.array(7, "<f4")
    (tmp_path / "numbers").write_bytes(matrix.tobytes() + scalar.tobytes())
    write(tmp_path, [(b"", b"\x08\x01"), (b"dense/bias", entry((), 24, 4)), (b"dense/kernel", entry((2, 3), 0, 24))])
    arrays = read_checkpoint(tmp_path / "index", tmp_path / "numbers")
    assert set(arrays) == {"dense/bias", "dense/kernel"}
    np.testing.assert_array_equal(arrays["dense/kernel"], matrix)
    assert arrays["dense/bias"] == 7


def test_numbers_that_are_not_floats_are_left_out(tmp_path):
    (tmp_path / "numbers").write_bytes(b"\0" * 8)
    write(tmp_path, [(b"step", entry((), 0, 8, kind=9))])
    assert read_checkpoint(tmp_path / "index", tmp_path / "numbers") == {}


def test_a_compressed_table_is_refused(tmp_path):
    (tmp_path / "numbers").write_bytes(b"")
    write(tmp_path, [(b"a", entry((), 0, 4))], compressed=True)
    with pytest.raises(ValueError, match="compressed"):
        read_checkpoint(tmp_path / "index", tmp_path / "numbers")
