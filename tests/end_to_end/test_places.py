"""Where the list stands after filters, searches and marks, and what is said where a key cannot do more."""

import pytest
import soundfile
from dropping import drop
from music import RATE_HZ, chord
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from seen import facet, levels

from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.filter_changes import clear, turn
from bgm_finder.gui.track_model import COLUMNS
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.import_tags import ListSource, import_tags

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SEARCH_MS = 60_000


@pytest.fixture
def app(qtbot, open_app, music, catalogue):
    app = open_app([music])
    app.window.resize(1280, 720)
    qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 6, timeout=10_000)
    import_tags(Job(), catalogue, ListSource(music / "tags.csv"))
    app.library.reload()
    qtbot.waitUntil(lambda: "One" in list(map(app.library.view.columns.titles.__getitem__, range(6))), timeout=10_000)
    app.window.table.setFocus()
    yield app
    while app.edits.can_undo:
        with qtbot.waitSignal(app.edits.changed, timeout=10_000):
            app.edits.undo()
    app.library.set_filter(clear(app.library.wanted))


def press(qtbot, app, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(app.window.table, key, modifiers)


def ranked(qtbot, app, act):
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        act()


def is_seen(app, place):
    table = app.window.table
    return table.viewport().rect().contains(table.visualRect(table.tracks.index(place, 1)))


def heading_click(qtbot, app, name):
    header = app.window.table.horizontalHeader()
    x = header.sectionViewportPosition(COLUMNS.index(name)) + 10
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))


def _genres(app):
    row = app.library.columns.row_of(app.window.table.current_id())
    return app.library.columns.tags["genre"].names_at(row)


def test_a_filter_during_a_search_leads_to_the_top_of_its_inside(qtbot, app):
    table = app.window.table
    press(qtbot, app, KEY.Key_Down)
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    press(qtbot, app, KEY.Key_End)
    last = table.current_id()
    outside = next(genre for genre in ("rock", "pop") if genre not in _genres(app))
    app.window.filter_panel.filter_requested.emit(turn("genre", outside))
    qtbot.waitUntil(lambda: table.tracks.is_heading(0) and is_seen(app, 0), timeout=SEARCH_MS)
    assert table.selected_ids() == [table.current_id()] == [last]
    press(qtbot, app, KEY.Key_Down)
    assert table.currentIndex().row() == 1
    press(qtbot, app, KEY.Key_S)  # and while it runs
    app.window.filter_panel.filter_requested.emit(turn("genre", "rock" if outside == "pop" else "pop"))
    qtbot.waitUntil(lambda: app.search.current.titles == ("Two" if outside == "pop" else "Zero",), timeout=SEARCH_MS)
    qtbot.waitUntil(lambda: len(app.search.ranked_filter.ticked["genre"]) == 2, timeout=SEARCH_MS)
    assert table.tracks.is_heading(0)
    press(qtbot, app, KEY.Key_Down)
    assert table.currentIndex().row() == 1


def test_the_current_track_stays_current_in_every_list_that_holds_it(qtbot, app, tmp_path):
    table, columns = app.window.table, lambda: app.library.columns

    def marked():
        return {int(track_id): int(mark) for track_id, mark in zip(columns().ids, columns().marks, strict=True) if mark}

    for _ in range(3):
        press(qtbot, app, KEY.Key_Down)
    third, rough_cut = table.current_id(), tmp_path / "rough cut.wav"
    soundfile.write(rough_cut, chord(2, 8.0), RATE_HZ)
    ranked(qtbot, app, lambda: drop(app, rough_cut))
    assert table.selected_ids() == [table.current_id()] == [app.playback.sounding.track_id] == [third]
    press(qtbot, app, KEY.Key_D)
    qtbot.waitUntil(lambda: marked() == {third: -1}, timeout=10_000)
    best = table.current_id()
    assert table.currentIndex().row() == (1 if table.tracks.id_at(0) == third else 0)
    press(qtbot, app, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not marked() and table.current_id() == third, timeout=10_000)

    table.select(table.tracks.place_of(best))
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    press(qtbot, app, KEY.Key_Down)
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_Left, ALT))
    assert table.selected_ids() == [best]
    press(qtbot, app, KEY.Key_Return)  # which makes it heard: else F keeps what sounds
    press(qtbot, app, KEY.Key_F)
    qtbot.waitUntil(lambda: marked() == {best: 1}, timeout=10_000)
    press(qtbot, app, KEY.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: table.tracks.rowCount() == 1)
    press(qtbot, app, KEY.Key_Down)
    assert app.playback.sounding.track_id == best
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert table.tracks.rowCount() == 6
    assert table.selected_ids() == [table.current_id()] == [best]
    app.search.clear()
    heading_click(qtbot, app, "duration")
    qtbot.waitUntil(lambda: app.library.view.columns is columns() and app.settings.sort_key == "duration")
    assert table.selected_ids() == [best]


