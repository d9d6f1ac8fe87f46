"""The dialogs of an import, by keyboard: what the columns are, the encoding, the report."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QListView, QPushButton, QTreeWidget

from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.catalogue.tag_lists.problems import Complaint, EncodingChoice
from bgm_finder.gui.dialogs.encoding_dialog import EncodingDialog
from bgm_finder.gui.dialogs.import_dialog import ImportDialog
from bgm_finder.gui.dialogs.import_report_dialog import ImportReportDialog
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.workflows.import_tags import ListPreview, ListSource, strangers_text
from bgm_finder.workflows.match_list import Doubt


@pytest.fixture
def dialog(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("file,title,Scene,length\n" + "".join(f"{n}.wav,T{n},night,2:00\n" for n in range(310)))
    shown = ImportDialog(ListPreview(ListSource(path), read_tag_list(path), 305))
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_the_columns_are_shown_with_what_they_are_taken_for(dialog):
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "305 of 310 rows match a track." in texts
    assert "0.wav   ·   1.wav   ·   2.wav" in texts
    assert dialog.roles == ("file", "title", "Scene", "")


def test_a_column_is_changed_by_keys_and_enter_imports(qtbot, dialog):
    scene = dialog.findChild(QComboBox, "columnRole2")
    scene.setFocus()
    qtbot.keyClick(scene, Qt.Key.Key_Home)
    assert dialog.roles == ("file", "title", "", "")
    qtbot.keyClick(scene, Qt.Key.Key_M)
    assert dialog.roles == ("file", "title", "mood", "")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(scene, Qt.Key.Key_Return)


def test_only_columns_that_the_user_changed_are_given_back(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("file,Scene\n1.wav,night\n")
    shown = ImportDialog(ListPreview(ListSource(path), read_tag_list(path), 1))
    qtbot.addWidget(shown)
    assert shown.changed_roles is None
    scene = shown.findChild(QComboBox, "columnRole1")
    scene.setFocus()
    qtbot.keyClick(scene, Qt.Key.Key_M)
    assert shown.changed_roles == ("file", "mood")
    scene.setCurrentIndex(scene.findData("Scene"))
    assert shown.changed_roles is None


def test_another_column_can_name_the_files_and_none_cannot_be_imported(qtbot, dialog):
    first, second = (dialog.findChild(QComboBox, f"columnRole{place}") for place in (0, 1))
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    with qtbot.waitSignal(dialog.roles_changed):
        qtbot.keyClick(second, Qt.Key.Key_F)
    assert dialog.roles == ("", "file", "Scene", "") and ok.isEnabled()
    qtbot.keyClick(second, Qt.Key.Key_Home)
    assert dialog.roles == ("", "", "Scene", "") and not ok.isEnabled()
    assert first.currentData() == ""


def test_an_encoding_is_chosen_by_its_rows(qtbot):
    choices = [EncodingChoice("cp1252", (("a", "Mañana"),)), EncodingChoice("cp1250", (("a", "Mańana"),))]
    dialog = EncodingDialog(choices)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    rows = dialog.focusWidget()
    assert "Mañana" in rows.item(0).text()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert dialog.encoding == "cp1250"


@pytest.fixture
def english_numbers():
    """Numbers as English writes them, whatever language the tests run in."""
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("english_numbers")
def test_many_rows_without_a_track_are_one_line_and_a_list(qtbot):
    strangers = [Complaint(line, Reason.NO_TRACK, {"file": f"ghost {line}.wav"}) for line in range(200_000)]
    dialog = ImportReportDialog("summary", [], strangers, [])
    qtbot.addWidget(dialog)
    rows = dialog.findChild(QListView, "unmatchedRows")
    show, copy, _save = (b for b in dialog.findChildren(QPushButton) if "these rows" in b.text())
    assert rows.isHidden() and any("200,000 row" in label.text() for label in dialog.findChildren(QLabel))
    show.click()
    assert not rows.isHidden() and rows.model().rowCount() == 200_000
    assert rows.model().index(7).data() == "7\tghost 7.wav"
    with qtbot.waitSignal(dialog.copy_requested):
        copy.click()
    assert strangers_text(Job(), strangers).splitlines()[-1] == "199999\tghost 199999.wav"


def test_one_track_of_several_is_ticked_by_space(qtbot):
    doubts = [Doubt(4, "one.wav", ((1, str(Path("/a/one.wav"))), (2, str(Path("/b/one.wav")))))]
    dialog = ImportReportDialog("summary", [], [], doubts)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    tree = dialog.findChild(QTreeWidget)
    tree.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(tree, key)
    assert dialog.chosen == {4: 2}
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert dialog.chosen == {}
