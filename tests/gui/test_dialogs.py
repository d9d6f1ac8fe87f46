"""The dialogs: tags, keys, folders, reports, settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QMainWindow,
    QMessageBox,
    QTableWidget,
)

from bgm_finder.gui.actions import Actions
from bgm_finder.gui.dialogs.folders_dialog import FoldersDialog
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.words import number
from bgm_finder.paths import resource
from bgm_finder.settings import Settings
from bgm_finder.track import Tag

ROCK, POP = Tag("genre", "rock"), Tag("genre", "pop")


def tag_dialog(qtbot):
    dialog = TagDialog({ROCK: 3, POP: 1}, 3, {"genre": ("jazz", "pop", "rock")})
    qtbot.addWidget(dialog)
    return dialog, {item.text(): item for item in dialog._items()}


def test_a_tag_that_only_some_tracks_carry_is_half_ticked(qtbot):
    dialog, items = tag_dialog(qtbot)
    assert items["Genre: rock"].checkState() == Qt.CheckState.Checked
    assert items["Genre: pop"].checkState() == Qt.CheckState.PartiallyChecked
    assert (dialog.added, dialog.removed) == ([], [])


def test_ticks_say_what_is_to_change(qtbot):
    dialog, items = tag_dialog(qtbot)
    items["Genre: pop"].setCheckState(Qt.CheckState.Checked)
    items["Genre: rock"].setCheckState(Qt.CheckState.Unchecked)
    assert (dialog.added, dialog.removed) == ([POP], [ROCK])


def test_a_new_tag_is_typed_once_and_added_once(qtbot):
    dialog, _ = tag_dialog(qtbot)
    category = dialog.findChild(QComboBox, "tagCategory")
    category.setCurrentIndex(category.findData("mood"))
    for _ in range(2):
        dialog.findChild(QComboBox, "tagName").setEditText("  疾走感 ")
        dialog._on_add()
    assert dialog.added == [Tag("mood", "疾走感")]
    assert dialog.findChild(QListWidget, "tagList").count() == 3


def test_enter_adds_a_tag_and_leaves_the_dialog_open(qtbot):
    dialog, _ = tag_dialog(qtbot)
    dialog.show()
    qtbot.waitExposed(dialog)
    field = dialog.findChild(QComboBox, "tagName").lineEdit()
    qtbot.keyClicks(field, "calm")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.added == [Tag(dialog.findChild(QComboBox, "tagCategory").currentData(), "calm")]
    assert dialog.isVisible()
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    ok.setFocus()
    qtbot.keyClick(ok, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted


def test_enter_with_nothing_typed_is_ok(qtbot):
    dialog, _ = tag_dialog(qtbot)
    dialog.show()
    qtbot.waitExposed(dialog)
    field = dialog.findChild(QComboBox, "tagName").lineEdit()
    qtbot.keyClicks(field, "calm")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog._has_just_added)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert [tag.name for tag in dialog.added] == ["calm"]


def test_tags_stand_in_the_order_of_the_columns_under_the_track_s_title(qtbot):
    carried = {Tag("licence", "free"): 1, Tag("mood", "calm"): 1, POP: 1, Tag("use", "VP"): 1}
    dialog = TagDialog(carried, 1, {}, title="R&B <b>")
    qtbot.addWidget(dialog)
    assert [item.text() for item in dialog._items()] == ["Use: VP", "Genre: pop", "Mood: calm", "licence: free"]
    heading = dialog.findChild(QLabel)
    assert (heading.text(), heading.textFormat()) == ("Tags of “R&B <b>”", Qt.TextFormat.PlainText)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
def test_a_tag_that_begins_like_a_known_one_stays_as_it_is_typed(qtbot):
    dialog, _ = tag_dialog(qtbot)
    dialog.show()
    qtbot.waitExposed(dialog)
    category = dialog.findChild(QComboBox, "tagCategory")
    category.setCurrentIndex(category.findData("genre"))
    name = dialog.findChild(QComboBox, "tagName")
    qtbot.keyClicks(name.lineEdit(), "po")
    qtbot.keyClick(name.lineEdit(), Qt.Key.Key_Return)
    assert dialog.added == [Tag("genre", "po")]


@pytest.fixture
def sheet(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    sheet = ShortcutsSheet(Actions(window, tmp_path / "keys" / "keys.json"))
    qtbot.addWidget(sheet)
    table = sheet.findChild(QTableWidget, "keyTable")
    sheet.keys = lambda: {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}

    def give(command, key):
        names = [table.item(row, 0).text() for row in range(table.rowCount())]
        table.setCurrentCell(names.index(command), 0)
        sheet._key.setKeySequence(QKeySequence(key))
        sheet._use.click()
        return sheet._note.text()

    sheet.give = give
    return sheet


@pytest.mark.parametrize("key", ["Tab", "Home", "End", "PgUp", "PgDown", "Ctrl+A", "Shift+Down"])
def test_keys_of_lists_are_refused(sheet, key):
    assert sheet.give("Redo", key) == f"Lists need {key} themselves; choose another key."
    assert key not in sheet.keys()["Redo"]


def test_a_free_key_is_given_and_a_taken_one_is_not(sheet):
    assert sheet.give("Redo", "G") == "Changed."
    assert sheet.give("Undo", "G") == "That key already belongs to: Redo"
    assert (sheet.keys()["Redo"], sheet.keys()["Undo"]) == ("G", "Ctrl+Z")


def test_keys_that_cannot_be_kept_say_why_and_hold_for_now(sheet, tmp_path):
    (tmp_path / "keys").write_text("a file where the folder should be")
    assert sheet.give("Redo", "G").startswith("This holds until the app is closed, but cannot be kept: ")
    assert sheet.keys()["Redo"] == "G"
    sheet._reset.click()
    assert sheet._note.text().startswith("This holds until the app is closed")
    assert sheet.keys()["Redo"] == "Ctrl+Shift+Z, Ctrl+Y"


@pytest.mark.parametrize("is_removed", [False, True])
def test_forgetting_a_folder_names_it_and_is_not_the_default(qtbot, is_removed):
    dialog = FoldersDialog([Path("/music/<b>loud & proud")], lambda _: 10_802)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    removed, asked = [], []
    dialog.remove_wished.connect(removed.append)
    dialog.findChild(QListWidget, "folderList").setCurrentRow(0)

    def answer():
        box = dialog.findChild(QMessageBox)
        asked.append((box.text(), box.textFormat()))
        (box.button(QMessageBox.StandardButton.Yes) if is_removed else box.defaultButton()).click()

    QTimer.singleShot(0, answer)
    dialog._remove.click()
    text = f"Forget /music/<b>loud & proud? The tags and marks of its tracks ({number(10_802)}) go with it."
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
