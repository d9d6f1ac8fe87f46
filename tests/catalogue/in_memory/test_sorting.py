"""The order of the list by file name and by comment."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.sorting import sort
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives

COMMENTS = {"z/take 2.wav": "", "a/take 10.wav": "Beta", "m/Alpha.wav": "alpha"}


@pytest.fixture
def columns(tmp_path):
    for name in COMMENTS:
        file = tmp_path / "music" / name
        file.parent.mkdir(parents=True)
        soundfile.write(file, np.full(800, 0.1, np.float32), 8000)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.folders.add(tmp_path / "music")
        catalogue.files.add(scan(tmp_path / "music", Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
        found = catalogue.columns()
    comments = [comment for path in found.paths for name, comment in COMMENTS.items() if path.endswith(name)]
    return replace(found, comments=Texts.of(comments))


def names(columns, key, descending=False):
    rows = sort(columns, np.arange(len(columns), dtype=np.int32), key, descending)
    return [columns.paths[row].rsplit("/", 1)[1] for row in rows]


def test_files_are_sorted_by_their_names_whatever_their_folders(columns):
    assert names(columns, "file") == ["Alpha.wav", "take 2.wav", "take 10.wav"]
    assert names(columns, "file", descending=True) == ["take 10.wav", "take 2.wav", "Alpha.wav"]


def test_tracks_without_a_comment_come_last_either_way(columns):
    assert names(columns, "comment") == ["Alpha.wav", "take 10.wav", "take 2.wav"]
    assert names(columns, "comment", descending=True) == ["take 10.wav", "Alpha.wav", "take 2.wav"]
