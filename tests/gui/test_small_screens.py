"""All of each window is on a small screen: 1366 × 768 at 150 % and 1920 × 1080 at 200 %, in both languages."""

import base64

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QToolButton, QWidget

from bgm_finder.gui.dialogs.folders_dialog import FoldersDialog
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.elided_label import ElidedLabel
from bgm_finder.gui.language import Language
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.theme import apply_theme
from bgm_finder.jobs.job import Progress
from bgm_finder.settings import Settings
from bgm_finder.track import Section, Tag

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ROOMS = (QSize(911, 484), QSize(960, 512))
"""The screens without the desktop's own bar."""


class _Screen:
    def __init__(self, room):
        self._room = room

    def availableSize(self):  # noqa: N802 - Qt's own name
        return self._room

    def availableGeometry(self):  # noqa: N802
        return QRect(QPoint(0, 0), self._room)


@pytest.fixture(params=ROOMS, ids=lambda room: f"{room.width()}x{room.height()}")
def room(request, monkeypatch):
    monkeypatch.setattr(QWidget, "screen", lambda _self: _Screen(request.param))
    return request.param


@pytest.fixture(scope="module", params=["en", "ja"])
def language(request, qapp):
    chosen = Language(qapp)
    chosen.use(request.param)
    apply_theme(qapp, "dark")
    yield request.param
    chosen.use("en")
    chosen.forget()


def is_within(window, room):
    return window.width() <= room.width() and window.height() <= room.height()


def cut(window):
    """The controls that are smaller than their content needs, or stand outside the window."""
    found = []
    for kind in (QToolButton, QPushButton, QComboBox, QLineEdit):
        for widget in window.findChildren(kind):
            if widget.isVisible() and not isinstance(widget.parent(), QLineEdit | QComboBox):
                place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                is_small = widget.width() < widget.minimumSizeHint().width()
                if not window.rect().contains(place) or is_small:
                    found.append(f"{widget.objectName()} {place.getRect()} {widget.minimumSizeHint().width()}")
    return found


def test_the_window_with_a_search_a_section_and_an_analysis(qtbot, qapp, tmp_path, room, language):
    window = MainWindow(Settings(language=language), tmp_path / "keys.json")
    qtbot.addWidget(window)
    window.show()
    window.reference.show()
    window.reference.scope.show()
    window.reference.findChild(ElidedLabel, "rankingState").show_text(
        "10,802 inside the filter, 589,198 outside · 1,234 not analysed yet"
    )
    window.reference.findChild(ElidedLabel, "referenceName").show_text(
        "A title that is as long as titles of stock music are, with a version behind it"
    )
    window.player_bar.section.show_section(Section(3_601.0, 3_725.0))
    window.player_bar.set_silent(True)
    window.status.progress.show_busy(True)
    window.status.progress.show_progress(Progress(123_456, 600_000, "a", "draw", 1_200.0))
    window.status.warn("A sentence of the length that a warning has, with a folder's name in it", "Show list")
    window.count.setText("123,456 of 600,000")
    for _ in range(3):  # layouts ask each other again
        qapp.processEvents()
    assert is_within(window, room), window.size()
    assert not cut(window)
    for panel in (window.table, window.spectrogram, window.waveform, window.filter_panel.tree):
        assert panel.width() >= 150 and panel.height() >= 36


def test_dialogs(qtbot, qapp, tmp_path, room, language):
    window = MainWindow(Settings(language=language), tmp_path / "keys.json")
    qtbot.addWidget(window)
    tags = {Tag("genre", f"name {number}"): 1 for number in range(40)}
    for dialog in (
        SettingsDialog(Settings(language=language), ["default", "article"], window),
        ShortcutsSheet(window.commands, window),
        TagDialog(tags, 1, {"genre": ["rock"]}, window, "A title" * 20),
        FoldersDialog([tmp_path / ("folder" * 20)], lambda _: 10_000, window),
        ReportDialog(
            "Report", "A sentence. " * 30, [f"/a/long/path/{n}: " + "reason " * 20 for n in range(99)], window
        ),
    ):
        dialog.show()
        qapp.processEvents()
        assert is_within(dialog, room), dialog
        assert not cut(dialog), dialog
        dialog.close()


def test_a_geometry_of_a_larger_screen_is_brought_back(qtbot, qapp, tmp_path, monkeypatch):
    large = MainWindow(Settings(language="en"), tmp_path / "keys.json")
    qtbot.addWidget(large)
    large.setGeometry(1_700, 900, 1_900, 1_000)
    kept = {"geometry": base64.b64encode(large.saveGeometry().data()).decode("ascii")}
    monkeypatch.setattr(QWidget, "screen", lambda _self: _Screen(ROOMS[0]))
    window = MainWindow(Settings(language="en", window=kept), tmp_path / "keys.json")
    qtbot.addWidget(window)
    window.show()
    assert QRect(QPoint(0, 0), ROOMS[0]).contains(window.geometry()), window.geometry()
