"""What a window kept of its settings when it is killed: real processes, real keys, real signals."""

import signal
import subprocess
import sys
import time

import pytest

from bgm_finder.gui.track_table import TrackTable
from bgm_finder.jobs.job import Job
from bgm_finder.json_object import read_object
from bgm_finder.workflows.briefs import load_brief

PATIENCE_S = 60.0
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")

WINDOW = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog
from bgm_finder.app import App
from bgm_finder.cli import main

catalogue, said, change, *read_only = sys.argv[1:]

def begin_and_change(app, folders, begin=App.begin):
    begin(app, folders)
    QTimer.singleShot(0, lambda: exec(change, globals() | {"app": app, "window": app.window}))

App.begin = begin_and_change
main([*read_only, "--lang", "en", "--catalogue", catalogue])
"""
"""A window that does something once it is shown; `said` is a file that it writes to say that it did."""


@pytest.fixture
def start(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    started = []

    def start(change, read_only=True):
        said = tmp_path / f"said{len(started)}"
        words = [
            sys.executable,
            "-c",
            WINDOW,
            str(tmp_path / "own.sqlite"),
            str(said),
            change,
            *(["--read-only"] if read_only else []),
        ]
        started.append(subprocess.Popen(words))
        until(said.exists)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def kept(tmp_path):
    file = tmp_path / "XDG_CONFIG_HOME" / "bgm-finder" / "settings.json"
    return lambda: read_object(file)


def until(claim):
    deadline = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.02)


WIDEN = """
window.commands["auto_play"].trigger()
window.table.horizontalHeader().resizeSection(0, 321)
open(said, "w").close()
"""
SOFTER_UNDER_A_DIALOG = """
window.commands["volume_down"].trigger()
QTimer.singleShot(0, lambda: open(said, "w").close())
QDialog(window).exec()
"""


TYPES = """
def type_words(_view):
    window.search_box.setText("rain")
    window.search_box.textEdited.emit("rain")

app.library.view_changed.connect(type_words, Qt.ConnectionType.SingleShotConnection)
app.library.view_changed.connect(lambda view: view.wanted.text and open(said, "w").close())
"""
"""Types once the brief is shown, which comes with its own words."""


def test_a_brief_outlives_a_signal_that_comes_right_after_a_change(start, tmp_path):
    asked = start(TYPES, read_only=False)
    asked.send_signal(signal.SIGTERM)
    assert asked.wait(PATIENCE_S) == 0
    assert load_brief(Job(), tmp_path / "own.sqlite").content.filter.text == "rain"


def test_a_brief_outlives_a_kill_a_second_after_a_change(start, tmp_path):
    killed = start(TYPES, read_only=False)
    until(lambda: load_brief(Job(), tmp_path / "own.sqlite").content.filter.text == "rain")
    killed.kill()
    killed.wait()
    assert load_brief(Job(), tmp_path / "own.sqlite").content.filter.text == "rain"


def test_of_two_windows_that_are_killed_each_keeps_what_was_changed_in_it(start, kept, qtbot):
    killed, asked = start(WIDEN), start(SOFTER_UNDER_A_DIALOG)
    until(lambda: "columns" in kept().get("window", {}))
    killed.kill()
    asked.send_signal(signal.SIGTERM)  # at once, not waiting for the save, while a dialog is open
    assert asked.wait(timeout=PATIENCE_S) == 0
    assert (kept()["auto_play"], kept()["volume"]) == (False, 0.75)
    again = TrackTable()
    qtbot.addWidget(again)
    again.column_layout.restore(kept()["window"]["columns"])
    assert again.columnWidth(0) == 321
