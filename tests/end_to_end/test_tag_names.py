"""Tags renamed, merged and removed in the real window, and tracks tagged one after the other, by keys and clicks."""

import gc

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QInputDialog, QLineEdit, QMessageBox, QPushButton
from seen import facet

from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.gui.dialogs.tag_dialog import TagDialog
from bgm_finder.gui.filter_changes import turn
from bgm_finder.jobs.job import Job
from bgm_finder.settings import Settings
from bgm_finder.track import Tag
from bgm_finder.workflows.import_tags import ListSource, import_tags
from bgm_finder.workflows.open_library import Opening

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
WAIT_MS = 20_000
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tag_list(tmp_path):
    file = tmp_path / "tags.csv"
    file.write_text(
        "file,title,use,licence\ntrack00,Zero,Game,free\ntrack01,One,ゲーム,\ntrack02,Two,Game/CM,paid\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def catalogue(tmp_path, tag_list):
    """Six tracks on a drive that is not there now: nothing is analysed meanwhile."""
    folder, file = tmp_path / "drive", tmp_path / "catalogue.sqlite"
    folder.mkdir()
    with Catalogue(file) as opened:
        opened.folders.add(folder)
        opened.files.add([FoundFile(f"{folder}/track0{number}.wav", 1, 1) for number in range(6)])
    folder.rmdir()
    import_tags(Job(), file, ListSource(tag_list))
    return file


@pytest.fixture
def app(qtbot, qapp, catalogue):
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(catalogue, settings))
    with qtbot.waitActive(app.window, timeout=WAIT_MS):
        app.begin([])
        app.window.activateWindow()
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=WAIT_MS)
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.processEvents()
    gc.collect()


def counts(app, category="use"):
    """Return what the filter shows of a category."""
    tree = app.window.filter_panel.tree
    heads = {tree.topLevelItem(n).text(0): tree.topLevelItem(n) for n in range(tree.topLevelItemCount())}
    if category not in heads:
        return None
    rows = [heads[category].child(n) for n in range(heads[category].childCount())]
    return {row.text(0): row.text(1) for row in rows if row.text(0) != "(no tag)"}


def until_counts(qtbot, app, expected, category="Use"):
    qtbot.waitUntil(lambda: counts(app, category) == expected, timeout=WAIT_MS)


def in_dialog(kind, act, after=None):
    """Has act(dialog) run as soon as a dialog of a kind, another than after, is open and has the keyboard."""

    def look():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind) or dialog is after or not dialog.isActiveWindow():
            QTimer.singleShot(10, look)
            return
        try:
            act(dialog)
        except BaseException:
            dialog.reject()  # else the test would wait for it for ever
            raise

    QTimer.singleShot(0, look)


def choose(qtbot, app, item, name):
    """Chooses an entry of the menu of a row, as a right click does."""

    def click():
        menu = QApplication.activePopupWidget()
        action = next(action for action in menu.actions() if action.objectName() == name)
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    tree = app.window.filter_panel.tree
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()
    QTimer.singleShot(0, click)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(tree.viewport(), event)


def retype(qtbot, line, text):
    line.selectAll()
    line.insert("")
    qtbot.keyClicks(line, text)


def row(app, category, name=None):
    return facet(app.window.filter_panel.tree, category, name)


def test_a_tag_is_renamed_with_its_tick_and_back(qtbot, app):
    app.window.filter_panel.filter_requested.emit(turn("use", "Game"))
    qtbot.waitUntil(lambda: len(app.library.view.rows) == 2, timeout=WAIT_MS)

    def rename(dialog):
        retype(qtbot, dialog.findChild(QLineEdit), " Video  game")
        qtbot.keyClick(dialog.findChild(QLineEdit), KEY.Key_Return)

    tree = app.window.filter_panel.tree
    tree.setCurrentItem(row(app, "Use", "Game"))
    in_dialog(QInputDialog, rename)
    qtbot.keyClick(tree, KEY.Key_F2)
    until_counts(qtbot, app, {"Video game": "2", "CM": "1", "ゲーム": "1"})
    assert app.library.wanted.ticked == {"use": frozenset({"Video game"})}
    assert tree.currentItem() is row(app, "Use", "Video game")
    assert len(app.library.view.rows) == 2
    app.window.commands["undo"].trigger()
    until_counts(qtbot, app, {"Game": "2", "CM": "1", "ゲーム": "1"})
    assert app.library.wanted.ticked == {"use": frozenset({"Game"})}
    app.window.commands["redo"].trigger()
    until_counts(qtbot, app, {"Video game": "2", "CM": "1", "ゲーム": "1"})


