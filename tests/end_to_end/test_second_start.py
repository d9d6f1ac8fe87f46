"""A second start on the same catalogue: one window, which comes forward and takes the folders."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import platformdirs
import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.cli import main
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


def second_beside(qtbot, *words, catalogue, **options):
    """Start the app again while the window of this process answers; return the exit code and what was complained of."""
    with subprocess.Popen(command(*words, catalogue=catalogue), stderr=subprocess.PIPE, text=True, **options) as start:
        qtbot.waitUntil(lambda: start.poll() is not None, timeout=1000 * SECOND_S)
        return start.returncode, start.stderr.read()


def folders(catalogue):
    with Catalogue(catalogue) as opened:
        return opened.folders.all()


@pytest.fixture
def catalogue(tmp_path):
    return tmp_path / "own.sqlite"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("first")


@pytest.fixture(scope="module")
def running(home):
    """A function that returns the process of a window, a new one where the last was ended; each start takes 4 s."""
    processes = []

    def start():
        if not processes or processes[-1].poll() is not None:
            ready = home / f"ready{len(processes)}"
            processes.append(windows.enter_context(window(catalogue=home / "own.sqlite", ready=ready)))
        return processes[-1]

    with ExitStack() as windows:
        yield start


@pytest.fixture
def first(running):
    """The process of a window on a catalogue without folders."""
    return running()


def test_folders_go_to_the_open_window(qtbot, open_app, tmp_path, catalogue):
    names = ["one", "雨 two", os.fsdecode(b"three\xff")]
    for name in names:
        (tmp_path / name).mkdir()
    open_app()
    assert second_beside(qtbot, *(tmp_path / name for name in names), catalogue=catalogue) == (0, "")
    wanted = sorted(tmp_path / name for name in names)
    qtbot.waitUntil(lambda: sorted(folders(catalogue)) == wanted, timeout=30_000)


def test_a_relative_folder_is_that_of_the_second_start(qtbot, open_app, tmp_path, catalogue):
    (tmp_path / "elsewhere" / "music").mkdir(parents=True)
    open_app()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    code, _ = second_beside(qtbot, "music", catalogue=catalogue, cwd=tmp_path / "elsewhere", env=environment)
    assert code == 0
    qtbot.waitUntil(lambda: folders(catalogue) == [tmp_path / "elsewhere" / "music"], timeout=30_000)


def test_the_open_window_comes_forward_by_whatever_way_its_catalogue_is_named(qtbot, open_app, tmp_path, catalogue):
    app = open_app()
    (tmp_path / "link").symlink_to(tmp_path)
    for named in (catalogue, tmp_path / "link" / "own.sqlite"):
        app.window.showMinimized()
        qtbot.waitUntil(app.window.isMinimized)
        assert second_beside(qtbot, catalogue=named) == (0, "")
        qtbot.waitUntil(lambda: not app.window.isMinimized() and app.window.isActiveWindow(), timeout=30_000)


def test_another_catalogue_has_a_window_of_its_own(tmp_path, first):
    with window(catalogue=tmp_path / "other.sqlite", ready=tmp_path / "other") as other:
        assert (tmp_path / "other").read_text() == str(other.pid) != str(first.pid)
        assert first.poll() is None


def test_a_window_that_hangs_is_not_waited_for(tmp_path, home, first):
    (tmp_path / "music").mkdir()
    catalogue = home / "own.sqlite"
    first.send_signal(signal.SIGSTOP)
    try:
        with window(tmp_path / "music", catalogue=catalogue, ready=tmp_path / "second") as beside:
            first.send_signal(signal.SIGCONT)
            assert (tmp_path / "second").read_text() == str(beside.pid)
            beside.terminate()
            assert "does not answer" in beside.stderr.read()
    finally:
        first.send_signal(signal.SIGCONT)
    assert second(catalogue=catalogue).returncode == 0  # it answers again
    assert folders(catalogue) == []  # what was given up is not done later


def test_a_second_window_is_opened_where_it_is_asked_for(tmp_path, home, first, capsys):
    with window("--read-only", catalogue=home / "own.sqlite", ready=tmp_path / "second") as beside:
        assert (tmp_path / "second").read_text() == str(beside.pid) != str(first.pid)
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "--read-only" in capsys.readouterr().out


def test_a_killed_window_leaves_nothing_in_the_way(tmp_path, home, first):
    catalogue = home / "own.sqlite"
    first.kill()
    first.wait()
    with window(catalogue=catalogue, ready=tmp_path / "again") as again:
        assert (tmp_path / "again").read_text() == str(again.pid)
        assert second(catalogue=catalogue).returncode == 0


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="takes root to make another user's folder")
def test_a_folder_of_another_user_is_not_trusted(tmp_path, catalogue, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = Path(platformdirs.user_runtime_dir("bgm-finder", appauthor=False))
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    assert request_window(catalogue, [tmp_path], may_wait=False) is None
