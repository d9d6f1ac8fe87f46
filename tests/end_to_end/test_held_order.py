"""A ranking that is open keeps its order while more is known of its tracks, until someone asks for the better one."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.track import Closeness, Section

SEARCH_MS = 60_000


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 6, timeout=10_000)
    app.window.table.setFocus()
    return app


def shown(app):
    """Return the tracks of the list in their order."""
    table = app.window.table.tracks
    return [table.id_at(place) for place in range(table.rowCount())]


def cells(app, name):
    """Return what is read out of a column."""
    table = app.window.table
    column = next(c for c in range(table.tracks.columnCount()) if header(table, c) == name)
    role = Qt.ItemDataRole.AccessibleTextRole
    return [table.tracks.index(place, column).data(role) for place in range(table.tracks.rowCount())]


def header(table, column):
    return table.tracks.headerData(column, Qt.Orientation.Horizontal).strip()


def press(qtbot, app, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(app.window.table, key, modifier)


def search(qtbot, app, act):
    with qtbot.waitSignal(app.track_list.requested_shown, timeout=SEARCH_MS):
        act()
    qtbot.waitUntil(lambda: not app.search.is_busy)


def hear_anew(catalogue, app, track_id, like):
    """Store a vector for a track, as the analysis does: it sounds like another one now."""
    with Catalogue(catalogue) as opened:
        _, vectors = opened.vectors.of(app.library.network_name, [like])
        vector = np.asarray(vectors[0], np.float32)
        reading = Reading(content_hash=b"new", duration_s=8.0, rate_hz=44_100, channels=2, bpm=123.0)
        opened.analyses.store_windows(track_id, reading, app.library.network_name, vector)


def test_the_order_stays_until_the_better_one_is_asked_for(qtbot, app, catalogue):
    better = app.window.reference.findChild(QToolButton, "betterOrderButton")
    press(qtbot, app, Qt.Key.Key_Down)
    asked = app.track_list.current_id
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    press(qtbot, app, Qt.Key.Key_Down)
    before, current = shown(app), app.track_list.current_id
    assert not better.isVisible()
    hear_anew(catalogue, app, before[-1], like=asked)
    with qtbot.waitSignal(app.search.held_back, timeout=SEARCH_MS):
        app.library.reload()
    qtbot.waitUntil(better.isVisible)
    assert better.text() == "Better order: 1 changed (R)"
    assert shown(app) == before
    assert cells(app, "BPM")[-1] == "123"  # what is known of a track is shown where it stands
    for key in (Qt.Key.Key_F, Qt.Key.Key_D):
        with qtbot.waitSignal(app.search.held_back, timeout=SEARCH_MS):
            press(qtbot, app, key)
        assert shown(app) == before
    app.track_list.go_to(current)
    press(qtbot, app, Qt.Key.Key_R)
    assert shown(app) == [before[-1], *before[:-1]]
    assert app.track_list.current_id == current == app.window.table.current_id()
    assert not better.isVisible()


def test_a_filter_that_someone_sets_is_searched_by_at_once(qtbot, app, catalogue):
    better = app.window.reference.findChild(QToolButton, "betterOrderButton")
    press(qtbot, app, Qt.Key.Key_Down)
    asked = app.track_list.current_id
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    last = shown(app)[-1]
    hear_anew(catalogue, app, last, like=asked)
    with qtbot.waitSignal(app.search.held_back, timeout=SEARCH_MS):
        app.library.reload()
    qtbot.waitUntil(better.isVisible)
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        qtbot.keyClicks(app.window.search_box, "track0")
    assert last in shown(app)[:3]  # the heading and another that sounds the same stand before it at most
    assert not better.isVisible()


def test_how_close_a_result_is_stands_in_a_word(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    ranking, table = app.search.ranking, app.window.table
    words = cells(app, "Closeness")
    assert words == [match.closeness for match in ranking.inside]
    assert set(words) <= set(Closeness)
    visible = [header(table, c) for c in range(table.tracks.columnCount()) if not table.isColumnHidden(c)]
    assert "Closeness" in visible and not {"Cosine", "Percentile"} & set(visible)
    cosine = next(action for action in table.horizontalHeader().actions() if action.text() == "Cosine")
    cosine.trigger()
    assert cells(app, "Cosine") == [f"{match.score:.3f}" for match in ranking.inside]
    assert any(header(table, c) == "Cosine" for c in range(table.tracks.columnCount()) if not table.isColumnHidden(c))


def test_how_many_sections_are_known_is_said_where_it_matters(qtbot, app, catalogue):
    state = app.window.reference.findChild(QLabel, "rankingState")
    press(qtbot, app, Qt.Key.Key_Down)
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("DELETE FROM sections WHERE track_id = ?", (shown(app)[-1],))
        (known,) = connection.execute("SELECT count(*) FROM sections").fetchone()
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    assert "sections" not in state.text()
    app.playback.marking.mark(Section(1.0, 4.0))
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier))
    assert f"sections known for {known} of 6" in state.text()