def test_an_existing_name_merges_after_a_question_and_holds(qtbot, app, catalogue, tag_list):
    asked = []

    def rename(dialog):
        line = dialog.findChild(QLineEdit)
        line.setText("ゲーム")
        in_dialog(QMessageBox, answer)
        qtbot.keyClick(line, KEY.Key_Return)

    def answer(box):
        asked.append(box.text())
        qtbot.keyClick(box, KEY.Key_Return)

    in_dialog(QInputDialog, rename)
    choose(qtbot, app, row(app, "Use", "Game"), "renameTag")
    until_counts(qtbot, app, {"ゲーム": "3", "CM": "1"})
    assert asked == ["Merge “Game” with “ゲーム” (1 track)?"]
    assert import_tags(Job(), catalogue, ListSource(tag_list)).changed == ()
    with qtbot.waitSignal(app.library.view_changed):
        app.library.reload()
    assert counts(app, "Use") == {"ゲーム": "3", "CM": "1"}
    app.window.commands["undo"].trigger()
    until_counts(qtbot, app, {"Game": "2", "CM": "1", "ゲーム": "1"})


def test_a_refused_merge_changes_nothing(qtbot, app):
    def rename(dialog):
        dialog.findChild(QLineEdit).setText("CM")
        in_dialog(QMessageBox, lambda box: qtbot.keyClick(box, KEY.Key_Escape))
        qtbot.keyClick(dialog.findChild(QLineEdit), KEY.Key_Return)

    in_dialog(QInputDialog, rename)
    choose(qtbot, app, row(app, "Use", "Game"), "renameTag")
    assert not app.edits.can_undo


def test_merge_with_offers_the_others_of_the_category(qtbot, app):
    offered = []

    def pick(dialog):
        offered.extend(dialog.comboBoxItems())
        dialog.setTextValue(offered[-1])
        qtbot.keyClick(dialog, KEY.Key_Return)

    in_dialog(QInputDialog, pick)
    choose(qtbot, app, row(app, "Use", "Game"), "mergeTag")
    until_counts(qtbot, app, {"ゲーム": "3", "CM": "1"})
    assert offered == ["CM (1 track)", "ゲーム (1 track)"]


def test_a_removed_tag_takes_its_tick_along_and_stays_away(qtbot, app, catalogue, tag_list):
    app.window.filter_panel.filter_requested.emit(turn("use", "Game"))
    qtbot.waitUntil(lambda: len(app.library.view.rows) == 2, timeout=WAIT_MS)
    asked = []
    in_dialog(QMessageBox, lambda box: (asked.append(box.text()), qtbot.keyClick(box, KEY.Key_Return)))
    choose(qtbot, app, row(app, "Use", "Game"), "removeTag")
    until_counts(qtbot, app, {"CM": "1", "ゲーム": "1"})
    assert asked == ["Remove “Game” from 2 tracks?"]
    assert len(app.library.view.rows) == 6
    import_tags(Job(), catalogue, ListSource(tag_list))
    with qtbot.waitSignal(app.library.view_changed):
        app.library.reload()
    assert counts(app, "Use") == {"CM": "1", "ゲーム": "1"}
    app.window.commands["undo"].trigger()
    until_counts(qtbot, app, {"Game": "2", "CM": "1", "ゲーム": "1"})


@pytest.mark.parametrize(("typed", "expected"), [("Rights", {"free": "1", "paid": "1"}), ("genre", None)])
def test_a_category_is_renamed_or_merged(qtbot, app, typed, expected):
    def rename(dialog):
        retype(qtbot, dialog.findChild(QLineEdit), typed)
        if expected is None:
            in_dialog(QMessageBox, lambda box: qtbot.keyClick(box, KEY.Key_Return))
        qtbot.keyClick(dialog.findChild(QLineEdit), KEY.Key_Return)

    in_dialog(QInputDialog, rename)
    choose(qtbot, app, row(app, "licence"), "renameCategory")
    qtbot.waitUntil(lambda: counts(app, "licence") is None, timeout=WAIT_MS)
    assert counts(app, typed) == expected
    if expected is None:
        assert {"free", "paid"} <= set(counts(app, "Genre"))
    app.window.commands["undo"].trigger()
    until_counts(qtbot, app, {"free": "1", "paid": "1"}, "licence")


def test_names_that_lists_could_not_hold_are_refused(qtbot, app):
    for item, name, typed in (
        (row(app, "Use", "Game"), "renameTag", "a, b"),
        (row(app, "licence"), "renameCategory", "Title"),
    ):

        def rename(dialog, typed=typed):
            retype(qtbot, dialog.findChild(QLineEdit), typed)
            qtbot.keyClick(dialog.findChild(QLineEdit), KEY.Key_Return)

        in_dialog(QInputDialog, rename)
        choose(qtbot, app, item, name)
        assert "lists" in app.window.status.text
    assert not app.edits.can_undo


def test_a_category_is_removed_with_all_of_its_tags(qtbot, app):
    asked = []
    in_dialog(QMessageBox, lambda box: (asked.append(box.text()), qtbot.keyClick(box, KEY.Key_Return)))
    choose(qtbot, app, row(app, "licence"), "removeCategory")
    qtbot.waitUntil(lambda: counts(app, "licence") is None, timeout=WAIT_MS)
    assert asked == ["Remove the category “licence” with all of its tags from 2 tracks?"]
    app.window.commands["undo"].trigger()
    until_counts(qtbot, app, {"free": "1", "paid": "1"}, "licence")


