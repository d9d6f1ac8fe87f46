"""Each stop of Tab is a control that can be seen, and the filter is one of them however narrow it was dragged."""

import base64

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from bgm_finder.conditions import Filter
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_window(qtbot, tmp_path):
    def open_window(settings):
        window = MainWindow(settings, tmp_path / "keys.json")
        qtbot.addWidget(window)
        window.resize(1280, 720)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return open_window


def test_tab_stops_at_no_control_inside_a_picture(qtbot, open_window):
    window = open_window(Settings())
    window.chips.show_filter(Filter(ticked={"genre": frozenset({"rock"})}))
    window.table.setFocus()
    stops = []
    while (control := QApplication.focusWidget()) not in stops:
        stops.append(control)
        qtbot.keyClick(control, Qt.Key.Key_Tab)
    assert control is window.table
    assert {window.spectrogram, window.waveform, window.search_box, window.filter_panel.tree} <= set(stops)
    inside = window.spectrogram.findChildren(QWidget)
    assert [stop for stop in stops if stop in inside or not stop.isVisible()] == []


def test_the_filter_cannot_be_dragged_out_of_sight(qtbot, open_window):
    window = open_window(Settings())
    handle = window.findChild(QSplitter, "sides").handle(1)
    qtbot.mousePress(handle, LEFT, pos=handle.rect().center())
    qtbot.mouseMove(handle, QPoint(-window.width(), 10))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(-window.width(), 10))
    assert window.filter_panel.width() >= window.filter_panel.minimumSizeHint().width()
    assert window.filter_panel.isVisible()


def test_a_filter_that_was_left_shut_is_seen_at_the_next_start(open_window):
    settings = Settings()
    window = open_window(settings)
    sides = window.findChild(QSplitter, "sides")
    sides.setChildrenCollapsible(True)
    sides.setSizes([0, window.width()])
    settings.window = {"sides": base64.b64encode(sides.saveState().data()).decode("ascii")}
    again = open_window(settings)
    assert again.filter_panel.width() >= again.filter_panel.minimumSizeHint().width()
    assert not again.findChild(QSplitter, "sides").childrenCollapsible()
