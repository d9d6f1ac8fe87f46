"""What the ranking is asked by, above the list."""

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMainWindow

from bgm_finder.audio.picture import MelPicture
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.reference_panel import ReferencePanel
from bgm_finder.track import Section


@pytest.fixture
def panel(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    shown = ReferencePanel(Actions(window, tmp_path / "keys.json"))
    window.setCentralWidget(shown)
    window.show()
    shown.show()
    yield shown  # so that the window lives until the test is over


def test_a_closed_choice_of_scope_gives_the_arrows_back_to_the_list(qtbot, panel):
    with qtbot.waitSignal(panel.scope_closed):
        panel.scope.hidePopup()


def test_its_name_stands_out_while_it_sounds(panel):
    name = panel.findChild(QLabel, "referenceName")
    panel.set_position(1.0, True)
    assert name.foregroundRole() == QPalette.ColorRole.Accent
    panel.set_position(None, False)
    assert name.foregroundRole() == QPalette.ColorRole.WindowText


def test_its_picture_shows_what_is_marked_and_what_is_searched_by(panel):
    strip = panel.strip
    levels = np.full((8, 100), -80.0, np.float32)
    levels[:, 0] = 0.0
    strip.set_picture(MelPicture(levels, 0.1, 0.0, 4000.0, 10.0), 10.0)

    def columns(y):
        image = strip.grab().toImage()
        dark = image.pixelColor(strip.width() // 10, y)
        changed = [x for x in range(strip.width() // 10, strip.width()) if image.pixelColor(x, y) != dark]
        return (changed[0] / strip.width() * 10, changed[-1] / strip.width() * 10) if changed else None

    foot, middle = strip.height() - 2, strip.height() // 2
    assert columns(middle) is None and columns(foot) is None
    strip.set_section(Section(2.0, 4.0))
    assert columns(middle) == pytest.approx((2.0, 4.0), abs=0.15)
    strip.set_section(None)
    strip.set_searched(Section(5.0, 6.0))
    assert columns(middle) is None
    assert columns(foot) == pytest.approx((5.0, 6.0), abs=0.15)


def test_its_picture_is_framed_while_it_is_what_is_heard(panel):
    def edge():
        return panel.strip.grab().toImage().pixelColor(panel.strip.width() // 2, 0)

    before = edge()
    panel.set_position(1.0, True)
    assert edge() == panel.palette().color(QPalette.ColorRole.Accent) != before
    panel.set_position(None, False)
    assert edge() == before


def test_the_picture_stays_in_a_narrow_window(panel):
    panel.window().resize(400, 100)
    assert panel.strip.width() >= 100
