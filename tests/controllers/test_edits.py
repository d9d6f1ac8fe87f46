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


def test_undo_at_once_takes_back_the_edit_just_asked_for(qtbot, edits, catalogue):
    first, second = ids(catalogue)[:2]
    with qtbot.waitSignal(edits.changed):
        edits.mark([first], "keep")
    with qtbot.waitSignal(edits.undone):
        edits.mark([second], "reject")
        edits.undo()
    assert marks(catalogue)[:2] == [1, 0]
    with qtbot.waitSignal(edits.redone):
        edits.redo()
    assert marks(catalogue)[:2] == [1, -1]


def test_the_first_edit_can_be_undone_while_it_is_written(qtbot, edits, catalogue):
    with qtbot.waitSignals([edits.changed] * 3):
        edits.mark(ids(catalogue), "keep")
        assert edits.can_undo
        edits.undo()
        edits.mark(ids(catalogue)[:1], "reject")
    assert marks(catalogue) == [-1, 0, 0, 0]


def test_an_undo_that_fails_can_be_tried_again(qtbot, edits, catalogue):
    with qtbot.waitSignal(edits.changed):
        edits.mark(ids(catalogue), "keep")
    whole = catalogue.read_bytes()
    for path in catalogue.parent.glob("catalogue.sqlite*"):
        path.unlink()
    catalogue.write_bytes(b"not a catalogue" * 100)
    with qtbot.waitSignal(edits.failed):
        edits.undo()
    assert edits.can_undo
    assert not edits.can_redo
    catalogue.write_bytes(whole)
    with sqlite3.connect(catalogue) as connection:
        assert connection.execute("SELECT count(*) FROM brief_tracks WHERE mark = 1").fetchone() == (4,)
    connection.close()
    with qtbot.waitSignal(edits.undone):
        edits.undo()
    assert marks(catalogue) == [0, 0, 0, 0]
