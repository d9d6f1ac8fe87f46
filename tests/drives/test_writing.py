"""A file is written whole or not at all, also where its drive falls silent or nobody waits for it any more."""

import os
import threading

import pytest

from bgm_finder.drives import waiting
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import Cancelled, NoAnswer
from bgm_finder.drives.writing import write_file


def test_a_file_of_several_pieces_is_written_whole(tmp_path):
    content = os.urandom(2_500_000)
    write_file(Drives(lambda: False), tmp_path / "out", content)
    assert (tmp_path / "out").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_that_was_told_as_not_written_is_not_written_later(tmp_path, monkeypatch):
    answer, silent = threading.Event(), []

    def fall_silent(_handle):
        silent.append(threading.current_thread())
        answer.wait()

    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    monkeypatch.setattr(os, "fsync", fall_silent)
    with pytest.raises(NoAnswer) as met:
        write_file(Drives(lambda: False), tmp_path / "out", b"list")
    assert met.value.filename == str(tmp_path / "out")
    answer.set()
    silent[0].join()
    assert not list(tmp_path.iterdir())


def test_a_file_whose_writing_was_cancelled_is_not_written_later(tmp_path, monkeypatch):
    answer, silent = threading.Event(), []

    def fall_silent(_handle):
        silent.append(threading.current_thread())
        answer.wait()

    monkeypatch.setattr(os, "fsync", fall_silent)
    with pytest.raises(Cancelled):
        write_file(Drives(lambda: bool(silent)), tmp_path / "out", b"list")
    answer.set()
    silent[0].join()
    assert not list(tmp_path.iterdir())
