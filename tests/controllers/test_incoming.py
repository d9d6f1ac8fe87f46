"""What is dropped on the window is sorted off the GUI thread, and none of it is lost."""

import pytest

from bgm_finder.controllers.incoming import Incoming


@pytest.fixture
def incoming(qtbot):
    made = Incoming()
    yield made
    made.close()


def test_a_drop_that_follows_at_once_takes_nothing_away_from_the_one_before(incoming, qtbot, tmp_path):
    folders, files = [], []
    incoming.folders.connect(folders.extend)
    incoming.files.connect(files.extend)
    (tmp_path / "music").mkdir()
    incoming.take([tmp_path / "music"])
    incoming.take([tmp_path / "cut.wav"])
    qtbot.waitUntil(lambda: bool(files))
    assert (folders, files) == ([tmp_path / "music"], [tmp_path / "cut.wav"])


def test_a_text_that_names_no_file_is_told(incoming, qtbot):
    told = []
    incoming.nothing.connect(lambda: told.append(True))
    incoming.take_text("no path at all\nbut two lines")
    qtbot.waitUntil(lambda: bool(told))