def test_the_heading_is_seen_above_its_first_row_in_a_low_window_too(qtbot, app):
    table = app.window.table
    app.window.resize(900, 400)
    press(qtbot, app, KEY.Key_Down)
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    ranked(qtbot, app, lambda: app.window.filter_panel.filter_requested.emit(turn("genre", "rock")))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setFixedHeight(table.horizontalHeader().height() + 5 * table.verticalHeader().defaultSectionSize() // 2)
    QApplication.processEvents()
    press(qtbot, app, KEY.Key_End)
    assert not is_seen(app, 0)
    press(qtbot, app, KEY.Key_Home)
    assert table.currentIndex().row() == 1
    assert is_seen(app, 0)
    assert is_seen(app, 1)


def test_back_and_forward_find_the_row_that_was_left(qtbot, app):
    table = app.window.table
    press(qtbot, app, KEY.Key_Down)
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    for _ in range(3):
        press(qtbot, app, KEY.Key_Down)
    first = table.current_id()
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    assert table.current_id() is None
    for _ in range(2):
        press(qtbot, app, KEY.Key_Down)
    second = table.current_id()
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_Left, ALT))
    assert table.current_id() == first
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_Right, ALT))
    assert table.current_id() == second
    app.search.clear()
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_Left, ALT))
    assert table.current_id() == second


@pytest.mark.parametrize("place", [0, 1, 2])
def test_taking_a_mark_away_in_the_shortlist_goes_on(qtbot, app, place):
    table = app.window.table
    ids = [table.tracks.id_at(number) for number in range(3)]
    with qtbot.waitSignal(app.edits.changed):
        app.edits.mark(ids, "keep")
    app.window.commands["shortlist"].trigger()
    qtbot.waitUntil(lambda: table.tracks.rowCount() == 3)
    table.select(place)
    press(qtbot, app, KEY.Key_F)
    qtbot.waitUntil(lambda: table.tracks.rowCount() == 2)
    assert table.current_id() == ids[1 if place in (0, 2) else 2]
    app.window.commands["shortlist"].trigger()


def test_no_tag_here_has_a_menu(qtbot, app):
    tree = app.window.filter_panel.tree
    item = facet(tree, "Genre", "(no tag)")
    tree.scrollToItem(item)

    def tick():
        menu = QApplication.activePopupWidget()
        texts.extend(action.text() for action in menu.actions() if action.text())
        menu.actions()[0].trigger()
        menu.close()

    texts = []
    QTimer.singleShot(0, tick)
    place = tree.visualItemRect(item).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(tree.viewport(), event)
    assert texts[:2] == ["Only tracks without a tag in this category", "Exclude"]
    assert app.library.wanted.untagged == {"genre"}


def test_the_last_track_in_the_tag_dialog_is_said_to_be_the_last(qtbot, app):
    press(qtbot, app, KEY.Key_End)

    def go_on():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TagDialog)
        qtbot.keyClick(dialog, KEY.Key_Return, CTRL)

    QTimer.singleShot(200, go_on)
    press(qtbot, app, KEY.Key_T)
    assert app.window.status.text == "That was the last track in the list."


def test_a_decimal_of_the_tempo_is_shown(qtbot, app):
    track_id = app.window.table.tracks.id_at(0)
    for bpm, text in ((128.5, "128.5"), (128.0, "128")):
        app.edits.change_tags([track_id], [], [], {"bpm": bpm})
        cell = app.window.table.tracks.index(0, COLUMNS.index("bpm"))
        qtbot.waitUntil(lambda cell=cell, text=text: cell.data().strip() == text, timeout=10_000)


def test_a_highlight_that_is_not_known_yet_is_said_until_it_plays(qtbot, app):
    press(qtbot, app, KEY.Key_Down)
    press(qtbot, app, KEY.Key_H)
    assert app.window.status.text.startswith("The highlight is not known yet")
    qtbot.waitUntil(lambda: app.window.status.text == "", timeout=10_000)
    assert levels(app.window.spectrogram) is not None


def test_a_search_says_why_it_cannot_be_sorted(qtbot, app):
    heading_click(qtbot, app, "genre")
    assert app.window.status.text == "The list cannot be sorted by this column."
    press(qtbot, app, KEY.Key_Down)
    ranked(qtbot, app, lambda: press(qtbot, app, KEY.Key_S))
    for ask in (lambda: heading_click(qtbot, app, "title"), app.window.commands["sort"].trigger):
        app.window.status.clear()
        ask()
        assert app.window.status.text == "Search results are ordered by similarity. Close the search to sort the list."
