"""The dialog of tags and texts, by real keys and clicks."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QListWidget

from bgm_finder.gui.dialogs.tag_dialog import APPLY_AND_NEXT, TagDialog
from bgm_finder.gui.dialogs.text_fields import Shown
from bgm_finder.track import Tag

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen

ROCK, POP = Tag("genre", "rock"), Tag("genre", "pop")
KNOWN = {"genre": ("Comedy", "Country", "jazz", "pop", "rock"), "use": ("CM", "イベント", "ゲーム")}
KEY = Qt.Key


@pytest.fixture
def open_dialog(qtbot):
    def open_dialog(carried=None, count=3, category="genre", **named):
        dialog = TagDialog({ROCK: 3, POP: 1} if carried is None else carried, count, KNOWN, category=category, **named)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        dialog.findChild(QComboBox, "tagName").setFocus()
        return dialog

    return open_dialog


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def field(dialog):
    return dialog.findChild(QComboBox, "tagName").lineEdit()


def press(qtbot, dialog, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    """Sends keys, or the letters of a text, to where the window system would: an open list has the keyboard."""
    for key in (key for some in keys for key in (some if isinstance(some, str) else [some])):
        if isinstance(key, str) and not key.isascii():
            commit(field(dialog), key)  # as an input method does
            continue
        widget = QApplication.activePopupWidget() or QApplication.focusWidget() or field(dialog)
        qtbot.keyClick(widget, key, modifier)


def items(dialog):
    shown = dialog.findChild(QListWidget, "tagList")
    return {shown.item(row).text(): shown.item(row) for row in range(shown.count())}


def names(dialog):
    return [tag.name for tag in dialog.added]


def commit(line, text, preedit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QGuiApplication.sendEvent(line, event)


def test_a_tag_that_only_some_tracks_carry_is_half_ticked(dialog):
    assert items(dialog)["Genre: rock"].checkState() == Qt.CheckState.Checked
    assert items(dialog)["Genre: pop"].checkState() == Qt.CheckState.PartiallyChecked
    assert (dialog.added, dialog.removed) == ([], [])


def test_ticks_say_what_is_to_change(dialog):
    items(dialog)["Genre: pop"].setCheckState(Qt.CheckState.Checked)
    items(dialog)["Genre: rock"].setCheckState(Qt.CheckState.Unchecked)
    assert (dialog.added, dialog.removed) == ([POP], [ROCK])


def test_a_new_tag_typed_twice_is_added_once(qtbot, open_dialog):
    dialog = open_dialog(category="mood")
    for _ in range(2):
        press(qtbot, dialog, "  calm ", KEY.Key_Return)
    assert dialog.added == [Tag("mood", "calm")]
    assert len(items(dialog)) == 3


@pytest.mark.parametrize("way", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab, "click"])
def test_a_chosen_completion_is_added_at_once_and_leaves_nothing_behind(qtbot, dialog, way):
    press(qtbot, dialog, "co")
    popup = QApplication.activePopupWidget()
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == ["Comedy", "Country"]
    if way == "click":
        place = popup.visualRect(popup.model().index(0, 0)).center()
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        press(qtbot, dialog, KEY.Key_Down, way)
    assert names(dialog) == ["Comedy"]
    assert field(dialog).text() == ""
    assert dialog.category == "genre"
    assert field(dialog).hasFocus()
    press(qtbot, dialog, "spo", KEY.Key_Return)
    assert names(dialog) == ["Comedy", "spo"]
    assert dialog.isVisible()


def test_enter_without_a_highlight_takes_what_was_typed(qtbot, dialog):
    press(qtbot, dialog, "co", KEY.Key_Return)
    press(qtbot, dialog, "co", KEY.Key_Down, KEY.Key_Up, KEY.Key_Return)
    assert names(dialog) == ["co"]
    assert QApplication.activePopupWidget() is None


def test_keys_that_reach_the_field_itself_go_through_the_list_too(qtbot, dialog):
    for key in ("c", "o", KEY.Key_Down, KEY.Key_Down, KEY.Key_Return):
        qtbot.keyClick(field(dialog), key)
    assert names(dialog) == ["Country"]


def test_down_in_the_empty_field_offers_all_names(qtbot, dialog):
    press(qtbot, dialog, KEY.Key_Down)
    assert (QApplication.activePopupWidget().model().rowCount(), names(dialog)) == (5, [])
    press(qtbot, dialog, KEY.Key_Down, KEY.Key_Return)
    assert names(dialog) == ["Comedy"]


def test_escape_closes_the_list_first_and_then_the_dialog(qtbot, dialog):
    press(qtbot, dialog, "co", KEY.Key_Escape)
    assert (dialog.isVisible(), field(dialog).text()) == (True, "co")
    press(qtbot, dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_enter_with_nothing_typed_is_ok_and_backspace_is_nothing(qtbot, dialog):
    press(qtbot, dialog, "calm", KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Backspace)
    assert (names(dialog), dialog.removed, dialog.isVisible()) == (["calm"], [], True)
    press(qtbot, dialog, KEY.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert names(dialog) == ["calm"]


@pytest.mark.parametrize("typed", ["folk, calm", "folk、calm", "folk，calm,", " folk ;calm", "folk/calm"])
def test_several_tags_stand_between_commas(qtbot, dialog, typed):
    press(qtbot, dialog, typed, KEY.Key_Return)
    assert names(dialog) == ["folk", "calm"]


@pytest.mark.parametrize("separator", [", ", "/", "|", "／", "｜"])
def test_a_completion_after_a_comma_keeps_what_stands_before_it(qtbot, dialog, separator):
    press(qtbot, dialog, f"folk{separator}co", KEY.Key_Down, KEY.Key_Return)
    assert names(dialog) == ["folk", "Comedy"]


def test_an_enter_of_the_input_method_is_not_about_the_tag(qtbot, open_dialog):
    dialog = open_dialog(category="use")
    commit(field(dialog), "", "げーむ")
    press(qtbot, dialog, KEY.Key_Return)
    assert (dialog.isVisible(), names(dialog)) == (True, [])
    commit(field(dialog), "ゲーム")
    assert (dialog.isVisible(), names(dialog), field(dialog).text()) == (True, [], "ゲーム")
    press(qtbot, dialog, KEY.Key_Return)
    assert (dialog.isVisible(), names(dialog), field(dialog).text()) == (True, ["ゲーム"], "")


def test_the_list_below_the_arrow_adds_at_once(qtbot, dialog):
    box = dialog.findChild(QComboBox, "tagName")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() + QPoint(box.width() // 2 - 8, 0))
    view = QApplication.activePopupWidget()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())
    assert (names(dialog), field(dialog).text()) == (["Country"], "")


def test_a_known_name_that_is_typed_and_left_is_not_added_yet(qtbot, dialog):
    press(qtbot, dialog, "jazz", KEY.Key_Escape, KEY.Key_Tab)
    assert (names(dialog), field(dialog).text()) == ([], "jazz")


def test_what_was_typed_is_not_lost_by_ok(qtbot, dialog):
    press(qtbot, dialog, "folk")
    press(qtbot, dialog, KEY.Key_Escape)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert (dialog.result(), names(dialog)) == (QDialog.DialogCode.Accepted, ["folk"])


@pytest.mark.parametrize("typed", ["", "co"])
def test_ctrl_enter_applies_and_goes_on_also_from_the_open_list(qtbot, dialog, typed):
    press(qtbot, dialog, typed)
    press(qtbot, dialog, KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert (dialog.result(), names(dialog)) == (APPLY_AND_NEXT, ["co"] if typed else [])


def test_the_last_tags_come_again_by_a_key(qtbot, open_dialog):
    dialog = open_dialog({POP: 3}, last=[POP, Tag("mood", "calm")])
    press(qtbot, dialog, KEY.Key_R, modifier=Qt.KeyboardModifier.ControlModifier)
    assert dialog.added == [Tag("mood", "calm")]
    assert dialog.findChild(object, "repeatTags").text() == "Add the last tags again (Ctrl+R)"
    assert dialog.findChild(object, "applyAndNext").text() == "Apply and next track (Ctrl+Return)"


def test_tags_stand_in_the_order_of_the_columns_under_the_track_s_title(open_dialog):
    carried = {Tag("licence", "free"): 1, Tag("mood", "calm"): 1, POP: 1, Tag("use", "VP"): 1}
    dialog = open_dialog(carried, 1, title="R&B <b>")
    assert list(items(dialog)) == ["Use: VP", "Genre: pop", "Mood: calm", "licence: free"]
    heading = dialog.findChild(QLabel)
    assert (heading.text(), heading.textFormat()) == ("Tags of “R&B <b>”", Qt.TextFormat.PlainText)


def test_many_tracks_are_counted_as_the_language_writes_it(open_dialog):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    try:
        assert open_dialog({}, 12_345).findChild(QLabel).text() == "Tags of 12,345 track(s)"
    finally:
        QLocale.setDefault(before)


def text_fields(dialog):
    return [dialog.findChild(QLineEdit, f"{key}Field") for key in ("title", "comment", "bpm")]


def retype(qtbot, line, text):
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, KEY.Key_Delete)
    commit(line, text)


def test_what_is_not_touched_is_not_changed(qtbot, open_dialog):
    dialog = open_dialog(texts={"title": Shown("Rain"), "comment": Shown(differs=True), "bpm": Shown("92.5")})
    title, comment, bpm = text_fields(dialog)
    assert [line.text() for line in (title, comment, bpm)] == ["Rain", "", "92.5"]
    assert comment.placeholderText() == "(different)"
    retype(qtbot, comment, "x")
    qtbot.keyClick(comment, KEY.Key_Backspace)
    assert dialog.texts == {}


def test_texts_are_changed_and_given_back(qtbot, open_dialog):
    dialog = open_dialog(texts={"title": Shown("Rain"), "comment": Shown(differs=True), "bpm": Shown("92.5")})
    title, comment, bpm = text_fields(dialog)
    for line, text in ((title, ""), (comment, " for the  opening "), (bpm, "１２８ BPM")):
        retype(qtbot, line, text)
    assert dialog.texts == {"title": "", "comment": "for the opening", "bpm": 128.0}


def test_a_bpm_that_is_no_number_keeps_the_dialog_open(qtbot, open_dialog):
    dialog = open_dialog(texts={"bpm": Shown(instead="≈ 120")})
    bpm = text_fields(dialog)[2]
    assert bpm.placeholderText() == "≈ 120"
    retype(qtbot, bpm, "fast")
    press(qtbot, dialog, KEY.Key_Return)
    assert dialog.isVisible()
    assert bpm.hasFocus()
    assert dialog.findChild(QLabel, "textNote").isVisible()
    retype(qtbot, bpm, "120")
    assert not dialog.findChild(QLabel, "textNote").isVisible()
    press(qtbot, dialog, KEY.Key_Return)
    assert (dialog.result(), dialog.texts) == (QDialog.DialogCode.Accepted, {"bpm": 120.0})
