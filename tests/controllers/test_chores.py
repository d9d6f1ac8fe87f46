"""Work that ends in a report."""

import threading

import pytest
from PySide6.QtCore import QEventLoop

from bgm_finder.controllers.chores import Chores


@pytest.fixture
def chores(qtbot):
    controller = Chores()
    yield controller
    controller.close()


def test_work_is_over_before_its_dialog_opens(qtbot, chores):
    told, seen = [], []
    chores._lane.busy_changed.connect(told.append)
    loop = QEventLoop()

    def open_dialog(outcome):
        chores.run(lambda job: "second", on_done=lambda other: (seen.append(other), loop.quit()))
        seen.append(outcome)
        loop.exec()

    chores.run(lambda job: "first", on_done=open_dialog)
    qtbot.waitUntil(lambda: len(seen) == 2)
    qtbot.waitUntil(lambda: not chores._lane.is_busy)
    assert seen == ["first", "second"]
    assert told == [True, False, True, False]


def test_what_takes_long_says_so_and_says_when_it_is_over(qtbot, chores):
    go_on, told = threading.Event(), []
    chores.took_long.connect(told.append)
    chores.run(lambda job: go_on.wait(10), on_done=lambda _: told.append("done"))
    qtbot.waitUntil(lambda: told == [True])
    go_on.set()
    qtbot.waitUntil(lambda: told == [True, False, "done"])


def test_what_is_quick_says_nothing(qtbot, chores):
    told = []
    chores.took_long.connect(told.append)
    chores.run(lambda job: None, on_done=lambda _: told.append("done"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["done"]
