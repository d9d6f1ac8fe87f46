"""A folder that never says what it holds, or what it is, as on a vanished share, meets the real window and commands."""

import gc
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from dropping import drop
from music import write_tracks
from PySide6.QtGui import QGuiApplication
from test_silent_file import Watch

from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives import waiting
from bgm_finder.drives.drives import Drives
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening
from tests.reliability.living_files import silent_folder

PROGRAM = """
import signal
import sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background has Ctrl+C ignored, and hands that on
from bgm_finder.drives import waiting
from bgm_finder.cli.command_line import main

waiting.ANSWER_S = float(sys.argv.pop(1))
sys.exit(main())
"""
ANSWER_MS = 60_000
CLOSING_S = 5.0
WAITING = "does not respond: its drive or network share may be asleep or disconnected"


@pytest.fixture(params=["list", "look"])
def share(request, tmp_path):
    """A folder of a library that was there and is silent now; beside it lies one with a new track."""
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    share, disk = tmp_path / "share", tmp_path / "disk"
    for folder in (share, disk):
        write_tracks(folder, 1, seconds=2.0, formats=("wav",))
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        for folder in (share, disk):
            opened.folders.add(folder)
            opened.files.add(scan(folder, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
    write_tracks(disk, 2, seconds=2.0, formats=("wav",))
    with silent_folder(share, request.param) as files:
        if not files:
            pytest.skip("no file system can be mounted here (it takes root)")
        yield share


@pytest.fixture
def app(qtbot, qapp, share, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 3.0)
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings))
    app.begin([])
    qtbot.waitUntil(lambda: app.library.view is not None, timeout=ANSWER_MS)
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.processEvents()
    gc.collect()


def close(app):
    began_s = time.monotonic()
    app.window.close()
    assert time.monotonic() - began_s < CLOSING_S


def analysed(app):
    """Return the names of the tracks that can be searched for."""
    columns = app.library.columns
    return sorted(path for path, has in zip(columns.paths, columns.states & ANALYSED, strict=True) if has)


def test_the_library_opens_the_other_folder_is_analysed_and_the_silent_one_is_named(qtbot, app, share):
    watch = Watch(app.window)
    qtbot.waitUntil(lambda: f"share: {WAITING}" in app.window.status.text, timeout=ANSWER_MS)
    qtbot.waitUntil(lambda: len(analysed(app)) == 2, timeout=ANSWER_MS)
    assert all(path.startswith(f"{share.parent}/disk/") for path in analysed(app))
    assert len(app.library.columns) == 3 and not (app.library.columns.states & MISSING).any()

    app.window.status.clear()
    drop(app, share)
    qtbot.waitUntil(lambda: f"share: {WAITING}" in app.window.status.text, timeout=ANSWER_MS)
    QGuiApplication.clipboard().setText(str(share / "placeholder.wav"))
    app.window.status.clear()
    app.window.commands["paste_reference"].trigger()
    drop(app, share.parent / "disk" / "track00.wav")  # the next search does not wait for it
    qtbot.waitUntil(lambda: app.search.ranking is not None, timeout=ANSWER_MS)
    assert watch.longest_s < CLOSING_S
    close(app)


def test_a_wait_can_be_stopped_and_forgotten(qtbot, app, share):
    qtbot.waitUntil(lambda: app.library.scanning.is_busy, timeout=ANSWER_MS)
    app.window.status.progress.stop_requested.emit()
    qtbot.waitUntil(lambda: not app.library.scanning.is_busy, timeout=2_000)
    app.library.scanning.rescan()
    app.library.scanning.forget(share)
    qtbot.waitUntil(lambda: len(app.library.columns) == 1, timeout=10_000)
    close(app)


def test_the_window_closes_while_a_look_waits(qtbot, app, share):
    qtbot.waitUntil(lambda: app.library.scanning.is_busy, timeout=ANSWER_MS)
    drop(app, share)
    close(app)


@contextmanager
def command(*words, catalogue, patience_s=3.0):
    words = (patience_s, *words, "--catalogue", catalogue)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()
        for pipe in (program.stdout, program.stderr):
            pipe.close()


def test_a_command_names_the_silent_folder_and_analyses_the_other(share, tmp_path):
    with command("index", share, tmp_path / "disk", catalogue=tmp_path / "catalogue.sqlite") as program:
        said, complaints = program.communicate(timeout=60)
    assert f"{share} {WAITING}." in complaints
    assert "1 added" in said
    assert program.returncode == 0


@pytest.mark.parametrize("words", [["index"], []], ids=["index", "window"])
def test_ctrl_c_ends_a_command_that_waits(share, tmp_path, words):
    with command(*words, share, catalogue=tmp_path / "catalogue.sqlite", patience_s=60.0) as program:
        complaints = interrupted(program)
    assert program.returncode == (130 if complaints else 0)


def interrupted(program):
    """Presses Ctrl+C while the program waits for an answer; return what it says of that."""
    threads = Path(f"/proc/{program.pid}/task")
    deadline = time.monotonic() + 30
    while not any(thread.read_text().strip() for thread in threads.glob("*/children")):  # whom it sent to ask
        assert time.monotonic() < deadline, "it does not ask"
        time.sleep(0.05)
    program.send_signal(signal.SIGINT)
    _, complaints = program.communicate(timeout=CLOSING_S)
    assert "Traceback" not in complaints
    return complaints
