"""The list under the hands of its user."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from bgm_finder.controllers.list_position import Arrival, ListPosition, Position, Scroll
from bgm_finder.controllers.listing import Heading, Listing, Rows
from bgm_finder.gui.theme import apply_theme
from bgm_finder.gui.track_model import COLUMNS
from bgm_finder.gui.track_table import TrackTable
from bgm_finder.track import Closeness, Match, Scope


@pytest.fixture
def table(qtbot, columns):
    shown = TrackTable()
    qtbot.addWidget(shown)
    shown.resize(900, 300)
    shown.show()
    shown.show_rows(columns, Rows(np.arange(len(columns), dtype=np.int32)))
    return shown


HEADINGS = {0: Heading(Scope.INSIDE, 1), 2: Heading(Scope.OUTSIDE, 1)}


@pytest.fixture
def replace_rows(table, columns):
    """Show other rows as the list's owner does, which is told of every row that becomes current."""
    position = ListPosition()
    table.row_changed.connect(position.move)

    def show(rows, arrival=Arrival.SAME):
        listing = Listing(columns, Rows(np.array(rows, np.int32)), None)
        table.show_rows(columns, listing.rows, position.follow(listing, arrival))

    return show


class Painted(QObject):
    """Notes how high the pieces are that a widget paints."""

    def __init__(self, widget):
        super().__init__(widget)
        self.heights = []
        widget.installEventFilter(self)

    def eventFilter(self, widget, event):
        if event.type() == QEvent.Type.Paint:
            self.heights.append(event.region().boundingRect().height())
        return False


def changes(table):
    heard = []
    table.current_changed.connect(lambda track_id, wants_sound: heard.append((track_id, wants_sound)))
    return heard


def test_down_goes_to_the_next_track_and_wants_its_sound(qtbot, table, columns):
    heard = changes(table)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == [(int(columns.ids[0]), True), (int(columns.ids[1]), True)]


def test_the_first_and_the_last_row_hold_still(qtbot, table, columns):
    heard = changes(table)
    for _ in range(len(columns) + 2):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert len(heard) == len(columns)


@pytest.mark.parametrize("look", ["dark", "light"])
def test_a_scroll_paints_the_rows_that_come_and_moves_the_others(qtbot, qapp, table, columns, look):
    before, palette = qapp.styleSheet(), qapp.palette()
    apply_theme(qapp, look)
    try:
        table.show_rows(columns, Rows(np.arange(200, dtype=np.int32) % len(columns)))
        painted = Painted(table.viewport())
        table.select(100)
        qtbot.waitUntil(lambda: painted.heights != [])
        qtbot.wait(50)
        painted.heights.clear()
        table.step(1)
        qtbot.waitUntil(lambda: painted.heights != [])
        assert max(painted.heights) < table.viewport().height() / 2
        on_screen = qapp.primaryScreen().grabWindow(table.winId()).toImage()
        assert on_screen.isNull() or on_screen == table.grab().toImage()
    finally:
        qapp.setStyleSheet(before)
        qapp.setPalette(palette)


def test_home_and_end_lead_to_the_first_and_the_last_track_of_a_new_ranking(qtbot, table, columns):
    rows = np.array([-1, *range(len(columns)), -1], np.int32)
    table.show_rows(
        columns, Rows(rows, {0: Heading(Scope.INSIDE, len(columns)), len(rows) - 1: Heading(Scope.OUTSIDE, 0)})
    )
    for key, place in ((Qt.Key.Key_Home, 1), (Qt.Key.Key_End, len(columns)), (Qt.Key.Key_Home, 1)):
        qtbot.keyClick(table, key)
        assert table.currentIndex().row() == place
    table.begin()
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    assert table.currentIndex().row() == 1


def test_steps_go_over_headings(table, columns):
    match = Match(int(columns.ids[0]), 0.9, 99.0)
    table.show_rows(columns, Rows(np.array([-1, 2, -1, 0], np.int32), HEADINGS, {1: match, 3: match}))
    table.step(1)
    assert table.currentIndex().row() == 1
    table.step(1)
    assert table.currentIndex().row() == 3
    table.step(-1)
    assert table.currentIndex().row() == 1


def test_a_silent_step_wants_no_sound(table, columns):
    heard = changes(table)
    table.step(1, silently=True)
    assert heard == [(int(columns.ids[0]), False)]


def test_a_replaced_list_keeps_the_current_track_and_says_nothing(table, columns, replace_rows):
    table.select(2)
    heard = changes(table)
    replace_rows([3, 2])
    assert table.currentIndex().row() == 1
    assert table.current_id() == int(columns.ids[2])
    assert heard == []


def test_several_selected_tracks_stay_selected(table, columns, replace_rows):
    table.selectAll()
    replace_rows([3, 1])
    assert sorted(table.selected_ids()) == sorted(int(columns.ids[row]) for row in (1, 3))


def test_several_selected_tracks_are_so_again_after_a_list_without_them_unless_others_were_chosen(
    table, columns, replace_rows
):
    ids = [int(track_id) for track_id in columns.ids]
    for choose, expected in ((lambda: None, ids[:3]), (lambda: table.select(0), ids[3:])):
        replace_rows([0, 1, 2])
        table.select(0)
        table.selectAll()
        replace_rows([3], Arrival.OTHER)
        choose()
        replace_rows([3, 2, 1, 0])
        assert sorted(table.selected_ids()) == expected


