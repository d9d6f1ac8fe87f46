"""The dialogs: tags, keys, settings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget

from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
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


def test_a_setting_holds_at_once(qtbot):
    settings = Settings()
    dialog = SettingsDialog(settings, ["Card, ALSA"], ["default", "article"])
    qtbot.addWidget(dialog)
    box = dialog.findChild(QComboBox, "output_device")
    with qtbot.waitSignal(dialog.changed) as changed:
        box.setCurrentIndex(box.findData("Card, ALSA"))
        box.activated.emit(box.currentIndex())
    assert changed.args == ["output_device", "Card, ALSA"]
    assert settings.output_device == "Card, ALSA"
