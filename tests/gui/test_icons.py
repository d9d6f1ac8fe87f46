"""The icons, which are drawn once."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QMainWindow, QToolButton

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.icons import DrawnIcons
from bgm_finder.gui.player_bar import PlayerBar


@pytest.fixture
def bar(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(PlayerBar(Actions(window, tmp_path / "keys.json")))
    yield window.centralWidget()  # so that the window lives until the test is over


def test_an_icon_is_drawn_once_for_a_look(qtbot):
    icons, light, dark = DrawnIcons(), QPalette(), QPalette()
    dark.setColor(QPalette.ColorRole.ButtonText, QColor("white"))
    keys = [icons.icon("play", palette).cacheKey() for palette in (light, dark, light)]
    assert keys[0] == keys[2] != keys[1]


def test_playing_and_pausing_draw_no_new_icons(bar):
    keys = set()
    for number in range(10):
        bar.set_playing(number % 2 == 0)
        keys.add(bar.findChild(QToolButton, "playButton").icon().cacheKey())
    assert len(keys) == 2
