"""What should never happen, in the real window: told once, reported without names, and nothing stops."""

import logging

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton

from bgm_finder.controllers.search import Search
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.track import Reference


def dialogs(app):
    return [dialog for dialog in app.window.findChildren(ReportDialog) if dialog.isVisible()]


def meet_a_bug(name):
    try:
        raise KeyError(name)
    except KeyError as error:
        logging.getLogger("bgm_finder").critical("a bug", exc_info=error)


def test_bugs_open_one_dialog_that_names_no_file(qtbot, open_app):
    app = open_app()
    meet_a_bug("/home/jane/secret.wav")
    meet_a_bug("second")
    qtbot.waitUntil(lambda: len(dialogs(app)) == 1)
    (dialog,) = dialogs(app)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy").click()
    report = QGuiApplication.clipboard().text()
    assert "secret" not in report and report.count("KeyError: ") == 2 and "meet_a_bug" in report
    dialog.reject()
    qtbot.waitUntil(lambda: not dialogs(app))
    meet_a_bug("third")
    qtbot.waitUntil(lambda: len(dialogs(app)) == 1)
    dialogs(app)[0].reject()


def test_what_the_user_can_mend_opens_no_report(qtbot, open_app, tmp_path):
    app = open_app()
    app.search.start(Search((Reference(tmp_path / "gone.wav"),)))
    qtbot.waitUntil(lambda: "gone.wav" in app.window.status.text)
    assert not dialogs(app)


def test_a_crash_of_the_last_run_is_told_and_its_report_offered(qtbot, open_app, tmp_path):
    app = open_app()
    (tmp_path / "last-crash.txt").write_text('Fatal: segfault\n  File "/home/jane/x/bgm_finder/app.py", line 3\n')
    app.error_reports.tell_crash(tmp_path / "last-crash.txt")
    assert "quit unexpectedly" in app.window.status.text
    app.window.status.findChild(QToolButton, "messageButton").click()
    (dialog,) = dialogs(app)
    report = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "jane" not in report and "segfault" in report
    dialog.reject()


def test_diagnostics_are_copied_without_names(qtbot, open_app, catalogue):
    app = open_app()
    app.window.commands["diagnostics"].trigger()
    qtbot.waitUntil(lambda: "opied" in app.window.status.text, timeout=60_000)
    text = QGuiApplication.clipboard().text()
    assert "network default" in text and "numpy" in text
    assert str(catalogue.parent) not in text
