"""The pages of an Ogg are walked without its contents in memory, and once for each content of a file."""

import io
import os
import tracemalloc

import numpy as np
import pytest
import sound_files
from sound_files import sweep

from bgm_finder.audio import byte_search
from bgm_finder.audio.joined_starts import joined_starts
from bgm_finder.audio.ogg_pages import is_one_whole_ogg, stream_starts


@pytest.fixture(scope="module")
def ogg(tmp_path_factory):
    return sound_files.write(tmp_path_factory.mktemp("ogg") / "a.ogg", sweep(4.0)).read_bytes()


@pytest.mark.parametrize(
    ("change", "whole", "starts"),
    [
        (lambda ogg: ogg, True, [0]),
        (lambda ogg: ogg + ogg, False, [0, 1]),
        (lambda ogg: ogg[: len(ogg) - 100], False, [0]),
        (lambda ogg: ogg + bytes(10), False, [0]),
        (lambda ogg: bytes(10) + ogg, False, [10]),
        (lambda ogg: ogg[: ogg.rindex(b"OggS")] + bytes(9) + ogg[ogg.rindex(b"OggS") :], False, [0]),
        (lambda ogg: ogg[:40], False, [0]),
        (lambda ogg: ogg[:20], False, []),
    ],
)
def test_a_whole_ogg_is_known_and_joined_ones_are_found(ogg, tmp_path, change, whole, starts):
    path = tmp_path / "a.ogg"
    path.write_bytes(change(ogg))
    assert is_one_whole_ogg(path) == whole
    assert stream_starts(path) == [len(ogg) if start == 1 else start for start in starts]


def test_a_large_ogg_needs_little_memory(ogg, tmp_path):
    path = tmp_path / "a.ogg"
    path.write_bytes(ogg * (32_000_000 // len(ogg)))
    tracemalloc.start()
    try:
        assert len(joined_starts(path)) == 32_000_000 // len(ogg)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_changed_file_is_walked_again_and_an_unchanged_one_is_not(ogg, tmp_path):
    path = tmp_path / "a.ogg"
    path.write_bytes(ogg)
    assert is_one_whole_ogg(path)
    facts = path.stat()
    path.write_bytes(bytes(len(ogg)))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert is_one_whole_ogg(path)
    path.write_bytes(ogg[:-1])
    assert not is_one_whole_ogg(path)


@pytest.mark.parametrize("chunk", [1, 3, 4, 7, 1000])
def test_marks_are_found_where_chunks_meet(monkeypatch, chunk):
    monkeypatch.setattr(byte_search, "_CHUNK", chunk)
    stored = np.random.default_rng(1).integers(0, 2, 500).astype(np.uint8).tobytes()
    mark = bytes([1, 0, 1])
    wanted = [at for at in range(len(stored)) if stored.startswith(mark, at)]
    assert list(byte_search.places_of(mark, io.BytesIO(stored))) == wanted
    assert list(byte_search.places_of(mark, io.BytesIO(stored), 100)) == [at for at in wanted if at >= 100]
