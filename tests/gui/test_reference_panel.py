"""What the ranking is asked by, above the list."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMainWindow

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.reference_panel import ReferencePanel


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
    panel.set_position(1.0, True)
    assert panel._name.foregroundRole() == QPalette.ColorRole.Accent
    panel.set_position(None, False)
    assert panel._name.foregroundRole() == QPalette.ColorRole.WindowText


def test_the_picture_stays_in_a_narrow_window(panel):
    panel.window().resize(400, 100)
    assert panel.strip.width() >= 100
