"""The list's rows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.controllers.listing import Heading, Rows
from bgm_finder.gui.track_model import COLUMNS, MISSES, TrackModel
from bgm_finder.track import Match, Outside, Scope

TOOL_TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def model(qapp, columns):
    shown = TrackModel(QPalette)
    shown.show(columns, Rows(np.arange(len(columns), dtype=np.int32)))
    return shown


def texts(model, name):
    return [model.index(row, COLUMNS.index(name)).data() for row in range(model.rowCount())]


def test_keeps_the_rules_of_item_models(model, qtmodeltester):
    qtmodeltester.check(model)


def test_shows_the_columns_in_the_order_of_the_rows(model, columns):
    model.show(columns, Rows(np.array([3, 0], np.int32)))
    assert texts(model, "title") == [columns.titles[3], columns.titles[0]]


def test_shows_all_tags_of_a_category_in_one_cell(model, columns):
    row = columns.titles.index("alpha")
    assert texts(model, "genre")[row] == "rock"
    assert texts(model, "mood")[row] == "calm"
    assert texts(model, "use")[row] == ""


def test_headings_hold_no_track_and_cannot_be_selected(model, columns):
    rows = np.array([-1, 2], np.int32)
    match = Match(int(columns.ids[2]), 0.5, 99.0, (Outside("genre"), Outside(limit="length", tag="4:22")))
    model.show(columns, Rows(rows, {0: Heading(Scope.INSIDE, 1)}, {1: match}))
    assert model.id_at(0) is None
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert texts(model, "title")[0] == "Inside your filter – 1"
    assert texts(model, "score") == ["", "0.500\u2002"]  # the gap keeps it apart from the next column
    assert model.index(1, COLUMNS.index("score")).data(Qt.ItemDataRole.AccessibleTextRole) == "0.500"
    outside = model.index(1, COLUMNS.index("outside"))
    assert outside.data() == outside.data(Qt.ItemDataRole.AccessibleTextRole) == "no Genre tag · Length: 4:22"
    assert outside.data(TOOL_TIP) == "<span>no Genre tag<br>Length: 4:22</span>"
    assert outside.data(MISSES) == ["no Genre tag", "Length: 4:22"]


def test_dragged_rows_are_the_files_themselves(model, columns):
    mime = model.mimeData([model.index(row, column) for row in (0, 2) for column in range(3)])
    assert [Path(url.toLocalFile()) for url in mime.urls()] == [Path(columns.paths[0]), Path(columns.paths[2])]
    assert mime.text().splitlines() == [columns.paths[0], columns.paths[2]]


def test_tool_tips_show_markup_as_text(model, columns):
    row = columns.titles.index("beta <b>bold")
    tip = model.index(row, COLUMNS.index("title")).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert "<b>" not in tip


def test_headings_that_do_not_speak_for_themselves_have_a_tool_tip(model):
    explained = [n for n in COLUMNS if model.headerData(COLUMNS.index(n), Qt.Orientation.Horizontal, TOOL_TIP)]
    assert explained == ["mark", "closeness", "score", "percentile", "outside", "heard"]


def test_a_title_of_several_lines_stays_in_its_row(model, columns):
    titles = Texts.of(["one\ntwo\r\nthree", *columns.titles[1:]])
    model.show(replace(columns, titles=titles), model.shown)
    assert texts(model, "title")[0] == "one two three"


def test_a_list_whose_tracks_stay_is_not_built_anew(model, columns):
    changed, reset = [], []
    model.dataChanged.connect(lambda *_: changed.append(1))
    model.modelReset.connect(lambda: reset.append(1))
    assert not model.show(columns, Rows(np.arange(len(columns), dtype=np.int32)))
    assert (len(changed), len(reset)) == (1, 0)
    assert model.show(columns, Rows(np.array([2, 1], np.int32)))
    assert len(reset) == 1
