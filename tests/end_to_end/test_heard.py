"""What was heard and noted, in the real window: counted from the sound, shown at once, and kept with the brief."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.gui.track_model import COLUMNS

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SOON_S, NEVER_S = 0.15, 500.0


def cell(app, column, place, role=Qt.ItemDataRole.DisplayRole):
    return app.window.table.tracks.index(place, COLUMNS.index(column)).data(role)


def dots(app):
    return [cell(app, "heard", place) for place in range(app.window.table.tracks.rowCount())]


def current(app):
    return app.window.table.currentIndex().row()


def press(qtbot, app, key):
    qtbot.keyClick(app.window.table, key)


def tick(qtbot, app, name):
    box = app.window.findChild(QCheckBox, name)
    before = app.library.view.wanted
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    qtbot.waitUntil(lambda: app.library.view.wanted == app.library.wanted != before)
    return box.isChecked()


def count(app, name):
    return app.window.findChild(QLabel, name).text()


def listen(qtbot, app, dot):
    qtbot.waitUntil(lambda: cell(app, "heard", current(app)) == dot, timeout=20_000)


def kept_s(app, brief_id):
    with Catalogue(app.library.catalogue) as opened:
        return {
            track_id: track.heard_s for track_id, track in opened.briefs.tracks(brief_id).items() if track.heard_s > 0
        }


@pytest.fixture
def open_list(qtbot, open_app, music):
    def open_list(**settings):
        app = open_app([music], **settings)
        qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 6, timeout=10_000)
        app.window.table.setFocus()
        return app

    return open_list


def test_walk_through_what_is_not_heard_meets_every_track_once(qtbot, open_list, open_app):
    app = open_list(heard_after_s=SOON_S)
    assert tick(qtbot, app, "notHeardFacet") and count(app, "notHeardFacetCount") == "6"
    visited = []
    press(qtbot, app, Qt.Key.Key_Down)
    while not visited or current(app) != visited[-1]:
        visited.append(current(app))
        listen(qtbot, app, "●")
        if len(visited) == 3:
            with qtbot.waitSignal(app.edits.changed), qtbot.waitSignal(app.library.view_changed):
                press(qtbot, app, Qt.Key.Key_F)  # the library is read anew, and the list goes on
        else:
            press(qtbot, app, Qt.Key.Key_Down)
    assert visited == [*range(6)] and dots(app) == ["●"] * 6
    assert count(app, "heardLabel") == "6 of 6 heard" and count(app, "notHeardFacetCount") == "0"
    assert "heard" in cell(app, "title", 0, SPOKEN).split(", ") and cell(app, "heard", 0, SPOKEN) == "heard"
    brief_id = app.briefs.current.id
    app.window.close()
    assert min(kept_s(app, brief_id).values()) >= SOON_S and len(kept_s(app, brief_id)) == 6
    again = open_app(heard_after_s=SOON_S)  # the list is made anew, and the filter came back with the brief
    assert again.library.wanted.heard is False and not len(again.library.view.rows)
    assert not tick(qtbot, again, "notHeardFacet")
    assert dots(again) == ["●"] * 6 and tick(qtbot, again, "keptFacet")
    assert again.window.table.tracks.rowCount() == 1 and again.window.commands["shortlist"].isChecked()


def test_only_what_sounds_counts_and_it_is_taken_back_by_hand_alone(qtbot, open_list):
    app = open_list(heard_after_s=NEVER_S)
    press(qtbot, app, Qt.Key.Key_Down)
    listen(qtbot, app, "◐")
    track_id, first = app.window.table.current_id(), app.briefs.current.id
    assert cell(app, "heard", 0, SPOKEN) == "partly heard" and count(app, "heardLabel") == ""
    press(qtbot, app, Qt.Key.Key_Space)
    heard_s = app.library.heard_s[track_id]
    assert 0 < heard_s <= app.player.position_s + 0.02
    press(qtbot, app, Qt.Key.Key_Right)
    app.window.commands["mute"].trigger()
    begin_s = app.player.position_s
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.player.position_s > begin_s + 0.1, timeout=10_000)
    assert app.library.heard_s[track_id] == heard_s
    app.window.commands["mute"].trigger()
    qtbot.waitUntil(lambda: app.library.heard_s[track_id] > heard_s, timeout=10_000)
    assert not app.edits.can_undo
    app.apply_setting("heard_after_s", SOON_S)
    listen(qtbot, app, "●")
    qtbot.waitUntil(lambda: count(app, "heardLabel") == "1 of 6 heard")
    app.window.commands["not_heard"].trigger()
    assert cell(app, "heard", 0, SPOKEN) == "not heard" and count(app, "heardLabel") == ""
    begin_s = app.player.position_s
    qtbot.waitUntil(lambda: app.player.position_s > begin_s, timeout=10_000)
    assert dots(app) == [""] * 6  # it sounds on, and stays what the user says
    press(qtbot, app, Qt.Key.Key_Down)
    listen(qtbot, app, "●")
    second_id = app.window.table.current_id()
    with qtbot.waitSignal(app.briefs.shown):
        app.window.commands["new_brief"].trigger()
    qtbot.waitUntil(lambda: app.library.columns.brief_id == app.briefs.current.id != first)
    qtbot.waitUntil(lambda: [second_id] == [*kept_s(app, first)])


def write_note(qtbot, app, text, key=Qt.Key.Key_Return):
    begun = []

    def write():
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog.focusWidget() is None or not dialog.focusWidget().hasFocus():
            QTimer.singleShot(20, write)
            return
        field = dialog.findChild(QLineEdit, "noteField")
        begun.append(field.text())
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, key)

    QTimer.singleShot(0, write)
    press(qtbot, app, Qt.Key.Key_N)
    app.window.activateWindow()  # as a desktop does once the dialog is closed
    qtbot.waitUntil(app.window.isActiveWindow)
    return begun[0]


def notes(app):
    return [cell(app, "note", place) for place in range(app.window.table.tracks.rowCount())]


def test_notes_are_written_by_key_found_by_their_words_and_undone(qtbot, open_list):
    app = open_list(auto_play=False)
    press(qtbot, app, Qt.Key.Key_Down)
    assert write_note(qtbot, app, "too <slow>") == ""
    qtbot.waitUntil(lambda: notes(app)[0] == "too <slow>")
    assert "note: too <slow>" in cell(app, "title", 0, SPOKEN)
    assert cell(app, "title", 0, Qt.ItemDataRole.ToolTipRole).endswith("note: too &lt;slow&gt;</span>")
    assert write_note(qtbot, app, "Esc leaves it", Qt.Key.Key_Escape) == "too <slow>"
    qtbot.keyClick(app.window.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert write_note(qtbot, app, "") == ""  # two notes, and nothing written: both stay
    assert notes(app)[:2] == ["too <slow>", ""]
    with qtbot.waitSignal(app.edits.changed):
        write_note(qtbot, app, "Director: NO")
    qtbot.waitUntil(lambda: notes(app)[:3] == ["Director: NO", "Director: NO", ""])
    app.window.search_box.setFocus()
    qtbot.keyClicks(app.window.search_box, "director no")
    qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 2)
    with qtbot.waitSignal(app.edits.undone):
        app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not len(app.library.view.rows))
    app.window.commands["clear_filter"].trigger()
    qtbot.waitUntil(lambda: notes(app)[:2] == ["too <slow>", ""])