def tags_by_title(catalogue, category):
    with Catalogue(catalogue) as opened:
        tracks = [opened.tracks.get(track_id) for track_id in opened.columns().ids.tolist()]
    return {track.title: {tag.name for tag in track.tags if tag.category == category} for track in tracks}


def test_tracks_are_tagged_one_after_the_other(qtbot, app, catalogue):
    seen = []

    def first(dialog):
        dialog.findChild(QComboBox, "tagCategory").setCurrentIndex(2)
        qtbot.keyClicks(dialog.findChild(QComboBox, "tagName"), "calm")
        seen.append(dialog.windowTitle())
        in_dialog(TagDialog, second, after=dialog)
        qtbot.keyClick(dialog.findChild(QComboBox, "tagName"), KEY.Key_Return, CTRL)

    def second(dialog):
        seen.append(dialog.findChild(QComboBox, "tagCategory").currentData())
        qtbot.mouseClick(dialog.findChild(QPushButton, "repeatTags"), Qt.MouseButton.LeftButton)
        line = dialog.findChild(QLineEdit, "titleField")
        retype(qtbot, line, "Renamed")
        retype(qtbot, dialog.findChild(QLineEdit, "bpmField"), "92.5")
        dialog.accept()

    table = app.window.table
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_Home)
    begin = table.tracks.index(table.currentIndex().row(), 1).data()
    in_dialog(TagDialog, first)
    qtbot.keyClick(table, KEY.Key_T)
    assert len(seen) == 2
    assert seen[1] == "mood"
    qtbot.waitUntil(lambda: tags_by_title(catalogue, "mood").get("Renamed") == {"calm"}, timeout=WAIT_MS)
    tagged = tags_by_title(catalogue, "mood")
    assert tagged[begin] == tagged["Renamed"] == {"calm"}
    app.window.activateWindow()  # as a window manager does; there is none here
    qtbot.waitUntil(app.window.isActiveWindow, timeout=WAIT_MS)
    assert app.window.focusWidget() is table
    qtbot.keyClick(table, KEY.Key_Down, CTRL)
    qtbot.keyClick(table, KEY.Key_T, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: sum("calm" in t for t in tags_by_title(catalogue, "mood").values()) == 3, timeout=WAIT_MS)
    for _ in range(3):
        app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not app.edits.can_undo, timeout=WAIT_MS)
    assert not any(tags_by_title(catalogue, "mood").values())


def test_several_tracks_with_different_texts_keep_them(qtbot, app, catalogue):
    def comment(dialog):
        title = dialog.findChild(QLineEdit, "titleField")
        assert (title.text(), title.placeholderText()) == ("", "(different)")
        qtbot.keyClicks(dialog.findChild(QLineEdit, "commentField"), "for the opening")
        qtbot.keyClick(dialog.findChild(QComboBox, "tagName"), KEY.Key_Return)

    table = app.window.table
    table.selectAll()
    before = set(tags_by_title(catalogue, "use"))
    in_dialog(TagDialog, comment)
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_T)
    qtbot.waitUntil(lambda: set(app.library.columns.comments) == {"for the opening"}, timeout=WAIT_MS)
    assert set(tags_by_title(catalogue, "use")) == before


def says(qtbot, app, command, text):
    status, said = app.window.status, []
    say = status.say
    status.say = lambda words, *rest: (said.append(words), say(words, *rest))  # a missing file is told right after it
    app.window.commands[command].trigger()
    qtbot.waitUntil(lambda: text in said, timeout=WAIT_MS)
    status.say = say


def test_undo_and_redo_name_what_was_done(qtbot, app):
    edits, ids = app.edits, [app.window.table.tracks.id_at(place) for place in range(3)]
    title = app.window.table.tracks.index(0, 1).data()
    vp, cm = Tag("use", "VP"), Tag("use", "CM")
    for act, text in (
        (lambda: edits.mark(ids[:1], "keep"), f"keep {title}"),
        (lambda: edits.mark(ids, "reject"), "reject 3 tracks"),
        (lambda: edits.change_tags(ids[:1], [vp], []), f"add tag VP to {title}"),
        (lambda: edits.change_tags(ids, [vp], [cm]), "add tag VP to 3 tracks, remove CM"),
        (lambda: edits.change_tags(ids, [], [], {"comment": "soft", "bpm": 90.5}), "change comment, BPM of 3 tracks"),
        (lambda: edits.rename_tag(Tag("use", "Game"), "Play"), "rename “Game” to “Play”"),
        (lambda: edits.rename_tag(Tag("use", "ゲーム"), "CM"), "merge “ゲーム” with “CM”"),
        (lambda: edits.rename_category("licence", "rights"), "rename “licence” to “rights”"),
        (lambda: edits.remove_tag(Tag("use", "CM")), "remove “CM” from all tracks"),
        (lambda: edits.remove_tag(Tag("use", "")), "remove “Use” from all tracks"),
    ):
        with qtbot.waitSignal(edits.changed, timeout=WAIT_MS):
            act()
        says(qtbot, app, "undo", f"Undone: {text}")
        says(qtbot, app, "redo", f"Redone: {text}")
        says(qtbot, app, "undo", f"Undone: {text}")
