"""The look: where the focus is, and letters that are not the window's own."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QTableView, QTreeWidget

from bgm_finder.gui.theme import apply_font, apply_theme


@pytest.fixture
def look(qapp):
    """Put the application's look back as it was."""
    palette, rules, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    yield
    qapp.setStyleSheet(rules)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("kind", [QTableView, QTreeWidget])
def test_a_list_with_the_focus_has_a_frame(qtbot, qapp, look, theme, kind):
    apply_theme(qapp, theme)
    shown = kind()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(shown.hasFocus)
    frame = shown.grab().toImage().pixelColor(0, shown.height() // 2)
    assert frame == qapp.palette().color(QPalette.ColorRole.Accent)


def test_japanese_tags_have_a_japanese_family_in_an_english_window(qapp, look):
    installed = [name for name in QFontDatabase.families() if name in ("Noto Sans CJK JP", "Hiragino Sans")]
    if not installed:
        pytest.skip("no Japanese family is installed")
    apply_font(qapp, QLocale("en"))
    english = qapp.font().families()
    assert english[-1] in installed
    assert english[0] in QFontDatabase.families()  # the system's own, by a name that is one
    assert english[0] not in installed
    apply_font(qapp, QLocale("ja"))
    assert qapp.font().families()[0] in installed
