"""The shortlist, and a marked section, are handed to an editing program from the window, by keyboard alone."""

import shutil

import opentimelineio as otio
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from test_tag_names import in_dialog

from bgm_finder.gui.dialogs.export_dialog import ExportDialog
from bgm_finder.gui.dialogs.report_dialog import ReportDialog

EXPORT_MS = 30_000
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen screen's own words


@pytest.fixture
def app(open_app):
    return open_app()


@pytest.fixture
def export(qtbot, app):
    """Press the key, fill the dialog in by steps, and return what the report said."""

    def export(offer, folder):
        reports = []

        def choose(dialog):
            what, field = dialog.findChild(QComboBox, "exportWhat"), dialog.findChild(QLineEdit, "exportFolder")
            for _ in range(what.findData(offer)):
                qtbot.keyClick(what, Qt.Key.Key_Down)
            assert dialog.offer == offer
            field.selectAll()
            qtbot.keyClicks(field, str(folder))
            in_dialog(ReportDialog, read)
            qtbot.keyClick(field, Qt.Key.Key_Return)

        def read(dialog):
            reports.append((dialog.findChild(QLabel).text(), dialog.findChild(QPlainTextEdit).toPlainText()))
            assert dialog.findChild(QPushButton, "openFolder").isEnabled()
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

        in_dialog(ExportDialog, choose)
        qtbot.keyClick(app.window.table, Qt.Key.Key_E, CTRL_SHIFT)
        qtbot.waitUntil(lambda: bool(reports), timeout=EXPORT_MS)
        return reports[0]

    return export


def test_the_shortlist_lies_in_a_timeline_with_markers(qtbot, app, export, tmp_path):
    window = app.window
    window.table.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_F, Qt.Key.Key_F):
        qtbot.keyClick(window.table, key)
    columns = lambda: app.library.columns  # noqa: E731
    qtbot.waitUntil(lambda: int((columns().marks == 1).sum()) == 2, timeout=10_000)
    summary, lines = export("shortlist", tmp_path / "cut")
    assert summary == "2 files copied · 1 timeline written"
    assert sorted(lines.splitlines()) == sorted(str(path) for path in (tmp_path / "cut").iterdir())
    timeline = otio.adapters.read_from_file(str(tmp_path / "cut" / "BGM.otio"))
    (track,) = timeline.tracks
    assert [len(clip.markers) for clip in track] == [1, 1]
    assert {marker.name for clip in track for marker in clip.markers} == {"Highlight"}
    assert not window.status.export_progress.isVisible()
    assert app.settings.save_folders["export"] == str(tmp_path / "cut")
    assert app.settings.export["formats"] == "otio"


def test_a_marked_section_is_cut_out(qtbot, app, export, tmp_path):
    window = app.window
    window.table.setFocus()
    qtbot.keyClick(window.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: (app.player.duration_s or 0) > 7, timeout=10_000)
    for key in (Qt.Key.Key_K, Qt.Key.Key_2, Qt.Key.Key_I, Qt.Key.Key_6, Qt.Key.Key_O):
        qtbot.keyClick(window.table, key)
    section = app.playback.marking.section
    export("section", tmp_path / "cut")
    (made,) = (tmp_path / "cut").glob("*.wav")
    assert soundfile.info(made).duration == pytest.approx(section.end_s - section.start_s, abs=0.08)  # whole frames
    shutil.rmtree(tmp_path / "cut")
