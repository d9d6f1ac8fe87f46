"""What stays on the screen, and what goes, where a search, its reference, a mark or the library itself has ended."""

import threading

import pytest
from dropping import drop
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from seen import is_marked, underlined

from bgm_finder.track import Section
from bgm_finder.workflows import browse
from bgm_finder.workflows.index_folder import IndexReport

SEARCH_MS = 60_000


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=10_000)
    app.window.table.setFocus()
    return app


def press(qtbot, app, *keys):
    for key in keys:
        qtbot.keyClick(app.window.table, key)


def search(qtbot, app, act):
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        act()


def test_b_plays_a_side_again_that_was_heard_to_its_end(qtbot, app):
    app.settings.next_at_end = False
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down, Qt.Key.Key_B)
    reference = app.playback.sounding
    qtbot.waitUntil(lambda: app.player.duration_s is not None)
    app.playback.play_from(app.player.duration_s - 0.2)
    qtbot.waitUntil(lambda: not app.player.is_playing)
    press(qtbot, app, Qt.Key.Key_B, Qt.Key.Key_B)
    assert app.playback.sounding == reference
    qtbot.waitUntil(lambda: app.player.is_playing and 0 < app.player.position_s < 4)


def test_the_reference_falls_silent_with_its_search(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    shown = app.playback.sounding
    press(qtbot, app, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: app.player.is_playing and app.playback.sounding != shown)
    app.search.clear()
    assert app.playback.sounding == shown
    assert not app.player.is_playing
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.player.is_playing and app.player.path == shown.path)


def test_the_passage_is_underlined_no_longer_than_its_search(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    assert underlined(app.window.waveform)
    app.search.clear()
    assert not underlined(app.window.waveform)


def test_what_went_wrong_with_a_search_is_forgotten_with_the_next_one(qtbot, app, tmp_path):
    (tmp_path / "broken.wav").write_bytes(b"no sound" * 100)
    with qtbot.waitSignal(app.search.failed, timeout=SEARCH_MS):
        drop(app, tmp_path / "broken.wav")
    assert "broken.wav" in app.window.status.text
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    assert "broken.wav" not in app.window.status.text


def test_a_clipboard_whose_program_is_gone_holds_nothing_to_search_by(app, monkeypatch):
    class Gone:
        """What a seeded monkey (seed 61) met after an hour."""

        def mimeData(self):  # noqa: N802 - Qt's own name
            return None

    monkeypatch.setattr(QGuiApplication, "clipboard", Gone)
    app.window.commands["paste_reference"].trigger()
    assert app.window.status.text == "There is no file or folder on the clipboard."
    monkeypatch.undo()


def test_a_stretch_drawn_beside_the_track_leaves_the_marked_section(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.duration_s is not None and app.window.waveform.maximum() > 1)
    app.playback.marking.mark(Section(1.0, 2.0))
    wave = app.window.waveform
    QTest.mousePress(wave, Qt.MouseButton.LeftButton, pos=QPoint(2, 9))
    for x in (30, 2, 20):
        QTest.mouseMove(wave, QPoint(x, 9))
    QTest.mouseRelease(wave, Qt.MouseButton.LeftButton, pos=QPoint(20, 9))
    assert app.playback.marking.section == Section(1.0, 2.0)
    assert is_marked(wave, 1.3, app.player.duration_s) and is_marked(wave, 1.7, app.player.duration_s)


def test_a_ranking_goes_with_its_library_and_no_key_trips_over_it(qtbot, app, music, monkeypatch):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)

    filter_at_once, go_on = browse.browse, threading.Event()

    def filter_later(job, *args):
        assert go_on.wait(10)
        return filter_at_once(job, *args)

    monkeypatch.setattr(browse, "browse", filter_later)
    app.library.scanning.forget(music)
    qtbot.waitUntil(lambda: not len(app.library.columns), timeout=10_000)
    for name in ("keep", "edit_tags"):  # the list is behind the library
        app.window.commands[name].trigger()
    go_on.set()
    qtbot.waitUntil(lambda: app.library.view is not None and not len(app.library.view.columns), timeout=10_000)
    assert app.window.stack.currentWidget() is app.window.nothing_yet
    assert app.search.current is None


def test_the_page_without_music_says_when_some_is_looked_for(qtbot, app, music):
    page, found = app.window.nothing_yet, threading.Event()
    heading = page.findChild(QLabel, "emptyHeading")
    app.library.scanning.forget(music)
    qtbot.waitUntil(lambda: app.window.stack.currentWidget() is page, timeout=10_000)
    assert heading.text() == "No music yet"

    def look(job, catalogue, make_executor, options):
        found.wait(10)
        return IndexReport()

    app.library.scanning.prepare(look)
    qtbot.waitUntil(lambda: heading.text() == "Searching for music…")
    found.set()
    qtbot.waitUntil(lambda: heading.text() == "No music yet")
