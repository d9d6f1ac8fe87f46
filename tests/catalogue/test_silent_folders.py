"""A folder that never answers is named and left; the others are looked at, and nothing in it is taken for missing."""

import shutil
import sys
import threading
import time

import pytest

from bgm_finder.catalogue import asking
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.reasons import Reason, Refusal
from tests.reliability.living_files import silent_folder

SUFFIXES = frozenset({".wav"})


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setattr(asking, "_ANSWER_S", 1.0)


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
    catalogue.files.add(scan(music, Remembered(), SUFFIXES, lambda: None).new)
    (music / "disk" / "new.wav").write_bytes(b"other")
    with silence() as mounted:
        if not mounted:
            pytest.skip("no file system can be mounted here (it takes root)")
        found = scan(music, catalogue.files.remembered(music), SUFFIXES, lambda: None)
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
            scan(music, Remembered(), SUFFIXES, check)


def test_many_silent_places_cost_few_threads_and_little_time(monkeypatch):
    monkeypatch.setattr(asking, "_NEXT_ANSWER_S", 0.2)
    answer, before = threading.Event(), threading.active_count()
    with asking.Asking(lambda: None) as asked:
        for _ in range(50):
            with pytest.raises(asking.NoAnswer):
                asked.ask(b"/", answer.wait)
        assert threading.active_count() - before == asking._MOST_SILENT
    answer.set()


def test_a_slow_folder_that_goes_on_is_waited_for():
    steps = []

    def slow():
        for _ in range(8):
            threading.Event().wait(0.3)
            steps.append(1)
        return "done"

    with asking.Asking(lambda: None) as asked:
        assert asked.ask(b"/", slow, lambda: len(steps)) == "done"
