"""The columns of the list are kept by name."""

import json

import pytest
from PySide6.QtWidgets import QHeaderView

from bgm_finder.gui.track_model import COLUMNS, RANKING_COLUMNS
from bgm_finder.gui.track_table import TrackTable

FORMER = (
    "AAAA/wAAAAAAAAABAAAAAQAAAAAAAAAAEAAAAAAAAAABAAAAAwAAAAQAAAAFAAAABgAAAAcAAAAIAAAACQAAAAoAAAALAAAADAAA"
    "AAIAAAANAAAADgAAAA8AAAAQAAAAAAAAAAEAAAAMAAAAAgAAAAMAAAAEAAAABQAAAAYAAAAHAAAACAAAAAkAAAAKAAAACwAAAA0A"
    "AAAOAAAADwAAABA4UgAAAAYAAAAOAAAAoAAAAAIAAAA+AAAABAAAAL4AAAALAAAARwAAAAMAAABoAAAACAAAAFoAAAPHAAAAEAEB"
    "AAEAAAAAAAAAAAAAAABk/////wAAAIEAAAAAAAAAEAAAABoAAAABAAAAAAAAAMwAAAABAAAAAAAAAFgAAAABAAAAAAAAAAAAAAAB"
    "AAAAAAAAAAAAAAABAAAAAAAAAAAAAAABAAAAAAAAADgAAAABAAAAAAAAAE0AAAABAAAAAAAAAFoAAAABAAAAAAAAAAAAAAABAAAA"
    "AAAAAFwAAAABAAAAAAAAAGgAAAABAAAAAAAAAAAAAAABAAAAAAAAAB4AAAABAAAAAAAAAAAAAAABAAAAAAAAAMgAAAABAAAAAAAA"
    "A+gAAAAAyAAAAAAAAAAAAAAAAAAAAAE="
)
"""Qt's own state by place: format moved behind title, bpm 77 wide, tempo hidden with 71, genre hidden, folder shown."""


@pytest.fixture
def new_table(qtbot):
    def show():
        shown = TrackTable()
        qtbot.addWidget(shown)
        shown.resize(900, 300)
        shown.show()
        return shown

    return show


def order(table):
    header = table.horizontalHeader()
    shown = [c for c in range(len(COLUMNS)) if not header.isSectionHidden(c)]
    return [COLUMNS[column] for column in sorted(shown, key=header.visualIndex)]


def width(table, name):
    return table.columnWidth(COLUMNS.index(name))


def test_a_moved_widened_and_hidden_column_is_so_again(new_table):
    table, again = new_table(), new_table()
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(COLUMNS.index("bpm")), 0)
    header.resizeSection(COLUMNS.index("title"), 321)
    header.resizeSection(COLUMNS.index("mood"), 123)
    for name in ("mood", "genre"):
        table.setColumnHidden(COLUMNS.index(name), True)
    again.column_layout.restore(table.column_layout.state())
    assert order(again) == order(table)
    assert order(again)[0] == "bpm" and width(again, "title") == 321
    again.setColumnHidden(COLUMNS.index("mood"), False)
    assert width(again, "mood") == 123


def test_the_width_of_the_last_column_is_its_own_though_it_fills_the_window(new_table):
    table = new_table()
    before = table.column_layout.state()
    table.resize(1400, 300)
    assert width(table, "comment") > 400
    assert table.column_layout.state() == before


def test_what_was_kept_by_place_is_read(new_table):
    table = new_table()
    table.column_layout.restore(FORMER)
    assert order(table) == [
        "mark", "heard", "title", "format", "note", "duration", "bpm", "use", "mood", "instrument", "comment", "folder",
    ]  # fmt: skip
    assert width(table, "bpm") == 77
    table.setColumnHidden(COLUMNS.index("tempo"), False)
    assert width(table, "tempo") == 71
    shown = {action.text(): action.isChecked() for action in table.horizontalHeader().actions()}
    assert not shown["Genre"] and shown["Folder"]


def test_a_column_that_was_not_there_stands_behind_its_neighbour_and_one_that_is_gone_is_passed_over(new_table):
    kept = [name for name in reversed(COLUMNS) if name not in ("mood", "mark")]
    entries = [{"name": name, "width": 90, "is_hidden": False} for name in ("gone", *kept)]
    table = new_table()
    table.column_layout.restore(json.dumps(entries))
    expected = [name for name in kept if name not in RANKING_COLUMNS]
    expected.insert(expected.index("genre") + 1, "mood")
    assert order(table) == ["mark", *expected]


@pytest.mark.parametrize(
    "state",
    ["", "[", "null", "[1, null]", '[{"name": "title"}]', '[{"name": 3, "width": 9, "is_hidden": true}]', "AAAA"],
)
def test_a_damaged_state_leaves_the_columns_as_they_are(new_table, state):
    table = new_table()
    before = table.column_layout.state()
    table.column_layout.restore(state)
    assert table.column_layout.state() == before


def test_the_title_can_be_seen_whatever_was_kept(new_table):
    table = new_table()
    table.column_layout.restore('[{"name": "title", "width": -5, "is_hidden": true}]')
    assert order(table)[2] == "title" and width(table, "title") >= QHeaderView.minimumSectionSize(table.sort_header)


def test_the_numbers_of_a_ranking_are_shown_where_someone_chose_them(new_table):
    table, again, former = new_table(), new_table(), new_table()
    table.column_layout.retranslate()
    table.set_ranking(True)
    assert order(table)[2:5] == ["title", "closeness", "duration"]
    next(action for action in table.horizontalHeader().actions() if action.text() == "Cosine").trigger()
    assert order(table)[2:6] == ["title", "closeness", "score", "duration"]
    table.set_ranking(False)
    assert order(table)[2:4] == ["title", "duration"]
    again.column_layout.restore(table.column_layout.state())
    again.set_ranking(True)
    assert order(again)[2:6] == ["title", "closeness", "score", "duration"]
    former.column_layout.restore(FORMER)
    former.set_ranking(True)
    assert order(former)[2:5] == ["title", "closeness", "format"]
