"""Texts in blocks answer as a plain list would."""

import os
from pathlib import Path

import numpy as np
import pytest

from bgm_finder.catalogue.in_memory import texts
from bgm_finder.catalogue.in_memory.places import Paths
from bgm_finder.catalogue.in_memory.texts import Texts

WORDS = ["a", "", "two\nlines", "雨", "ab", "a", os.fsdecode(b"\xff.wav"), "\n", "b"]


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(texts, "BLOCK_ROWS", 2)
    return Texts.of(WORDS)


def test_texts_read_as_a_list_does(kept):
    assert list(kept) == WORDS
    assert [kept[row] for row in range(len(WORDS))] == WORDS
    assert kept[-1] == "b"
    assert kept[2:5] == WORDS[2:5]
    with pytest.raises(IndexError):
        kept[len(WORDS)]


def test_whole_texts_are_found(kept):
    for word in {*WORDS, "nowhere", "lines", "wav"}:
        assert kept.rows_of(word) == [row for row, text in enumerate(WORDS) if text == word], word


def test_changed_texts_leave_the_others_alone(kept):
    after = kept.changed({0: b"new", 8: b"b"}, [2, 3], [b"last"])
    assert list(after) == ["new", "", "ab", "a", os.fsdecode(b"\xff.wav"), "\n", "b", "last"]
    assert after.blocks[-3] is kept.blocks[-3]
    assert list(kept) == WORDS
    assert kept.changed({0: b"a"}, [], []) is kept


def test_a_path_is_found_by_its_own_folder_only():
    names = Texts.of(["x.wav", "b/x.wav", "x.wav"])
    paths = Paths(names, np.array([1, 1, 2]), {1: "/music/", 2: "/music/b/"})
    assert [paths.row_of(path) for path in ("/music/x.wav", "/music/b/x.wav", "/x.wav")] == [0, 1, None]
    assert (paths.count_in("/music/"), paths.count_in("/music/b/"), paths.count_in("/")) == (2, 1, 0)
    assert Path(paths[1]) == Path("/music/b/x.wav")
