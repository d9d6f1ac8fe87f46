"""Ten that differ, and more like these and less like that, in the real window by its keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

SEARCH_MS = 60_000
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=10_000)
    app.window.table.setFocus()
    return app


def press(qtbot, app, key, modifier=NONE):
    qtbot.keyClick(app.window.table, key, modifier)


def shown(app):
    """Return the headings and titles in the list."""
    table = app.window.table.tracks
    return [table.index(place, 1).data() for place in range(table.rowCount())]


def headings(app):
    return [text for place, text in enumerate(shown(app)) if app.window.table.tracks.is_heading(place)]


def click(qtbot, app, place):
    table = app.window.table
    where = QPoint(table.viewport().width() // 2, table.rowViewportPosition(place) + 3)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def searched(qtbot, app, act):
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        act()
    qtbot.waitUntil(lambda: not app.search.is_busy)


def test_groups_are_walked_opened_visited_and_left_by_keys_and_clicks(qtbot, app):
    plain = shown(app)
    with qtbot.waitSignal(app.groups.made):
        press(qtbot, app, Qt.Key.Key_G)
    folded = shown(app)
    assert len(headings(app)) * 2 == len(folded) and folded[0] in headings(app)
    assert app.window.status.text.startswith("Shift+G: one more")
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == folded[1], "the arrow goes over the heading"
    qtbot.waitUntil(lambda: "●" in headings(app)[0])
    assert not any("●" in text for text in headings(app)[1:])
    press(qtbot, app, Qt.Key.Key_U)
    assert headings(app)[0].startswith("▾") and len(shown(app)) > len(folded)
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == shown(app)[2]
    click(qtbot, app, 0)
    assert headings(app)[0].startswith("▸") and len(shown(app)) == len(folded)
    press(qtbot, app, Qt.Key.Key_G, SHIFT)
    assert len(shown(app)) == len(folded) and shown(app)[1] != folded[1]
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == shown(app)[1]
    press(qtbot, app, Qt.Key.Key_Escape)  # stops the sound
    press(qtbot, app, Qt.Key.Key_Escape)
    assert shown(app) == plain
    assert app.window.table.current_id() == app.playback.sounding.track_id


def test_shift_d_leads_a_search_away_and_the_marks_are_learned_from(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, app, Qt.Key.Key_D, SHIFT)
    assert "search first: press S" in app.window.status.text
    searched(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    away = shown(app)[0]
    searched(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_D, SHIFT))
    chips = app.window.reference.chips
    assert [chip.accessibleName() for chip in chips.chips][1:] == [f"not like: {away}"]
    assert shown(app)[0] != away
    press(qtbot, app, Qt.Key.Key_Down)
    press(qtbot, app, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: 1 in app.library.columns.marks and not app.search.is_busy, timeout=SEARCH_MS)
    searched(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_M, CONTROL | SHIFT))
    assert "from marks: 1 kept" in [chip.accessibleName() for chip in chips.findChildren(QToolButton)]
    searched(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert not app.window.commands["learn_from_marks"].isChecked()
    searched(qtbot, app, lambda: chips.chips[1].menu().actions()[-1].trigger())
    assert chips.chips == []
