"""What is said when the catalogue or the settings were damaged."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.catalogue.rescue import Rescue
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.flows.error_reports import ErrorReports
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.json_object import NotJsonObject
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.settings import Settings

DAMAGED = Refusal(Reason.DAMAGED_CATALOGUE, {"error": "page 3 is never used"})


@pytest.fixture
def error_reports(qtbot, tmp_path):
    window = MainWindow(Settings(language="en"), tmp_path / "keys.json")
    qtbot.addWidget(window)
    tasks = TaskQueue(window)
    flow = ErrorReports(window, tasks, tmp_path / "c.sqlite", tmp_path)
    yield flow
    flow.close()
    tasks.close()


def test_rescue_is_told_with_where_the_damaged_one_lies(error_reports):
    aside = Path("/data/catalogue damaged <b>.sqlite")
    error_reports.tell_rescue(Rescue(DAMAGED, aside, datetime(2026, 11, 22, tzinfo=UTC), 3))
    dialog = error_reports.parent().findChild(ReportDialog)
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert str(aside) in text
    assert "is damaged or not a catalogue (page 3 is never used)" in text
    dialog.close()


def test_edits_that_were_done_again_are_counted(error_reports):
    error_reports.tell_rescue(Rescue(None, None, None, 12))
    assert "12" in error_reports.parent().status.text


def test_a_network_that_is_gone_is_told_by_its_name(error_reports):
    error_reports.tell_lost_network("My rock tags")
    dialog = error_reports.parent().findChild(ReportDialog)
    assert any("My rock tags" in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()


def test_damage_and_a_backup_that_fails_are_told(error_reports):
    error_reports.tell_unsafe(DamagedCatalogue(Path("c.sqlite"), Reason.DAMAGED_IN_USE, error="x"))
    assert "its backup will be opened at the next start" in error_reports.parent().status.text
    error_reports.tell_unsafe(OSError(28, "No space left on device", "/disk/1 of 2026.sqlite"))
    assert "No backup" in error_reports.parent().status.text
    assert "the disk is full" in error_reports.parent().status.text


def test_settings_that_are_lost_are_told_with_where_they_lie(error_reports):
    status = error_reports.parent().status
    error_reports.tell_lost_choices(NotJsonObject(Path("settings.json"), Path("/config/settings.broken")), None)
    assert "/config/settings.broken" in status.text
    error_reports.tell_lost_choices(NotJsonObject(Path("/config/settings.json"), None), None)
    assert "/config/settings.json" in status.text
    denied = PermissionError(13, "Permission denied", "/config/settings.json")
    error_reports.tell_lost_choices(denied, NotJsonObject(Path("keys.json"), Path("/config/keys.broken")))
    assert [path for path in ("/config/settings.json", "/config/keys.broken") if path not in status.text] == []
    error_reports.tell_unsaved_settings(NotJsonObject(Path("/config/settings.json"), None))
    assert "settings.json" in status.text
