"""What is saved under a name that the user types: the right ending, and no file replaced unasked."""

from datetime import date

import pytest
from PySide6.QtCore import QDir, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from bgm_finder.catalogue.catalogue import Catalogue

SAVED_MS = 20_000
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen screen's own words


class Hand:
    """Types a name into each save dialog and answers each question, as someone at the keyboard does."""

    def __init__(self, qtbot, qapp, window):
        self._qtbot, self._qapp = qtbot, qapp
        self.name, self.filter, self.answer = None, "", QMessageBox.StandardButton.No
        self.offered, self.folders, self.questions = [], [], []
        self._typed = False
        self._window, self.is_resting = window, False
        self._look()

    def _look(self):
        if self.is_resting:
            return
        QTimer.singleShot(50, self._window, self._look)  # a repeating timer rests while a dialog runs within its slot
        shown = self._qapp.activeModalWidget()
        if isinstance(shown, QMessageBox):
            self.questions.append(shown.text())
            self._qtbot.mouseClick(shown.button(self.answer), Qt.MouseButton.LeftButton)
        elif isinstance(shown, QFileDialog) and self.questions:  # it is back after a No
            shown.reject()
        elif isinstance(shown, QFileDialog) and not self._typed and shown.isActiveWindow():
            self._type(shown)

    def _type(self, dialog):
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        self.offered.append(edit.text())
        self.folders.append(dialog.directory().path())
        self._typed = True
        if self.filter:
            dialog.selectNameFilter(self.filter)
            dialog.filterSelected.emit(self.filter)
        if self.name is None:
            dialog.reject()
            return
        edit.clear()
        self._qtbot.keyClicks(edit, self.name)
        self._qtbot.keyClick(edit, Qt.Key.Key_Return)

    def begin(self, name, filter_="", answer=QMessageBox.StandardButton.No):
        self.name, self.filter, self.answer, self._typed = name, filter_, answer, False
        self.questions.clear()


@pytest.fixture
def catalogue(tmp_path_factory):
    """One with a folder in which there is nothing to analyse."""
    home = tmp_path_factory.mktemp("home")
    (home / "music").mkdir()
    with Catalogue(home / "catalogue.sqlite") as opened:
        opened.folders.add(home / "music")
        return opened.path


@pytest.fixture
def app(open_app):
    app = open_app()
    app.window.activateWindow()
    return app


@pytest.fixture
def hand(qtbot, qapp, app):
    hand = Hand(qtbot, qapp, app.window)
    yield hand
    hand.is_resting = True


def save(qtbot, app, hand, command, target, filter_="", answer=QMessageBox.StandardButton.No):
    """Saves under a name and waits until it is written, or a question was answered with no."""
    app.window.status.clear()
    hand.begin(target, filter_, answer)
    if command == "export_shortlist":
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        qtbot.keyClick(app.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    else:
        app.window.commands[command].trigger()
    is_no = answer == QMessageBox.StandardButton.No
    qtbot.waitUntil(lambda: "exported" in app.window.status.text or (is_no and bool(hand.questions)), timeout=SAVED_MS)


@pytest.mark.parametrize(
    ("command", "typed", "filter_", "written"),
    [
        ("export_shortlist", "kept", "", "kept.m3u8"),
        ("export_shortlist", "kept", "CSV (*.csv)", "kept.csv"),
        ("export_shortlist", "cue 2.5", "", "cue 2.5.m3u8"),
        ("export_shortlist", "cue 2.5", "CSV (*.csv)", "cue 2.5.csv"),
        ("export_shortlist", "Kept.M3U8", "", "Kept.M3U8"),
        ("export_tags", "all", "", "all.csv"),
        ("export_tags", "v1.2", "", "v1.2.csv"),
        ("export_tags", "song.wav", "", "song.wav.csv"),
    ],
)
def test_the_same_name_a_second_time_is_asked_about(qtbot, app, hand, tmp_path, command, typed, filter_, written):
    target = tmp_path / written
    save(qtbot, app, hand, command, str(tmp_path / typed), filter_)
    assert target.exists() and not hand.questions
    target.write_text("mine", encoding="utf-8")
    save(qtbot, app, hand, command, str(tmp_path / typed), filter_)
    assert len(hand.questions) == 1 and written in hand.questions[0]
    assert target.read_text(encoding="utf-8") == "mine"
    save(qtbot, app, hand, command, str(tmp_path / typed), filter_, QMessageBox.StandardButton.Yes)
    assert target.read_text(encoding="utf-8") != "mine"
    assert [path.name for path in tmp_path.iterdir() if path.suffix.lower() in (".m3u8", ".csv")] == [written]


def test_the_name_tells_library_and_day_and_each_kind_goes_where_it_went_last(qtbot, app, hand, tmp_path):
    for folder in ("lists", "tables"):
        (tmp_path / folder).mkdir()
    save(qtbot, app, hand, "export_shortlist", str(tmp_path / "lists" / "a"))
    save(qtbot, app, hand, "export_tags", str(tmp_path / "tables" / "b"))
    assert hand.offered == [f"music shortlist {date.today()}.m3u8", f"music tags {date.today()}.csv"]
    hand.begin(None)
    for command, count in (("export_shortlist", 3), ("export_tags", 4)):
        hand.begin(None)
        app.window.commands[command].trigger()
        qtbot.waitUntil(lambda count=count: len(hand.folders) == count, timeout=SAVED_MS)
    assert hand.folders[2:] == [str(tmp_path / "lists"), str(tmp_path / "tables")]


def test_a_folder_that_is_gone_is_not_begun_in(qtbot, app, hand, tmp_path):
    app.settings.save_folders = {"shortlist": str(tmp_path / "gone")}
    save(qtbot, app, hand, "export_shortlist", str(tmp_path / "a"))
    assert hand.folders == [QDir.homePath()]
