"""Where the keys go after the mouse, and what they act on: the list, and what is heard."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QSlider, QSpinBox, QSplitter, QToolButton, QWidget
from PySide6.QtWidgets import QLineEdit as Line
from seen import plot

from bgm_finder.audio.overview import highlight_s
from bgm_finder.catalogue.in_memory.columns import MARK_CODES
from bgm_finder.gui.filter_changes import turn
from bgm_finder.gui.range_box import RangeBox
from bgm_finder.gui.track_model import COLUMNS, SORTS

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
BACK, FORWARD = Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
KEY = Qt.Key
SEARCH_MS = 60_000
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of every menu and dialog


@pytest.fixture
def app(qtbot, open_app, music):
    app = open_app([music])
    qtbot.waitUntil(lambda: app.window.table.tracks.rowCount() == 6, timeout=10_000)
    app.library.set_filter(type(app.library.wanted)())
    app.window.resize(1280, 720)
    app.window.table.setFocus()
    qtbot.waitUntil(app.window.table.hasFocus)
    yield app
    while app.edits.can_undo:  # the catalogue is the next test's as well
        with qtbot.waitSignal(app.edits.changed, timeout=10_000):
            app.edits.undo()


def row(app, place, name="title"):
    return app.window.table.visualRect(app.window.table.tracks.index(place, COLUMNS.index(name))).center()


def click(qtbot, app, place, modifiers=NONE, button=LEFT):
    qtbot.mouseClick(app.window.table.viewport(), button, modifiers, row(app, place))


def press(qtbot, key, modifiers=NONE):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def track(app, place):
    return app.window.table.tracks.id_at(place)


def heard(app):
    return app.playback.sounding.track_id if app.playback.sounding else None


def kept(app):
    columns = app.library.columns
    return columns.ids[columns.marks == MARK_CODES["keep"]].tolist()


def search(qtbot, app):
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        press(qtbot, KEY.Key_S)


def with_chips(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(turn("format", "FLAC"))
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(turn("format", "WAV"))
    return [chip for chip in app.window.chips.findChildren(QToolButton) if chip.isVisible()]


def drag_volume(qtbot, app):
    slider = app.window.findChild(QToolButton, "muteButton").parent().findChild(object, "volumeSlider")
    for act, x in ((qtbot.mousePress, 60), (qtbot.mouseMove, 80), (qtbot.mouseRelease, 80)):
        act(slider, *(() if act is qtbot.mouseMove else (LEFT,)), pos=QPoint(x, slider.height() // 2))


def tick(qtbot, app):
    tree = app.window.filter_panel.tree
    item = tree.topLevelItem(0).child(0)
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(item).center())


def click_heading(qtbot, app):
    header = app.window.table.horizontalHeader()
    x = header.sectionViewportPosition(COLUMNS.index("duration")) + 10
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))


def click_picture(qtbot, app):
    qtbot.mouseClick(app.window.waveform, LEFT, pos=QPoint(300, 20))


def click_spectrogram(qtbot, app):
    qtbot.mouseClick(plot(app.window.spectrogram).viewport(), LEFT, pos=QPoint(300, 60))


def click_button(name):
    def act(qtbot, app):
        qtbot.mouseClick(app.window.findChild(QToolButton, name), LEFT)

    return act


def move_splitter(qtbot, app):
    handle = app.window.findChild(QSplitter, "sides").handle(1)
    qtbot.mousePress(handle, LEFT, pos=handle.rect().center())
    qtbot.mouseRelease(handle, LEFT, pos=handle.rect().center())


def main_menu(app):
    return app.window.findChild(QToolButton, "menuButton").menu()


def volume(app):
    return app.window.findChild(QSlider, "volumeSlider")


def open_and_close_menu(qtbot, app):
    QTimer.singleShot(200, lambda: press(qtbot, KEY.Key_Escape) or main_menu(app).close())
    qtbot.mouseClick(app.window.findChild(QToolButton, "menuButton"), LEFT)


def clear_words(qtbot, app):
    app.window.search_box.setText("track")
    qtbot.mouseClick(app.window.search_box.findChild(QToolButton), LEFT)


MOUSE = {
    "volume": drag_volume,
    "tick": tick,
    "heading": click_heading,
    "waveform": click_picture,
    "spectrogram": click_spectrogram,
    "loop": click_button("loopButton"),
    "auto-play": click_button("autoPlayButton"),
    "mute": click_button("muteButton"),
    "play": click_button("playButton"),
    "shortlist": click_button("shortlistButton"),
    "splitter": move_splitter,
    "menu": open_and_close_menu,
    "clear button": clear_words,
}


@pytest.mark.parametrize("name", MOUSE)
def test_after_the_mouse_the_keys_are_the_list_s(qtbot, app, name):
    window, tree = app.window, app.window.filter_panel.tree
    for begin in (
        window.table.setFocus,
        lambda: qtbot.mouseClick(window.search_box, LEFT),
        lambda: tree.setFocus(Qt.FocusReason.TabFocusReason),
    ):
        begin()
        MOUSE[name](qtbot, app)
        qtbot.waitUntil(lambda: window.is_in_list(window.focusWidget()))
        if window.stack.currentWidget() is window.table:
            before, place = volume(app).value(), window.table.currentIndex().row()
            press(qtbot, KEY.Key_Down)
            assert heard(app) == track(app, place + 1)
            assert volume(app).value() == before


def test_a_click_into_a_field_is_for_typing_and_enter_down_and_esc_lead_back(qtbot, app):
    box, ends = app.window.search_box, app.window.filter_panel.findChildren(QSpinBox)
    for key in (KEY.Key_Return, KEY.Key_Down, KEY.Key_Escape):
        qtbot.mouseClick(box, LEFT)
        qtbot.keyClicks(box, "t")
        assert box.hasFocus()
        press(qtbot, key)
        assert app.window.table.hasFocus()
    for key in (KEY.Key_Return, KEY.Key_Escape):
        qtbot.mouseClick(ends[0].findChild(Line), LEFT)
        assert ends[0].hasFocus()
        press(qtbot, key)
        assert app.window.table.hasFocus()


def test_a_number_typed_into_a_range_counts_when_enter_leaves_it(qtbot, app):
    end = app.window.findChild(RangeBox, "lengthRange").ends[0]
    qtbot.mouseClick(end.findChild(Line), LEFT)
    qtbot.waitUntil(lambda: end.findChild(Line).hasSelectedText())
    qtbot.keyClicks(end, "3")
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_Return)
    assert app.library.wanted.min_length_s == 3
    assert app.window.table.hasFocus()


def test_who_came_by_key_stays_and_the_first_esc_stops_no_music(qtbot, app):
    press(qtbot, KEY.Key_Down)
    qtbot.waitUntil(lambda: app.player.is_playing)
    press(qtbot, KEY.Key_T, CTRL)
    tree = app.window.filter_panel.tree
    assert tree.hasFocus()
    press(qtbot, KEY.Key_Down)
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_Space)
    assert app.library.wanted.ticked
    assert tree.hasFocus()
    press(qtbot, KEY.Key_Escape)
    assert app.window.table.hasFocus()
    assert app.player.is_playing
    press(qtbot, KEY.Key_Escape)
    assert not app.player.is_playing


def test_a_key_held_in_the_tree_ticks_once(qtbot, app):
    press(qtbot, KEY.Key_T, CTRL)
    tree, args = app.window.filter_panel.tree, []
    press(qtbot, KEY.Key_Down)
    tree.requested.connect(args.append)
    for is_repeat in (False, True, True, True):
        QApplication.sendEvent(tree, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Space, NONE, " ", is_repeat))
    assert len(args) == 1


def test_a_key_still_held_from_the_list_types_nothing_into_what_it_opened(qtbot, app):
    press(qtbot, KEY.Key_Slash)
    box = app.window.search_box
    assert box.hasFocus()
    for _ in range(5):
        QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Slash, NONE, "/", True))
    assert box.text() == ""
    for is_repeat in (False, True, True):
        QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_A, NONE, "a", is_repeat))
    assert box.text() == "aaa"


def test_the_last_chip_hands_the_keys_to_the_list_and_others_to_their_neighbour(qtbot, app):
    chips = with_chips(qtbot, app)
    chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_Space)
    left = QApplication.focusWidget()
    assert left.parent() is app.window.chips
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_Space)
    qtbot.waitUntil(app.window.table.hasFocus)


def test_a_panel_that_closes_hands_the_keys_to_the_list(qtbot, app):
    press(qtbot, KEY.Key_Down)
    search(qtbot, app)
    app.window.findChild(QToolButton, "closeReferenceButton").setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, KEY.Key_Space)
    qtbot.waitUntil(lambda: not app.window.reference.isVisible())
    assert app.window.table.hasFocus()


def test_a_list_that_empties_leaves_the_keys_to_the_page_in_its_place(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_L, CTRL | SHIFT)
    qtbot.waitUntil(lambda: app.window.nothing_left.isAncestorOf(QApplication.focusWidget()))
    with qtbot.waitSignal(app.library.view_changed):
        press(qtbot, KEY.Key_Return)
    qtbot.waitUntil(app.window.table.hasFocus)


def test_a_dialog_leaves_the_focus_where_it_was(qtbot, app):
    press(qtbot, KEY.Key_Down)
    for place in (app.window.table, app.window.search_box):
        place.setFocus()
        QTimer.singleShot(300, lambda: QApplication.activeModalWidget().reject())
        app.window.commands["keys"].trigger()
        assert app.window.focusWidget() is place


def test_two_rows_chosen_with_ctrl_and_one_taken_off_is_the_one_that_is_kept(qtbot, app):
    for place in (0, 1, 1):
        click(qtbot, app, place, CTRL)
    assert app.window.table.selected_ids() == [track(app, 0)]
    assert heard(app) == app.window.table.current_id() == track(app, 0)
    one = track(app, 0)
    press(qtbot, KEY.Key_F)
    qtbot.waitUntil(lambda: kept(app) == [one])


@pytest.mark.parametrize("off", [0, 2])
def test_of_two_rows_the_one_that_stays_chosen_is_the_one_that_is_heard(qtbot, app, off):
    click(qtbot, app, 0)
    click(qtbot, app, 2, CTRL)
    assert heard(app) == track(app, 0)
    assert app.player.is_playing
    click(qtbot, app, off, CTRL)
    assert app.window.table.selected_ids() == [track(app, 2 - off)] == [heard(app)]
    assert app.player.is_playing == (off == 2)


@pytest.mark.parametrize("key", [KEY.Key_Down, KEY.Key_End, KEY.Key_PageDown])
def test_a_selection_that_grows_by_key_starts_no_other_music(qtbot, app, key):
    click(qtbot, app, 0)
    press(qtbot, key, SHIFT)
    assert len(app.window.table.selected_ids()) > 1
    assert heard(app) == track(app, 0)
    click(qtbot, app, 0)
    click(qtbot, app, 3, SHIFT)
    assert heard(app) == track(app, 0)


@pytest.mark.parametrize(("key", "place"), [(KEY.Key_End, 5), (KEY.Key_PageDown, 5), (KEY.Key_Home, 0)])
def test_ctrl_goes_far_without_playing_and_what_is_chosen_is_what_would_be_heard(qtbot, app, key, place):
    click(qtbot, app, 2)
    press(qtbot, key, CTRL)
    assert [track(app, place)] == app.window.table.selected_ids() == [heard(app)]
    assert not app.player.is_playing


def test_a_click_below_the_rows_changes_nothing(qtbot, app):
    click(qtbot, app, 1)
    one = track(app, 1)
    for button in (LEFT, MIDDLE):
        qtbot.mouseClick(app.window.table.viewport(), button, pos=QPoint(200, app.window.table.viewport().height() - 3))
    assert app.window.table.selected_ids() == [one]
    press(qtbot, KEY.Key_C, CTRL)
    assert len(QGuiApplication.clipboard().mimeData().urls()) == 1
    press(qtbot, KEY.Key_F)
    qtbot.waitUntil(lambda: kept(app) == [one])


def test_with_nothing_chosen_the_keys_act_on_what_is_heard(qtbot, app):
    click(qtbot, app, 1)
    one = track(app, 1)
    click(qtbot, app, 1, CTRL)
    assert app.window.table.selected_ids() == []
    press(qtbot, KEY.Key_F)
    qtbot.waitUntil(lambda: kept(app) == [one])


@pytest.mark.parametrize("command", ["keep", "reject", "edit_tags", "copy", "show_in_folder", "mark_in", "highlight"])
def test_with_no_track_at_all_the_keys_say_so(qtbot, app, command):
    app.window.table.begin()
    app.window.commands[command].trigger()
    assert app.window.status.text == "No track is selected."


def test_a_right_click_plays_nothing_and_what_was_heard_is_chosen_again(qtbot, app):
    click(qtbot, app, 0)
    seen = []
    QTimer.singleShot(200, lambda: (seen.append(app.window.table.selected_ids()), close_popup()))
    place = row(app, 3)
    qtbot.mousePress(app.window.table.viewport(), RIGHT, pos=place)
    app.window.table.customContextMenuRequested.emit(place)
    assert seen == [[track(app, 3)]]
    assert app.window.table.selected_ids() == [track(app, 0)] == [heard(app)]
    assert app.player.is_playing


def close_popup():
    QApplication.activePopupWidget().close()


def test_play_in_the_menu_of_a_row_plays_that_row(qtbot, app):
    click(qtbot, app, 0)
    QTimer.singleShot(200, lambda: (app.window.commands["restart"].trigger(), close_popup()))
    place = row(app, 3)
    qtbot.mousePress(app.window.table.viewport(), RIGHT, pos=place)
    app.window.table.customContextMenuRequested.emit(place)
    assert app.window.table.selected_ids() == [track(app, 3)] == [heard(app)]


@pytest.mark.parametrize("button", [MIDDLE, BACK, FORWARD])
def test_other_buttons_neither_choose_nor_play(qtbot, app, button):
    click(qtbot, app, 0)
    click(qtbot, app, 2, button=button)
    qtbot.mouseDClick(app.window.table.viewport(), button, pos=row(app, 2))
    assert app.window.table.selected_ids() == [track(app, 0)] == [heard(app)]
    position_s = app.player.position_s
    for view in (app.window.waveform, plot(app.window.spectrogram).viewport()):
        qtbot.mouseClick(view, button, pos=QPoint(700, 15))
    assert app.player.position_s < position_s + 3


def test_the_mouse_s_own_buttons_go_back_and_forward_through_searches(qtbot, app):
    press(qtbot, KEY.Key_Down)
    search(qtbot, app)
    first = app.search.current
    press(qtbot, KEY.Key_Down)
    search(qtbot, app)
    second = app.search.current
    viewport = app.window.table.viewport()
    for button, wanted in ((BACK, first), (FORWARD, second)):
        with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
            qtbot.mouseClick(viewport, button, pos=row(app, 2))
        assert app.search.current == wanted


@pytest.mark.parametrize("way", ["click", "double click", "Enter"])
def test_the_current_row_plays_again(qtbot, app, way):
    press(qtbot, KEY.Key_Down)
    qtbot.waitUntil(lambda: app.player.is_playing)
    press(qtbot, KEY.Key_Escape)
    assert not app.player.is_playing
    if way == "click":
        click(qtbot, app, 0)
    elif way == "Enter":
        press(qtbot, KEY.Key_Return)
    else:
        qtbot.mouseDClick(app.window.table.viewport(), LEFT, pos=row(app, 0))
    assert app.player.is_playing


def test_without_auto_play_a_double_click_plays_and_a_click_does_not(qtbot, app):
    app.window.commands["auto_play"].trigger()
    click(qtbot, app, 1)
    click(qtbot, app, 1)
    assert heard(app) == track(app, 1)
    assert not app.player.is_playing
    qtbot.mouseDClick(app.window.table.viewport(), LEFT, pos=row(app, 2))
    assert heard(app) == track(app, 2)
    assert app.player.is_playing


def test_enter_plays_the_current_row_of_several(qtbot, app):
    click(qtbot, app, 0)
    click(qtbot, app, 2, SHIFT)
    press(qtbot, KEY.Key_Return)
    assert heard(app) == track(app, 2)


def test_a_press_alone_plays_nothing_as_it_may_begin_a_drag(qtbot, app):
    click(qtbot, app, 0)
    qtbot.mousePress(app.window.table.viewport(), LEFT, pos=row(app, 2))
    assert heard(app) == track(app, 0)
    qtbot.mouseRelease(app.window.table.viewport(), LEFT, pos=row(app, 2))
    assert heard(app) == track(app, 2)


def test_ctrl_j_goes_to_what_is_heard(qtbot, app):
    press(qtbot, KEY.Key_Down)
    one = heard(app)
    app.window.table.begin()
    press(qtbot, KEY.Key_J, CTRL)
    assert app.window.table.selected_ids() == [one]
    assert app.player.is_playing


def test_the_status_names_the_times_of_a_section(qtbot, app):
    press(qtbot, KEY.Key_Down)
    qtbot.waitUntil(lambda: app.player.duration_s is not None)
    app.playback.toggle()
    app.playback.seek_share(0.25)
    press(qtbot, KEY.Key_I)
    assert app.window.status.text.startswith("In 0:02.0:")
    app.playback.seek_share(0.5)
    press(qtbot, KEY.Key_O)
    assert app.window.status.text.startswith("Section 0:02.0 – 0:04.0:")
    app.playback.seek_share(0.125)
    press(qtbot, KEY.Key_O)
    assert app.window.status.text.startswith("Out 0:01.0:")


WAITS = "The highlight is not known yet"


def test_h_right_after_down_jumps_once_the_highlight_is_known(qtbot, app):
    drawings = []
    app.preview.drawn.connect(drawings.append)
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_H)
    assert app.window.status.text.startswith(WAITS)
    qtbot.waitUntil(lambda: bool(drawings) and drawings[-1].is_whole)
    wanted_s = highlight_s(drawings[-1].overview, drawings[-1].duration_s)
    qtbot.waitUntil(lambda: app.window.status.text == "" and wanted_s <= app.player.position_s < wanted_s + 2)


@pytest.mark.parametrize("key", [KEY.Key_Down, KEY.Key_5, KEY.Key_K])
def test_another_key_after_h_is_what_counts(qtbot, app, key):
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_H)
    assert app.window.status.text.startswith(WAITS)
    press(qtbot, key)
    assert not app.window.status.text.startswith(WAITS)


def wheel(widget, modifiers=NONE, turns=120, sideways=0):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(sideways, turns), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("turns", [120, -120, 15])
def test_nothing_changes_under_a_wheel_that_scrolls_past(qtbot, app, turns):
    press(qtbot, KEY.Key_Down)
    search(qtbot, app)
    qtbot.waitUntil(lambda: app.window.spectrogram.maximum() >= 7)
    window = app.window
    controls = [*window.findChildren(QSpinBox), *window.findChildren(QComboBox), volume(app)]

    def state():
        values = [c.value() if hasattr(c, "value") else c.currentIndex() for c in controls]
        return values, window.spectrogram.span_s, app.library.wanted, app.window.table.column_layout.state()

    before = state()
    for widget in (*controls, plot(window.spectrogram).viewport(), window.waveform, window.filter_panel.tree.viewport(),
                   window.table.horizontalHeader().viewport()):  # fmt: skip
        wheel(widget, turns=turns)
    assert state() == before
    controls[0].setFocus()
    wheel(controls[0], turns=turns)
    assert state() == before


def test_ctrl_and_the_wheel_zoom_and_shift_goes_sideways(qtbot, app):
    press(qtbot, KEY.Key_Down)
    qtbot.waitUntil(lambda: app.window.spectrogram.maximum() >= 7)
    picture = app.window.spectrogram
    wheel(plot(picture).viewport(), CTRL)
    start, end = picture.span_s
    assert end - start < 7
    wheel(plot(picture).viewport(), SHIFT, turns=-120)
    assert picture.span_s[0] > start


def test_the_wheel_changes_nothing_in_a_dialog(qtbot, app):
    seen = []

    def turn_all():
        dialog = QApplication.activeModalWidget()
        boxes = dialog.findChildren(QComboBox)
        before = [box.currentIndex() for box in boxes]
        for box in boxes:
            box.setFocus()
            wheel(box, turns=-120)
        seen.append((before, [box.currentIndex() for box in boxes]))
        dialog.reject()

    QTimer.singleShot(300, turn_all)
    app.window.commands["settings"].trigger()
    (before, after) = seen[0]
    assert before == after
    assert before


def test_volume_keys_mute_and_a_click_on_the_groove(qtbot, app, monkeypatch):
    slider, mute = volume(app), app.window.commands["mute"]
    press(qtbot, KEY.Key_Down, CTRL | SHIFT)
    assert (slider.value(), app.settings.volume) == (75, 0.75)
    assert app.window.status.text == "Volume 75 %"
    levels, set_level = [], app.player.set_level
    monkeypatch.setattr(app.player, "set_level", lambda level: (levels.append(level), set_level(level)))
    press(qtbot, KEY.Key_M)
    assert (mute.isChecked(), app.settings.muted, levels[-1]) == (True, True, 0.0)
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() // 4, slider.height() // 2))
    assert 20 <= slider.value() <= 30
    assert not mute.isChecked()
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    assert slider.value() == 100


@pytest.mark.parametrize("key", [KEY.Key_F10, KEY.Key_Alt])
def test_the_menu_opens_by_key_and_gives_the_focus_back(qtbot, app, key):
    press(qtbot, key)
    menu = QApplication.activePopupWidget()
    assert menu is main_menu(app)
    assert menu.activeAction() is menu.actions()[0]
    qtbot.keyClick(menu, KEY.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert app.window.table.hasFocus()


def test_the_list_is_sorted_by_key(qtbot, app):
    press(qtbot, KEY.Key_S, CTRL | SHIFT)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == [
        "Mark", "Heard", "Title", "Length", "BPM", "File format", "Comment", "File", "Folder", "Artist",
    ]  # fmt: skip
    with qtbot.waitSignal(app.library.view_changed):
        menu.actions()[list(SORTS).index("file")].trigger()
    menu.close()
    assert app.library.sort_key == "file"


def test_every_control_is_reached_by_tab(qtbot, app):
    press(qtbot, KEY.Key_Down)
    with_chips(qtbot, app)
    search(qtbot, app)
    app.playback.marking.mark_in()
    reached, first = set(), app.window.search_box
    first.setFocus()
    for _ in range(120):
        reached.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        if QApplication.focusWidget() is first:
            break
    window = app.window
    wanted = {*window.chips.findChildren(QToolButton), window.reference.scope, volume(app),
              window.table, window.waveform, window.filter_panel.tree, *window.filter_panel.findChildren(QSpinBox),
              window.findChild(QToolButton, "muteButton"), window.findChild(QToolButton, "menuButton")}  # fmt: skip
    assert {w for w in wanted if w.isVisible()} - reached == set()
    assert window.spectrogram in reached
    assert {w for w in reached if not w.isVisible() or w in window.spectrogram.findChildren(QWidget)} == set()
    assert np.all([not isinstance(widget, QDialog) for widget in reached])
