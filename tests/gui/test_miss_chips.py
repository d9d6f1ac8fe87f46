"""What keeps a track out, as chips in the list."""

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics

from bgm_finder.controllers.listing import Rows
from bgm_finder.gui.miss_chips import fitted
from bgm_finder.gui.track_model import COLUMNS
from bgm_finder.gui.track_table import TrackTable
from bgm_finder.track import Match, Outside

TEXTS = ["no Use tag", "Genre: rock", "Length: 4:22"]


def test_what_has_no_room_is_counted_and_the_first_chip_is_always_there(qapp):
    metrics = QFontMetrics(qapp.font())
    whole = fitted(TEXTS, metrics, 2000)
    assert [text for text, _ in whole] == TEXTS
    room = sum(width for _, width in whole) + 14
    seen = set()
    for room_px in range(room, 60, -7):
        chips = fitted(TEXTS, metrics, room_px)
        texts, widths = zip(*chips, strict=True)
        assert sum(widths) + 4 * (len(widths) - 1) <= room_px - 6
        assert texts[0] == TEXTS[0] or texts[0].endswith("…")
        hidden = int(texts[-1].removeprefix("+")) if texts[-1].startswith("+") else 0
        assert len(texts) - bool(hidden) + hidden == len(TEXTS)
        seen.add(hidden)
    assert seen == {0, 1, 2}


@pytest.mark.parametrize("is_selected", [False, True])
def test_chips_are_painted_in_the_cell(qtbot, columns, is_selected):
    table = TrackTable()
    qtbot.addWidget(table)
    table.resize(900, 200)
    misses = (Outside("genre"), Outside("mood", "sad"))
    matches = {0: Match(int(columns.ids[0]), 0.5, 50.0, misses), 1: Match(int(columns.ids[1]), 0.4, 40.0)}
    table.show_rows(columns, Rows(np.array([0, 1], np.int32), {}, matches))
    table.set_ranking(True, has_outside=True)
    if is_selected:
        table.selectAll()
    table.show()
    qtbot.waitExposed(table)

    def colours(place):
        cell = table.visualRect(table.tracks.index(place, COLUMNS.index("outside")))
        picture = table.viewport().grab(cell).toImage()
        return {picture.pixelColor(x, picture.height() // 2).rgb() for x in range(picture.width())}

    assert len(colours(0)) > 3
    assert len(colours(1)) == 1
