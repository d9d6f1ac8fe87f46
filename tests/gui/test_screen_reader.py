"""What a screen reader is told, as Qt hands it to the system's."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from bgm_finder.catalogue.in_memory.columns import MISSING
from bgm_finder.controllers.listing import Rows
from bgm_finder.controllers.playback import Sounding
from bgm_finder.controllers.search import Search
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.track_model import COLUMNS
from bgm_finder.settings import Settings
from bgm_finder.track import Reference


@pytest.fixture
def window(qtbot, tmp_path):
    made = MainWindow(Settings(language="en"), tmp_path / "keys.json")
    qtbot.addWidget(made)
    made.show()
    return made


def told(widget, what=QAccessible.Text.Name):
    return QAccessible.queryAccessibleInterface(widget).text(what)


@pytest.mark.parametrize("name", ["waveform", "spectrogram"])
def test_the_pictures_are_sliders_with_a_position(qtbot, window, name):
    view = getattr(window, name)
    view.begin(200.0)
    view.set_position(65.4)
    seen = QAccessible.queryAccessibleInterface(view)
    assert seen.role() == QAccessible.Role.Slider
    value = seen.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (65, 0, 200)
    with qtbot.waitSignal(view.position_requested) as requested:
        value.setCurrentValue(120)
    assert requested.args == [120.0]


def test_moving_on_asks_for_nothing(qtbot, window):
    asked = []
    window.waveform.position_requested.connect(asked.append)
    window.waveform.begin(200.0)
    for position_s in (0.0, 1.5, 199.0, 20.0):
        window.waveform.set_position(position_s)
    window.waveform.begin(10.0)
    assert asked == []


def test_position_and_length_can_be_read_out(window):
    window.player_bar.set_position(65.0, 200.0)
    assert told(window.player_bar.findChild(QLabel, "positionLabel")) == "Position and length: 1:05 / 3:20"


def test_a_row_says_what_the_eye_sees(window, columns):
    marks, states = columns.marks.copy(), columns.states.copy()
    marks[0], marks[1], states[1] = 1, -1, states[1] | MISSING
    table = window.table
    table.show_rows(replace(columns, marks=marks, states=states), Rows(np.arange(len(columns), dtype=np.int32)))
    table.tracks.heard_id = int(columns.ids[0])
    place, role = COLUMNS.index("title"), Qt.ItemDataRole.AccessibleTextRole
    assert table.tracks.index(0, place).data(role) == f"{columns.titles[0]}, kept, playing"
    assert table.tracks.index(1, place).data(role) == f"{columns.titles[1]}, rejected, missing"


def test_nothing_that_is_read_out_has_markup(window):
    window.player_bar.set_sounding(Sounding("/music/Q & A <b>bold.wav", "Q & A <b>bold"))
    window.status.say("Kept: Q & A <b>bold")
    window.reference.show_search(Search((Reference(Path("/music/Q & A <b>bold.wav")),), ("Q & A <b>bold",)))
    texts = [
        told(widget, what)
        for widget in window.findChildren(QWidget)
        for what in (QAccessible.Text.Name, QAccessible.Text.Description)
        if not widget.objectName().startswith("qt_")
    ]
    assert any("Q & A <b>bold" in text for text in texts)
    assert not [text for text in texts if "<span" in text or "&amp;" in text or "&lt;" in text or "<br>" in text]