def click_heading(qtbot, table, name):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(COLUMNS.index(name)) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_heading_requests_an_order_and_a_second_one_turns_it(qtbot, table):
    args = []
    table.sort_header.sort_requested.connect(
        lambda key, descending: (args.append((key, descending)), table.sort_header.show_sort(*args[-1]))
    )
    table.sort_header.show_sort("title", False)
    for name in ("duration", "duration", "duration", "genre", "title"):
        click_heading(qtbot, table, name)
    assert args == [("duration", False), ("duration", True), ("duration", False), ("title", False)]


def test_where_the_current_track_left_the_list_the_next_step_goes_on(table, columns, replace_rows):
    table.select(2)
    replace_rows([0, 1, 3])
    assert table.current_id() is None
    table.step(1)
    assert table.current_id() == int(columns.ids[3])


def test_a_place_lost_in_a_longer_list_holds_no_key_back(table, columns, replace_rows):
    table.select(3)
    replace_rows([0, 1])
    assert table.step(1)
    assert table.current_id() == int(columns.ids[0])


def test_the_place_of_a_track_that_left_survives_the_next_reading(table, columns, replace_rows):
    table.select(2)
    replace_rows([0, 1, 3])
    replace_rows([1, 0, 3])
    table.step(1)
    assert table.current_id() == int(columns.ids[3])


def test_a_track_that_comes_back_is_current_again(table, columns, replace_rows):
    heard = changes(table)
    table.select(2)
    replace_rows([0, 1])
    replace_rows([3, 2, 1])
    assert table.current_id() == int(columns.ids[2])
    assert heard == [(int(columns.ids[2]), True)]


def test_a_list_of_other_tracks_begins_at_its_top(table, columns, replace_rows):
    table.select(1)
    replace_rows([0, 2, 3], Arrival.OTHER)
    table.step(1)
    assert table.current_id() == int(columns.ids[0])


def test_a_list_to_walk_from_its_top_keeps_the_current_track_until_the_next_step(qtbot, table, columns, replace_rows):
    table.select(1)
    heard = changes(table)
    replace_rows([3, 2, 1, 0], Arrival.FROM_TOP)
    assert (table.current_id(), table.selected_ids()) == (int(columns.ids[1]), [int(columns.ids[1])])
    assert heard == []
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == [(int(columns.ids[row]), True) for row in (3, 2)]


def test_the_current_track_at_the_top_is_not_stepped_to_again(table, columns, replace_rows):
    table.select(1)
    replace_rows([1, 2, 3], Arrival.FROM_TOP)
    table.step(1)
    assert table.current_id() == int(columns.ids[2])


def test_after_a_click_on_the_current_track_the_next_step_goes_on_from_it(qtbot, table, columns, replace_rows):
    table.select(1)
    replace_rows([3, 1, 2, 0], Arrival.FROM_TOP)
    place = table.visualRect(table.tracks.index(1, COLUMNS.index("title"))).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.step(1)
    assert table.current_id() == int(columns.ids[2])


def test_the_arrows_of_the_list_itself_go_over_headings(qtbot, table, columns):
    rows = Rows(np.array([-1, 2, -1, 0], np.int32), HEADINGS)
    table.show_rows(columns, rows, Position(None, 0, Scroll.TOP))
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 1)):
        qtbot.keyClick(table, key)
        assert table.currentIndex().row() == place


def test_bare_letters_do_not_search_the_list(qtbot, table, columns):
    table.select(0)
    qtbot.keyClicks(table, "d")
    assert table.currentIndex().row() == 0


def test_lists_and_pictures_refuse_input_methods(table):
    assert not table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("is_selected", [False, True])
def test_the_word_for_closeness_can_be_read_and_the_bar_is_as_long_as_it_is_close(
    qapp, table, columns, theme, is_selected
):
    palette, rules = qapp.palette(), qapp.styleSheet()
    try:
        apply_theme(qapp, theme)
        levels = (0.25, 0.75)
        matches = {
            place: Match(int(columns.ids[place]), 0.5, 50.0, closeness=Closeness.RELATED, closeness_level=level)
            for place, level in enumerate(levels)
        }
        table.set_ranking(True)
        table.show_rows(columns, Rows(np.array([0, 1], np.int32), {}, matches))
        if is_selected:
            table.selectAll()
        column = COLUMNS.index("closeness")
        bars = []
        for place in range(2):
            cell = table.visualRect(table.tracks.index(place, column))
            picture = table.viewport().grab(cell).toImage()
            middle = [picture.pixelColor(x, picture.height() // 2 + 1) for x in range(picture.width())]
            bars.append(sum(colour == middle[6] for colour in middle[:52]))
            ground = picture.pixelColor(picture.width() - 3, 2)
            letters = [picture.pixelColor(x, y) for x in range(56, picture.width()) for y in range(picture.height())]
            assert max(contrast(ground, letter) for letter in letters) >= 4.5
            assert contrast(ground, middle[6]) >= 3  # what is no text may be weaker
        assert bars == [pytest.approx(level * 44, abs=1) for level in levels]
    finally:
        qapp.setStyleSheet(rules)
        qapp.setPalette(palette)


def contrast(one, other):
    """Return how well two colours stand out from each other, 1 to 21 (WCAG)."""

    def light(colour):
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
