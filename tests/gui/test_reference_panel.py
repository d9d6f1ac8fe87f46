"""What the ranking is asked by, above the list."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMainWindow

from bgm_finder.audio.picture import MelPicture
from bgm_finder.controllers.search import Beside, Search
from bgm_finder.gui.actions import Actions
from bgm_finder.gui.reference_panel import ReferencePanel
from bgm_finder.track import Reference, Section


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


ONE, OTHER, AWAY, KEPT = (Reference(Path(f"/{name}.wav"), number) for number, name in enumerate("abcd"))


def choose(qtbot, panel, chip, text, signal):
    """Choose an entry of a chip's menu, and return what is requested."""
    with qtbot.waitSignal(signal) as requested:
        next(action for action in panel.chips.chips[chip].menu().actions() if action.text() == text).trigger()
    return requested.args[0]


def test_one_reference_alone_has_no_chip(panel):
    panel.show_search(Search((ONE,), ("a",)))
    assert panel.chips.chips == [] and not panel.chips.isVisible()


def test_references_have_chips_with_weights_and_can_be_taken_away(qtbot, panel):
    search = Search((ONE, OTHER), ("a", "b"))
    panel.show_search(search)
    requested = panel.chips.search_requested
    heavier = choose(qtbot, panel, 1, "Weight 2", requested)
    assert heavier == Search((ONE, OTHER), ("a", "b"), (1.0, 2.0))
    panel.show_search(heavier)
    assert [chip.accessibleName() for chip in panel.chips.chips] == ["a", "b  ×2"]
    assert choose(qtbot, panel, 0, "Remove", requested) == Search((OTHER,), ("b",), (2.0,))


def test_what_the_search_leads_away_from_has_a_chip_of_its_own(qtbot, panel):
    search = Search((ONE,), ("a",), beside=(Beside(AWAY, "c"),))
    panel.show_search(search)
    requested = panel.chips.search_requested
    assert [chip.accessibleName() for chip in panel.chips.chips] == ["a", "not like: c"]
    lighter = choose(qtbot, panel, 1, "Weight ½", requested)
    assert lighter.beside == (Beside(AWAY, "c", 0.5),)
    assert choose(qtbot, panel, 1, "Remove", requested) == Search((ONE,), ("a",))


def test_what_is_learned_is_named_and_can_be_left_out(qtbot, panel):
    learned = (Beside(KEPT, "d", is_like=True, is_learned=True), Beside(AWAY, "c", is_learned=True))
    panel.show_search(Search((ONE,), ("a",), beside=learned, learns=True))
    assert [chip.accessibleName() for chip in panel.chips.chips] == [
        "a",
        "from marks: 1 kept",
        "from marks: 1 rejected",
    ]
    assert choose(qtbot, panel, 1, "Remove d", panel.chips.left_out_requested) == [KEPT.track_id]
