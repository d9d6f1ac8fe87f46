"""The dialogs: keys, folders, reports, settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QListWidget,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QTableWidget,
)

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.dialogs.folders_dialog import FoldersDialog
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.text_helpers import number
from bgm_finder.paths import resource
from bgm_finder.settings import Settings


@pytest.fixture
def sheet(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    sheet = ShortcutsSheet(Actions(window, tmp_path / "keys" / "keys.json"))
    qtbot.addWidget(sheet)
    table = sheet.findChild(QTableWidget, "keyTable")
    note = sheet.findChild(QLabel, "keyNote")
    sheet.keys = lambda: {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}

    def give(command, key):
        names = [table.item(row, 0).text() for row in range(table.rowCount())]
        table.setCurrentCell(names.index(command), 0)
        sheet.findChild(QKeySequenceEdit).setKeySequence(QKeySequence(key))
        sheet.findChild(QPushButton, "useKeyButton").click()
        return note.text()

    sheet.give = give
    return sheet


@pytest.mark.parametrize("key", ["Tab", "Home", "End", "PgUp", "PgDown", "Ctrl+A", "Shift+Down"])
def test_keys_of_lists_are_refused(sheet, key):
    assert sheet.give("Redo", key) == f"Lists use {key} themselves. Choose another key."
    assert key not in sheet.keys()["Redo"]


def test_a_free_key_is_given_and_a_taken_one_is_not(sheet):
    assert sheet.give("Redo", "P") == "Changed."
    assert sheet.give("Undo", "P") == "This key is already used for: Redo"
    assert (sheet.keys()["Redo"], sheet.keys()["Undo"]) == ("P", "Ctrl+Z")


def test_keys_that_cannot_be_kept_say_why_and_hold_for_now(sheet, tmp_path):
    (tmp_path / "keys").write_text("a file where the folder should be")
    assert sheet.give("Redo", "P").startswith("The change applies until you close the app, but could not be saved: ")
    assert sheet.keys()["Redo"] == "P"
    sheet.findChild(QPushButton, "resetKeysButton").click()
    assert sheet.findChild(QLabel, "keyNote").text().startswith("The change applies until you close the app")
    assert sheet.keys()["Redo"] == "Ctrl+Shift+Z, Ctrl+Y"


@pytest.mark.parametrize("is_removed", [False, True])
def test_forgetting_a_folder_names_it_and_is_not_the_default(qtbot, is_removed):
    dialog = FoldersDialog([Path("/music/<b>loud & proud")], lambda _: 10_802)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    removed, asked = [], []
    dialog.remove_requested.connect(removed.append)
    dialog.findChild(QListWidget, "folderList").setCurrentRow(0)

    def answer():
        box = dialog.findChild(QMessageBox)
        asked.append((box.text(), box.textFormat()))
        (box.button(QMessageBox.StandardButton.Yes) if is_removed else box.defaultButton()).click()

    QTimer.singleShot(0, answer)
    dialog.findChild(QPushButton, "removeFolderButton").click()
    text = "Remove /music/<b>loud & proud from the library? "
    text += f"The tags and marks of its {number(10_802)} track(s) will be deleted."
    assert asked == [(text, Qt.TextFormat.PlainText)]
    assert bool(removed) == is_removed
    assert dialog.findChild(QListWidget, "folderList").count() == (0 if is_removed else 1)


def test_a_report_shows_its_words_as_they_are(qtbot):
    dialog = ReportDialog("Report", "R&B <b>first</b>", [])
    qtbot.addWidget(dialog)
    label = dialog.findChild(QLabel)
    assert (label.text(), label.textFormat()) == ("R&B <b>first</b>", Qt.TextFormat.PlainText)


def test_enter_closes_a_report(qtbot):
    dialog = ReportDialog("Report", "Two lines", ["one", "two"])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_settings_change_their_own_language_at_once(qtbot, qapp):
    dialog = SettingsDialog(Settings(theme="light", output_device="Card"), ["default", "article"])
    qtbot.addWidget(dialog)
    japanese = QTranslator()
    assert japanese.load(str(resource("translations/bgm_finder_ja.qm")))
    with qtbot.assertNotEmitted(dialog.changed):
        qapp.installTranslator(japanese)
        qapp.processEvents()
    texts = [label.text() for label in dialog.findChildren(QLabel)] + [dialog.windowTitle()]
    texts += [box.itemText(row) for box in dialog.findChildren(QComboBox) for row in range(box.count())]
    texts += [box.text() for box in dialog.findChildren(QCheckBox)]
    look = dialog.findChild(QComboBox, "theme").currentData()
    qapp.removeTranslator(japanese)
    assert {text for text in texts if text.strip() and text.isascii()} == {"English", "Card"}
    assert look == "light"


def test_a_setting_holds_at_once(qtbot):
    settings = Settings()
    dialog = SettingsDialog(settings, ["default", "article"])
    qtbot.addWidget(dialog)
    box = dialog.findChild(QComboBox, "output_device")
    dialog.offer_devices(["Card, ALSA"])
    with qtbot.waitSignal(dialog.changed) as changed:
        box.setCurrentIndex(box.findData("Card, ALSA"))
        box.activated.emit(box.currentIndex())
    assert changed.args == ["output_device", "Card, ALSA"]
    assert settings.output_device == "Card, ALSA"


def test_the_chosen_device_stays_chosen_when_the_others_come(qtbot):
    dialog = SettingsDialog(Settings(output_device="Card, ALSA"), ["default"])
    qtbot.addWidget(dialog)
    box = dialog.findChild(QComboBox, "output_device")
    assert box.currentData() == "Card, ALSA"
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.offer_devices(["Other, ALSA", "Card, ALSA"])
    assert box.currentData() == "Card, ALSA"
    assert [box.itemData(row) for row in range(box.count())] == ["", "Card, ALSA", "Other, ALSA"]
