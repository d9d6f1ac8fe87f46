"""A file that never answers a read, as on a vanished share or behind a cloud's placeholder, meets the real window."""

import gc
import shutil
import sys
import threading
import time

import pytest
from dropping import drop
from music import write_tracks
from PySide6.QtCore import QObject, QTimer
from seen import levels

from bgm_finder.app import App
from bgm_finder.audio.playing.player import Player
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.jobs import workers
from bgm_finder.reasons import Reason
from bgm_finder.settings import Settings
from bgm_finder.track import Section
from bgm_finder.workflows import cut_section, find_similar, kept_vectors
from bgm_finder.workflows.open_library import Opening
from tests.reliability.living_files import silent_folder

ANSWER_MS = 20_000
CLOSING_S = 5.0
"""What closing may take, though a thread waits for a file for ever."""


@pytest.fixture
def silent(tmp_path):
    """A silent file between two tracks, in a folder."""
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    folder = tmp_path / "music"
    with silent_folder(folder / "share") as files:
        if not files:
            pytest.skip("no file system can be mounted here (it takes root)")
        write_tracks(folder, 2, seconds=4.0, formats=("wav",))
        yield files[0]


def test_the_player_goes_on_to_the_next_track(silent):
    player = Player()
    first, second = (silent.parent.parent / f"track0{number}.wav" for number in (0, 1))
    try:
        for _ in range(3):
            player.load(silent)
            player.prefetch([silent, second])
            player.load(first)
            began_s = time.monotonic()
            _until(lambda: player.position_s > 0.1)
            assert time.monotonic() - began_s < CLOSING_S
        player.load(silent)
        _until(lambda: player.error is not None)
        assert player.error.reason == Reason.NO_ANSWER
    finally:
        began_s = time.monotonic()
        player.close()
    assert time.monotonic() - began_s < CLOSING_S


def test_the_next_beginning_is_decoded_while_a_file_does_not_answer(silent):
    prefetch, second = Prefetch(), silent.parent.parent / "track01.wav"
    prefetch.use_rate(44_100)
    try:
        prefetch.want([silent, second])
        time.sleep(1.1)  # nobody waits longer for a file
        prefetch.want([silent, second])  # the thread that waits for the silent one is left
        _until(lambda: prefetch.get(second) is not None)
        assert sum(thread.name == "audio prefetch" for thread in threading.enumerate()) == 2
    finally:
        prefetch.close()


def _until(claim):
    deadline = time.monotonic() + ANSWER_MS / 1000
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def app(qtbot, qapp, silent, tmp_path, monkeypatch):
    """The window on a library with a silent file, whose analysis waits for it."""
    monkeypatch.setattr(workers, "ENDING_S", 0.5)
    for module in (kept_vectors, find_similar, cut_section):
        monkeypatch.setattr(module, "ANSWER_S", 2.0)
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(tmp_path / "catalogue.sqlite", settings))
    app.begin([silent.parent.parent])
    qtbot.waitUntil(lambda: app.library.view is not None and len(app.library.view.rows) == 3, timeout=ANSWER_MS)
    app.window.table.setFocus()
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.clipboard().clear()  # Qt would end what was copied after Python has gone, and crash on it
    qapp.processEvents()
    gc.collect()


def select(app, path):
    table = app.window.table
    place = next(at for at in range(table.tracks.rowCount()) if table.tracks.paths_at([at]) == [path])
    table.setCurrentIndex(table.tracks.index(place, 1))


def test_the_window_lives_on(qtbot, app, silent):
    watch = Watch(app.window)
    other = silent.parent.parent / "track01.wav"
    select(app, silent)
    qtbot.waitUntil(lambda: "placeholder.wav: does not respond" in app.window.status.text, timeout=ANSWER_MS)
    select(app, other)
    qtbot.waitUntil(lambda: app.player.path == other and app.player.position_s > 0.1, timeout=ANSWER_MS)
    qtbot.waitUntil(lambda: levels(app.window.spectrogram) is not None, timeout=ANSWER_MS)
    app.playback.marking.mark(Section(0.5, 1.0))
    with qtbot.waitSignal(app.window.player_bar.section.copied, timeout=ANSWER_MS):
        app.window.commands["copy_section"].trigger()

    app.window.status.clear()
    with qtbot.waitSignal(app.search.failed, timeout=ANSWER_MS):
        drop(app, silent)
    assert "placeholder.wav: does not respond" in app.window.status.text
    drop(app, silent)  # the next search does not wait for it
    with qtbot.waitSignal(app.search.found, timeout=ANSWER_MS) as found:
        drop(app, other)
    assert found.args[0].references[0].path == other

    assert watch.longest_s < CLOSING_S
    began_s = time.monotonic()
    app.window.close()
    assert time.monotonic() - began_s < CLOSING_S


class Watch(QObject):
    """Notes for how long the window did nothing at most."""

    def __init__(self, parent):
        super().__init__(parent)
        self.longest_s, self._last_s = 0.0, time.monotonic()
        timer = QTimer(self, interval=10)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self):
        now_s = time.monotonic()
        self.longest_s, self._last_s = max(self.longest_s, now_s - self._last_s), now_s
