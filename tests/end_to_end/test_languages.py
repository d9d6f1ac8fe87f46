"""Another language in the real window, while it is open."""

import gc

import pytest
from PySide6.QtCore import QObject, QPropertyAnimation, Qt, QTranslator
from PySide6.QtWidgets import QMenu

from bgm_finder.catalogue.in_memory.conditions import Filter

SEARCH_MS = 60_000


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=10_000)
    return app


def headings(app):
    tracks = app.window.table.tracks
    return [tracks.headerData(column, Qt.Orientation.Horizontal) for column in range(tracks.columnCount())]


def test_a_change_of_language_changes_every_word_at_once_and_nothing_else(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.library.set_filter(Filter(max_length_s=600.0, untagged=frozenset({"genre"})))
    app.window.table.step(1)
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        app.window.commands["find_similar"].trigger()
    wanted = app.library.wanted
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        app.apply_setting("language", "ja")
    assert app.library.wanted == wanted
    qtbot.waitUntil(lambda: app.window.count.text() == "6曲", timeout=10_000)  # the list comes by a lane of its own
    assert app.window.find_button.text() == "類似曲を探す"
    assert app.window.table.tracks.index(0, 1).data().startswith("絞り込みの範囲内")
    assert "楽曲ジャンル" in headings(app)


def test_a_change_of_language_leaves_nothing_of_the_one_before(qtbot, qapp, app):
    def speak(language):
        with qtbot.waitSignal(app.library.view_changed, timeout=10_000):  # the list comes by a lane of its own
            app.apply_setting("language", language)

    def objects():
        # Qt lays a window out with animations, which delete themselves in a later turn of the event loop
        qtbot.waitUntil(lambda: not app.window.findChildren(QPropertyAnimation), timeout=10_000)
        gc.collect()
        menus = [
            known for known in gc.get_objects() if type(known) is QMenu
        ]  # Python's halves of menus that are gone too
        return len(app.window.findChildren(QObject)) + len(qapp.findChildren(QTranslator)) + len(menus)

    for language in ("ja", "en"):  # each comes into memory once
        speak(language)
    before = objects()
    for language in ("ja", "en") * 2:
        speak(language)
    qtbot.waitUntil(lambda: objects() == before, timeout=10_000)
