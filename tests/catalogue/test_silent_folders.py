"""A folder that never answers is named and left; the others are looked at, and nothing in it is taken for missing."""

import shutil
import sys
import time

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives import waiting
from bgm_finder.drives.drives import Drives
from bgm_finder.reasons import Reason, Refusal
from tests.reliability.living_files import silent_folder

SUFFIXES = frozenset({".wav"})
SILENT_FILE_BYTES = 1_000_000
"""What tests/reliability/silent_file.py says of its file."""


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)


@pytest.fixture(params=["list", "look"])
def library(request, tmp_path):
    """Two folders with a track each, one of which was mounted over by what is silent."""
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    for name in ("share", "disk"):
        (tmp_path / "music" / name).mkdir(parents=True)
        (tmp_path / "music" / name / f"{name}.wav").write_bytes(b"sound")

    def silence():
        return silent_folder(tmp_path / "music" / "share", request.param)

    return tmp_path / "music", silence


def test_the_other_folders_are_looked_at_and_no_track_is_missing(catalogue, library):
    music, silence = library
    catalogue.folders.add(music)
    catalogue.files.add(scan(music, Remembered(), SUFFIXES, Drives(lambda: False)).new)
    (music / "disk" / "new.wav").write_bytes(b"other")
    with silence() as mounted:
        if not mounted:
            pytest.skip("no file system can be mounted here (it takes root)")
        found = scan(music, catalogue.files.remembered(music), SUFFIXES, Drives(lambda: False))
    assert found.unreadable == [(f"{music}/share", Refusal(Reason.NO_ANSWER))]
    assert [file.path for file in found.new] == [f"{music}/disk/new.wav"]
    assert not found.missing and not found.moved


def test_a_wait_can_be_stopped(library):
    music, silence = library
    began_s = time.monotonic()

    def check():
        if time.monotonic() - began_s > 0.5:
            raise KeyboardInterrupt

    with silence() as mounted:
        if not mounted:
            pytest.skip("no file system can be mounted here (it takes root)")
        with pytest.raises(KeyboardInterrupt):
            scan(music, Remembered(), SUFFIXES, Drives(check))


@pytest.mark.parametrize("library", ["read"], indirect=True)
def test_a_file_whose_bytes_never_come_is_new_and_holds_no_look_up(catalogue, library):
    music, silence = library
    catalogue.folders.add(music)
    (lost,) = catalogue.files.add([FoundFile(f"{music}/lost.wav", SILENT_FILE_BYTES, 5)])
    catalogue.analyses.store_windows(lost, Reading(b"hash", 2.0, 44100, 2), "net", np.ones(4, np.float32))
    with silence() as mounted:
        if not mounted:
            pytest.skip("no file system can be mounted here (it takes root)")
        found = scan(music, catalogue.files.remembered(music), SUFFIXES, Drives(lambda: False))
    assert f"{music}/share/placeholder.wav" in [file.path for file in found.new]
    assert [file.path for file in found.missing] == [f"{music}/lost.wav"]
