"""Another language in the real window, while it is open."""

import gc

import pytest
from PySide6.QtCore import QObject, QPropertyAnimation, Qt, QTranslator
from PySide6.QtWidgets import QLabel, QMenu

from bgm_finder.conditions import Filter

SEARCH_MS = 60_000


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=10_000)
    return app


def headings(app):
    tracks = app.window.table.tracks
    return [tracks.headerData(column, Qt.Orientation.Horizontal) for column in range(tracks.columnCount())]


def ranking_state(app):
    return app.window.reference.findChild(QLabel, "rankingState").text()


def test_a_change_of_language_changes_every_word_at_once_and_nothing_else(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.library.set_filter(Filter(max_length_s=600.0, untagged=frozenset({"genre"})))
    app.window.table.step(1)
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        app.window.commands["find_similar"].trigger()
    table = app.window.table
    table.step(1)
    wanted, current, selected = app.library.wanted, table.current_id(), table.selected_ids()
    app.apply_setting("language", "ja")
    assert (app.library.wanted, table.current_id(), table.selected_ids()) == (wanted, current, selected)
    assert app.window.count.text() == "6曲"
    assert ranking_state(app) == "合う曲 5、合わない曲 0"
    qtbot.waitUntil(lambda: app.window.find_button.text() == "似た曲を探す")  # Qt posts the change to the widgets
    assert app.window.table.tracks.index(0, 1).data().startswith("絞り込みに合う曲")
    assert "楽曲ジャンル" in headings(app)
    with qtbot.waitSignal(app.library.view_changed):
        app.library.set_filter(Filter(min_length_s=500.0))
    app.search.clear()
    page = app.window.nothing_left
    assert app.window.stack.currentWidget() is page
    app.apply_setting("language", "en")
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "No track meets all of these conditions" in texts


def test_a_change_of_language_leaves_nothing_of_the_one_before(qtbot, qapp, app):
    def speak(language):
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
