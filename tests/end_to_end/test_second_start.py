"""A second start on the same catalogue: one window, which comes forward and takes the folders."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.controllers.window_requests import request_window

START_S = 60.0
SECOND_S = 30
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def command(*words, catalogue):
    return [sys.executable, "-m", "bgm_finder", *map(str, words), "--catalogue", str(catalogue)]


@contextmanager
def window(*words, catalogue, ready):
    """Start a window and return its process once it can be used."""
    words = command(*words, "--ready-file", ready, catalogue=catalogue)
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: ready.exists() and ready.read_text())
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.communicate()


def until(claim):
    deadline = time.monotonic() + START_S
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def second(*words, catalogue):
    return subprocess.run(command(*words, catalogue=catalogue), capture_output=True, text=True, timeout=SECOND_S)


def folders(catalogue):
    with Catalogue(catalogue) as opened:
        return opened.folders.all()


@pytest.fixture
def catalogue(tmp_path):
    return tmp_path / "own.sqlite"


def test_folders_go_to_the_open_window(tmp_path, catalogue):
    names = ["one", "雨 two", os.fsdecode(b"three\xff")]
    for name in names:
        (tmp_path / name).mkdir()
    with window(catalogue=catalogue, ready=tmp_path / "ready"):
        done = second(*(tmp_path / name for name in names), catalogue=catalogue)
        assert (done.returncode, done.stderr) == (0, "")
        until(lambda: sorted(folders(catalogue)) == sorted(tmp_path / name for name in names))


def test_a_relative_folder_is_that_of_the_second_start(tmp_path, catalogue):
    (tmp_path / "elsewhere" / "music").mkdir(parents=True)
    with window(catalogue=catalogue, ready=tmp_path / "ready"):
        words = command("music", catalogue=catalogue)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        subprocess.run(words, cwd=tmp_path / "elsewhere", env=environment, check=True, timeout=SECOND_S)
        until(lambda: folders(catalogue) == [tmp_path / "elsewhere" / "music"])


def test_the_open_window_comes_forward(qtbot, open_app, catalogue):
    app = open_app()
    app.window.showMinimized()
    qtbot.waitUntil(app.window.isMinimized)
    with subprocess.Popen(command(catalogue=catalogue)) as start:
        qtbot.waitUntil(lambda: not app.window.isMinimized() and app.window.isActiveWindow(), timeout=30_000)
        qtbot.waitUntil(lambda: start.poll() == 0, timeout=30_000)


def test_a_catalogue_by_another_way_is_the_same(tmp_path, catalogue):
    (tmp_path / "link").symlink_to(tmp_path)
    with window(catalogue=catalogue, ready=tmp_path / "ready"):
        assert second(catalogue=tmp_path / "link" / "own.sqlite").returncode == 0


def test_another_catalogue_has_a_window_of_its_own(tmp_path, catalogue):
    with (
        window(catalogue=catalogue, ready=tmp_path / "ready") as first,
        window(catalogue=tmp_path / "other.sqlite", ready=tmp_path / "other") as other,
    ):
        assert (tmp_path / "other").read_text() == str(other.pid) != str(first.pid)


def test_a_window_that_hangs_is_not_waited_for(tmp_path, catalogue):
    (tmp_path / "music").mkdir()
    with window(catalogue=catalogue, ready=tmp_path / "ready") as first:
        first.send_signal(signal.SIGSTOP)
        with window(tmp_path / "music", catalogue=catalogue, ready=tmp_path / "second") as beside:
            first.send_signal(signal.SIGCONT)
            assert (tmp_path / "second").read_text() == str(beside.pid)
            beside.terminate()
            assert "does not answer" in beside.stderr.read()
        assert second(catalogue=catalogue).returncode == 0  # it answers again
        assert folders(catalogue) == []  # what was given up is not done later


def test_a_killed_window_leaves_nothing_in_the_way(tmp_path, catalogue):
    with window(catalogue=catalogue, ready=tmp_path / "ready") as first:
        first.kill()
        first.wait()
    with window(catalogue=catalogue, ready=tmp_path / "again") as again:
        assert (tmp_path / "again").read_text() == str(again.pid)
        assert second(catalogue=catalogue).returncode == 0


def test_a_second_window_is_opened_where_it_is_asked_for(tmp_path, catalogue):
    with (
        window(catalogue=catalogue, ready=tmp_path / "ready"),
        window("--read-only", catalogue=catalogue, ready=tmp_path / "second") as beside,
    ):
        assert (tmp_path / "second").read_text() == str(beside.pid)
    assert (
        "--read-only"
        in subprocess.run(
            [sys.executable, "-m", "bgm_finder", "--help"], capture_output=True, text=True, check=True
        ).stdout
    )


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="takes root to make another user's folder")
def test_a_folder_of_another_user_is_not_trusted(tmp_path, catalogue, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = Path(platformdirs.user_runtime_dir("bgm-finder", appauthor=False))
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    assert request_window(catalogue, [tmp_path], may_wait=False) is None
