"""What the user changes by hand, and its way back."""

import sqlite3

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.controllers.edits import Edits


@pytest.fixture
def edits(qtbot, catalogue):
    controller = Edits(catalogue)
    yield controller
    controller.close()


def marks(catalogue):
    with Catalogue(catalogue) as opened:
        return opened.columns().marks.tolist()


def ids(catalogue):
    with Catalogue(catalogue) as opened:
        return opened.columns().ids.tolist()


def settle(qtbot, edits):
    qtbot.waitUntil(lambda: not edits._lane.is_busy and not edits._requested)


def test_undo_at_once_takes_back_the_edit_just_asked_for(qtbot, edits, catalogue):
    first, second = ids(catalogue)[:2]
    edits.mark([first], "keep")
    settle(qtbot, edits)
    edits.mark([second], "reject")
    edits.undo()
    settle(qtbot, edits)
    assert marks(catalogue)[:2] == [1, 0]
    edits.redo()
    settle(qtbot, edits)
    assert marks(catalogue)[:2] == [1, -1]


def test_the_first_edit_can_be_undone_while_it_is_written(qtbot, edits, catalogue):
    edits.mark(ids(catalogue), "keep")
    assert edits.can_undo
    edits.undo()
    edits.mark(ids(catalogue)[:1], "reject")
    settle(qtbot, edits)
    assert marks(catalogue) == [-1, 0, 0, 0]


def test_an_undo_that_fails_can_be_tried_again(qtbot, edits, catalogue):
    edits.mark(ids(catalogue), "keep")
    settle(qtbot, edits)
    whole = catalogue.read_bytes()
    for path in catalogue.parent.glob("catalogue.sqlite*"):
        path.unlink()
    catalogue.write_bytes(b"not a catalogue" * 100)
    with qtbot.waitSignal(edits.failed):
        edits.undo()
    settle(qtbot, edits)
    assert edits.can_undo
    assert not edits.can_redo
    catalogue.write_bytes(whole)
    with sqlite3.connect(catalogue) as connection:
        assert connection.execute("SELECT count(*) FROM tracks WHERE mark = 1").fetchone() == (4,)
    connection.close()
    edits.undo()
    settle(qtbot, edits)
    assert marks(catalogue) == [0, 0, 0, 0]
