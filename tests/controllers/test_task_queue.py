"""Work that ends in a report."""

import os
import threading
import time

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.workflows.import_tags import import_tags


@pytest.fixture
def tasks(qtbot):
    controller = TaskQueue()
    yield controller
    controller.close()


def test_work_is_over_before_its_dialog_opens(qtbot, tasks):
    seen, loop = [], QEventLoop()

    def open_dialog(outcome):
        tasks.run(lambda job: "second").then(lambda other: (seen.append(other), loop.quit()))
        seen.append(outcome)
        loop.exec()

    tasks.run(lambda job: "first").then(open_dialog)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["first", "second"]


def test_what_takes_long_says_so_and_says_when_it_is_over(qtbot, tasks):
    go_on, told = threading.Event(), []
    tasks.took_long.connect(told.append)
    tasks.run(lambda job: go_on.wait(10)).then(lambda _: told.append("done"))
    qtbot.waitUntil(lambda: told == [True])
    go_on.set()
    qtbot.waitUntil(lambda: told == [True, False, "done"])


def test_what_is_quick_says_nothing_however_long_its_dialog_stays_open(qtbot, tasks):
    told, loop = [], QEventLoop()
    tasks.took_long.connect(told.append)

    def open_dialog(_outcome):
        QTimer.singleShot(500, loop.quit)
        loop.exec()
        told.append("done")

    tasks.run(lambda job: None).then(open_dialog)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["done"]


CLOSING_S = 5.0
"""What closing may take, though a list never answers."""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_closing_gives_up_a_tag_list_that_never_answers_and_finishes_the_rest(qtbot, tasks, tmp_path):
    silent, done = tmp_path / "silent.csv", []
    os.mkfifo(silent)
    tasks.run(import_tags, tmp_path / "catalogue.sqlite", silent).then(done.append)
    tasks.run(lambda job: done.append("finished")).then(done.append)
    began_s = time.monotonic()
    tasks.close()
    waited_s = time.monotonic() - began_s
    os.close(os.open(silent, os.O_RDWR))  # lets the thread end that was left behind
    assert waited_s < CLOSING_S
    assert done == ["finished"]
