"""What is dropped on the window is sorted off the GUI thread, and none of it is lost."""

import pytest

from bgm_finder.controllers.dropped_files import DroppedFiles


@pytest.fixture
def dropped(qtbot):
    made = DroppedFiles()
    yield made
    made.close()


def test_a_drop_that_follows_at_once_takes_nothing_away_from_the_one_before(dropped, qtbot, tmp_path):
    folders, files = [], []
    dropped.folders.connect(folders.extend)
    dropped.files.connect(files.extend)
    (tmp_path / "music").mkdir()
    dropped.take([tmp_path / "music"])
    dropped.take([tmp_path / "cut.wav"])
    qtbot.waitUntil(lambda: bool(files))
    assert (folders, files) == ([tmp_path / "music"], [tmp_path / "cut.wav"])


def test_a_text_that_names_no_file_is_told(dropped, qtbot):
    told = []
    dropped.nothing.connect(lambda: told.append(True))
    dropped.take_text("no path at all\nbut two lines")
    qtbot.waitUntil(lambda: bool(told))
