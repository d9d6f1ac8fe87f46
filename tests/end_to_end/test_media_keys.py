"""The player on a session bus of its own, as a desktop uses it; and the keyboard's media keys."""

import gc
import os
import shutil
import subprocess
import sys
import time

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt

from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening

PLAYER = "org.mpris.MediaPlayer2.Player"
ANSWER_S = 30.0
LENGTH_S = 20


def write_library(tmp_path):
    """Three long tones in a catalogue, without their analysis."""
    folder, catalogue = tmp_path / "music", tmp_path / "catalogue.sqlite"
    folder.mkdir()
    for name in ("a <b> & c", "b", "c"):
        soundfile.write(folder / f"{name}.wav", np.full(LENGTH_S * 8000 + ord(name[0]), 0.1, np.float32), 8000)
    with Catalogue(catalogue) as opened:
        opened.folders.add(folder)
        opened.files.add(scan(folder, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
    return catalogue


class Desktop:
    """A session bus, with the app and gdbus on it."""

    def __init__(self, address, tmp_path):
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        ready = tmp_path / "ready"
        words = ["--catalogue", str(write_library(tmp_path)), "--read-only", "--ready-file", str(ready)]
        self.app = subprocess.Popen([sys.executable, "-m", "bgm_finder", *words], env=self.environment)
        self.until(ready.exists)
        self.until(lambda: "bgm_finder" in self.names())

    def names(self):
        return self.gdbus("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames")

    def gdbus(self, service, place, method, *arguments):
        words = ["gdbus", "call", "--session", "-d", service, "-o", place, "-m", method, *arguments]
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=ANSWER_S)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call(self, method, *arguments):
        return self.gdbus("org.mpris.MediaPlayer2.bgm_finder", "/org/mpris/MediaPlayer2", method, *arguments)

    def get(self, name, interface=PLAYER):
        return self.call("org.freedesktop.DBus.Properties.Get", interface, name)

    def watch(self):
        words = ["gdbus", "monitor", "--session", "-d", "org.mpris.MediaPlayer2.bgm_finder"]
        return subprocess.Popen(words, env=self.environment, stdout=subprocess.PIPE, text=True)

    def until(self, claim):
        deadline = time.monotonic() + ANSWER_S
        while not claim():
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture
def desktop(tmp_path):
    for program in ("dbus-daemon", "gdbus"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    started = None
    try:
        started = Desktop(daemon.stdout.readline().strip(), tmp_path)
        yield started
    finally:
        if started is not None:
            started.app.terminate()
            started.app.wait()
        daemon.kill()
        daemon.communicate()


def test_a_desktop_plays_seeks_and_walks(desktop):
    assert "BGM Finder" in desktop.get("Identity", "org.mpris.MediaPlayer2")
    assert "Stopped" in desktop.get("PlaybackStatus")
    monitor = desktop.watch()
    desktop.until(lambda: "true" in desktop.get("CanGoNext"))
    desktop.call(f"{PLAYER}.Next")
    desktop.until(lambda: "Playing" in desktop.get("PlaybackStatus"))
    desktop.until(lambda: "mpris:length" in desktop.get("Metadata"))
    assert "'a <b> & c'" in desktop.get("Metadata")
    desktop.call(f"{PLAYER}.PlayPause")
    desktop.until(lambda: "Paused" in desktop.get("PlaybackStatus"))
    track = desktop.get("Metadata").split("objectpath '")[1].split("'")[0]
    desktop.call(f"{PLAYER}.SetPosition", f"objectpath '{track}'", "12000000")
    desktop.until(lambda: "int64 12000000" in desktop.get("Position"))
    desktop.call(f"{PLAYER}.SetPosition", "objectpath '/another'", "1000000")
    desktop.call(f"{PLAYER}.SetPosition", f"objectpath '{track}'", "99000000")
    desktop.call(f"{PLAYER}.Seek", "--", "-2000000")
    desktop.until(lambda: "int64 10000000" in desktop.get("Position"))
    desktop.call("org.freedesktop.DBus.Properties.Set", PLAYER, "Volume", "<0.25>")
    desktop.until(lambda: "0.25" in desktop.get("Volume"))
    assert "true" in desktop.get("CanGoNext") and "false" in desktop.get("CanGoPrevious")
    desktop.call(f"{PLAYER}.Next")
    desktop.until(lambda: "'b'" in desktop.get("Metadata"))
    desktop.call(f"{PLAYER}.Seek", "99000000")  # past the end
    desktop.until(lambda: "'c'" in desktop.get("Metadata"))
    desktop.call(f"{PLAYER}.Previous")
    desktop.until(lambda: "'b'" in desktop.get("Metadata"))
    desktop.call(f"{PLAYER}.Stop")
    desktop.until(lambda: "Stopped" in desktop.get("PlaybackStatus"))
    desktop.call("org.mpris.MediaPlayer2.Quit")
    assert desktop.app.wait(ANSWER_S) == 0
    monitor.terminate()
    told = monitor.communicate()[0]
    assert "Seeked (int64 12000000" in told
    assert f"PropertiesChanged ('{PLAYER}', {{" in told and "@as []" in told and "<'Playing'>" in told


@pytest.fixture
def app(qtbot, qapp, tmp_path):
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(write_library(tmp_path), settings, read_only=True))
    app.begin([])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 3, timeout=20_000)
    app.window.activateWindow()
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.processEvents()
    gc.collect()


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)  # the test library knows no text for these keys
def test_media_keys_act_wherever_the_focus_is(qtbot, app):
    box = app.window.search_box
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, Qt.Key.Key_MediaNext)
    qtbot.waitUntil(lambda: app.player.is_playing)
    first = app.playback.sounding
    qtbot.keyClick(box, Qt.Key.Key_MediaTogglePlayPause)
    qtbot.waitUntil(lambda: not app.player.is_playing)
    qtbot.keyClick(box, Qt.Key.Key_MediaPlay)
    qtbot.waitUntil(lambda: app.player.is_playing)
    qtbot.keyClick(box, Qt.Key.Key_MediaNext)
    qtbot.waitUntil(lambda: app.playback.sounding != first)
    qtbot.keyClick(box, Qt.Key.Key_MediaPrevious)
    qtbot.waitUntil(lambda: app.playback.sounding == first)
    qtbot.keyClick(box, Qt.Key.Key_MediaStop)
    qtbot.waitUntil(lambda: not app.player.is_playing and app.player.position_s == 0)
