"""The filter panel and the chips."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, QTranslator
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QToolButton
from seen import facet

from bgm_finder.catalogue.in_memory.filters import FilterResult
from bgm_finder.conditions import Filter
from bgm_finder.gui.chips import FilterChips
from bgm_finder.gui.facet_menu import TagRequest
from bgm_finder.gui.filter_changes import renamed
from bgm_finder.gui.filter_panel import FilterPanel
from bgm_finder.gui.range_box import RangeBox
from bgm_finder.gui.text_helpers import number
from bgm_finder.paths import resource
from bgm_finder.track import ARTIST, FOLDER, Tag
from bgm_finder.workflows.edit_tracks import Renaming

NO_FILTER = Filter()


@pytest.fixture
def panel(qtbot, columns):
    shown = FilterPanel()
    qtbot.addWidget(shown)
    shown.show_filter(Filter(), FilterResult(columns, Filter()).counts())
    return shown


def items(panel):
    tree = panel.tree
    found = {}
    for head in (tree.topLevelItem(row) for row in range(tree.topLevelItemCount())):
        for child in (head.child(row) for row in range(head.childCount())):
            found[head.text(0), child.text(0)] = child
    return found


def ends(panel, name):
    """Return the two boxes of a range."""
    return panel.findChild(RangeBox, name).ends


def requested(qtbot, panel, act, now=NO_FILTER):
    """Return what the requested change makes of a filter."""
    with qtbot.waitSignal(panel.filter_requested) as requested:
        act()
    return requested.args[0](now)


def test_shows_how_many_tracks_each_tag_would_leave(panel):
    counts = {names: item.text(1) for names, item in items(panel).items()}
    assert counts["Genre", "rock"] == "2"
    assert counts["Genre", "ポップス"] == "1"
    assert counts["Genre", "(no tag)"] == "1"
    assert counts["File format", "wav"] == "4"


def test_a_tick_requests_the_tag(qtbot, panel):
    wanted = requested(qtbot, panel, lambda: items(panel)["Genre", "rock"].setCheckState(0, Qt.CheckState.Checked))
    assert wanted == Filter(ticked={"genre": frozenset({"rock"})})


def test_a_tick_is_added_to_what_was_asked_for_since(qtbot, panel):
    meanwhile = Filter(ticked={"genre": frozenset({"ポップス"})}, text="rain")
    wanted = requested(
        qtbot, panel, lambda: items(panel)["Genre", "rock"].setCheckState(0, Qt.CheckState.Checked), meanwhile
    )
    assert wanted == Filter(ticked={"genre": frozenset({"rock", "ポップス"})}, text="rain")


def test_no_tag_here_is_a_choice_of_its_own(qtbot, panel):
    item = items(panel)["Genre", "(no tag)"]
    assert requested(qtbot, panel, lambda: item.setCheckState(0, Qt.CheckState.Checked)) == Filter(
        untagged=frozenset({"genre"})
    )


def test_minus_excludes_and_a_click_on_it_takes_that_back(qtbot, panel, columns):
    panel.tree.setCurrentItem(items(panel)["Genre", "rock"])
    wanted = requested(qtbot, panel, lambda: qtbot.keyClick(panel.tree, Qt.Key.Key_Minus))
    assert wanted == Filter(excluded={"genre": frozenset({"rock"})})
    panel.show_filter(wanted, FilterResult(columns, wanted).counts())
    item = items(panel)["Genre", "rock"]
    assert item.checkState(0) == Qt.CheckState.PartiallyChecked
    assert requested(qtbot, panel, lambda: item.setCheckState(0, Qt.CheckState.Checked), wanted) == Filter()


def test_space_on_a_heading_asks_for_all_of_the_ticked(qtbot, panel):
    panel.tree.setCurrentItem(items(panel)["Genre", "rock"].parent())
    wanted = requested(qtbot, panel, lambda: qtbot.keyClick(panel.tree, Qt.Key.Key_Space))
    assert wanted.match_all == frozenset({"genre"})


def test_showing_a_filter_requests_nothing(qtbot, panel, columns):
    with qtbot.assertNotEmitted(panel.filter_requested):
        wanted = Filter(ticked={"genre": frozenset({"rock"})}, min_length_s=10)
        panel.show_filter(wanted, FilterResult(columns, wanted).counts())
    assert items(panel)["Genre", "rock"].checkState(0) == Qt.CheckState.Checked


def test_a_length_is_written_as_minutes_and_seconds(qtbot, panel):
    box, _ = ends(panel, "lengthRange")
    box.lineEdit().setText("1:30")
    assert requested(qtbot, panel, lambda: qtbot.keyClick(box, Qt.Key.Key_Return)).min_length_s == 90


@pytest.mark.parametrize(("name", "limit"), [("lengthLock", "length"), ("bpmLock", "bpm")])
def test_a_limit_binds_until_its_lock_is_opened_by_mouse_or_key(qtbot, panel, name, limit):
    lock = panel.findChild(QToolButton, name)
    assert lock.isChecked() and lock in panel.tab_order() and lock.accessibleName()
    locked_tip = lock.toolTip()
    opened = requested(qtbot, panel, lambda: qtbot.mouseClick(lock, Qt.MouseButton.LeftButton), Filter(max_bpm=120))
    assert opened == Filter(max_bpm=120, soft_limits=frozenset({limit}))
    panel.show_filter(opened, {})
    assert not lock.isChecked() and lock.toolTip() != locked_tip
    assert requested(qtbot, panel, lambda: qtbot.keyClick(lock, Qt.Key.Key_Space), opened) == Filter(max_bpm=120)


def shown_names(panel, category):
    head = facet(panel.tree, category)
    return [] if head is None else [head.child(row).text(0).strip() for row in range(head.childCount())]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a window without a screen
def test_of_thousands_of_artists_the_most_frequent_are_shown_and_typing_finds_the_others(qtbot, panel):
    panel.show()
    counts = {ARTIST: {None: 7, **{f"Artist {n:04}": n for n in range(3000)}}, "mood": {None: 1, "calm": 2}}
    wanted = Filter(ticked={ARTIST: frozenset({"Artist 0003"})})
    panel.show_filter(wanted, counts)
    names = shown_names(panel, "Artist")
    assert names == ["Artist 0003", *(f"Artist {n}" for n in range(2950, 3000)), "(no artist)", f"{number(2949)} more…"]
    box = panel.findChild(QLineEdit, "facetSearchBox")
    with qtbot.waitActive(panel):
        panel.activateWindow()
    more = facet(panel.tree, "Artist").child(len(names) - 1)
    panel.tree.setCurrentItem(more)
    with qtbot.assertNotEmitted(panel.filter_requested):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is box
    qtbot.keyClicks(box, "0012")
    assert shown_names(panel, "Artist") == ["Artist 0012"]
    assert facet(panel.tree, "Mood") is None
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert panel.tree.hasFocus() and panel.tree.currentItem().text(0) == "Artist 0012"
    box.setText("mood")
    assert shown_names(panel, "Mood") == ["calm", "(no tag)"]
    box.clear()
    assert shown_names(panel, "Artist")[:2] == ["Artist 0003", "Artist 2950"]


def test_folders_are_shown_as_a_tree_and_under_their_whole_path_where_what_holds_them_is_not(panel):
    folders = ("BGM", "BGM/Vendor", "BGM/Vendor/Album", "BGM/Vendor/Album b", "BGM/Vendor b", "BGM/Vendor b/雨")
    panel.show_filter(Filter(), {FOLDER: {None: 0, **dict.fromkeys(folders, 3)}, "wide": dict.fromkeys("abc", 1)})
    head = facet(panel.tree, "Folder")
    rows = [head.child(row).text(0).replace("\u2003", ">") for row in range(head.childCount())]
    assert rows == ["BGM", ">Vendor", ">>Album", ">>Album b", ">Vendor b", ">>雨"]
    panel.tree.narrow("album")
    assert shown_names(panel, "Folder") == ["Vendor/Album", "Vendor/Album b"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
def test_artist_and_folder_beside_categories_of_these_names_say_where_they_are_from(qtbot, qapp, shown):
    counts = {ARTIST: {None: 0, "Rin": 1}, FOLDER: {"a": 1, "a/b": 1}, "Artist": {None: 1, "Rin": 1}}
    shown.show_filter(Filter(), counts)
    heads = [shown.tree.topLevelItem(row).text(0) for row in range(shown.tree.topLevelItemCount())]
    assert heads == ["Artist (from the files)", "Folder", "Artist"]
    row = facet(shown.tree, "Folder").child(0)
    _, tips = menu_opened_by(qapp, lambda: right_click(qtbot, shown, row))
    assert tips[1] == "The folder is where the files are; it cannot be changed here."


def test_what_is_being_typed_stays_while_the_list_is_read_again(qtbot, panel, columns):
    box, _ = ends(panel, "bpmRange")
    qtbot.keyClicks(box, "12")
    panel.show_filter(Filter(), FilterResult(columns, Filter()).counts())
    assert box.text() == "12"
    qtbot.keyClicks(box, "0")
    assert requested(qtbot, panel, lambda: qtbot.keyClick(box, Qt.Key.Key_Return)).min_bpm == 120


@pytest.mark.parametrize(("name", "typed", "value"), [("bpmRange", "120", 120), ("lengthRange", "1:30", 90)])
def test_a_click_into_an_open_end_lets_type_at_once(qtbot, panel, name, typed, value):
    box, _ = ends(panel, name)
    panel.show()
    qtbot.waitExposed(panel)
    with qtbot.waitSignal(box.lineEdit().selectionChanged):
        qtbot.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    assert box.lineEdit().selectedText() == "–"
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == value


@pytest.mark.parametrize(("name", "typed", "value"), [("bpmRange", "120", 120), ("lengthRange", "1:30", 90)])
def test_a_number_may_be_typed_beside_the_dash_of_an_open_end(qtbot, panel, name, typed, value):
    _, box = ends(panel, name)
    box.lineEdit().end(False)
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == value


def test_a_category_of_thousands_of_tags_is_shown_in_order(panel):
    def names():
        head = facet(panel.tree, "Genre")
        return [head.child(row).text(0) for row in range(head.childCount())]

    for numbers in (range(0, 40, 2), range(0, 40), range(5, 30)):
        panel.show_filter(Filter(), {"genre": {None: 0, **{f"{n:02}": n for n in numbers}}})
        assert names() == [*(f"{n:02}" for n in numbers), "(no tag)"]


def test_tags_stand_in_alphabetical_order_whatever_their_case(panel):
    panel.show_filter(Filter(), {"genre": {None: 0, "folk": 1, "VGM": 1, "ambient": 1, "Game": 1}})
    head = facet(panel.tree, "Genre")
    assert [head.child(row).text(0) for row in range(4)] == ["ambient", "folk", "Game", "VGM"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a window without a screen
def test_new_counts_for_thousands_of_tags_are_shown_at_once(qtbot, qapp, panel):
    panel.show()
    qtbot.waitExposed(panel)
    counts = {f"{n:04}": n for n in range(2000)}
    panel.show_filter(Filter(), {"genre": {None: 0, **counts}})
    qapp.processEvents()
    began = time.perf_counter()
    panel.show_filter(Filter(), {"genre": {None: 0, **{name: count + 1 for name, count in counts.items()}}})
    assert time.perf_counter() - began < 1
    assert items(panel)["Genre", "1999"].text(1) == number(2000)


def test_rows_that_stay_the_same_are_not_touched(qtbot, panel, columns):
    counts = FilterResult(columns, Filter()).counts()
    with qtbot.assertNotEmitted(panel.tree.itemChanged):
        panel.show_filter(Filter(), counts)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
def test_a_menu_of_the_tree_goes_once_it_is_closed(qtbot, qapp, panel):
    panel.show()
    qtbot.waitExposed(panel)
    QTimer.singleShot(0, lambda: qapp.activePopupWidget().close())
    right_click(qtbot, panel, items(panel)["Genre", "rock"])
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert panel.tree.findChildren(QMenu) == []


def test_a_chip_takes_its_condition_away(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    wanted = Filter(ticked={"genre": frozenset({"rock", "R&B"})}, text="rain")
    chips.show_filter(wanted)
    assert [chips.layout().itemAt(n).widget().text() for n in range(chips.layout().count())] == [
        "Genre: R&&B  ✕",
        "Genre: rock  ✕",
        "Search words: rain  ✕",
    ]
    with qtbot.waitSignal(chips.filter_requested) as requested:
        chips.layout().itemAt(0).widget().click()
    assert requested.args[0](wanted) == Filter(ticked={"genre": frozenset({"rock"})}, text="rain")


def test_chips_stay_while_the_filter_does(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.show_filter(Filter(text="rain"))
    chip = chips.layout().itemAt(0).widget()
    chips.show_filter(Filter(text="rain"))
    assert chips.layout().itemAt(0).widget() is chip
    chips.show_filter(Filter(text="snow"))
    assert chips.layout().itemAt(0).widget() is not chip


def test_another_language_changes_the_words_and_not_the_filter(qtbot, qapp, panel):
    japanese = QTranslator()
    assert japanese.load(str(resource("translations/bgm_finder_ja.qm")))
    with qtbot.assertNotEmitted(panel.filter_requested):
        qapp.installTranslator(japanese)
        qapp.processEvents()
    words = set(items(panel))
    qapp.removeTranslator(japanese)
    assert ("楽曲ジャンル", "（タグなし）") in words


def test_every_tag_has_a_box(panel):
    assert all(item.data(0, Qt.ItemDataRole.CheckStateRole) is not None for item in items(panel).values())


@pytest.fixture
def shown(qtbot, panel):
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def menu_opened_by(qapp, act):
    """Return the texts of the menu that act opens, those that cannot be chosen in brackets, and its tool tips."""
    found = []

    def look():
        menu = qapp.activePopupWidget()
        found.extend((a.text() if a.isEnabled() else f"({a.text()})", a.toolTip()) for a in menu.actions() if a.text())
        menu.close()

    QTimer.singleShot(0, look)
    act()
    return [text for text, _ in found], [tip for _, tip in found]


def right_click(qtbot, panel, item):
    place = panel.tree.visualItemRect(item).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, panel.tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(panel.tree.viewport(), event)


TAG_MENU = ["Exclude", "Rename…", "Merge with…", "Remove from all tracks…"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
@pytest.mark.parametrize("way", ["click", "menu key", "context event of a key", "Shift+F10", "button"])
def test_the_menu_of_a_tag_is_reached_by_mouse_and_keys(qtbot, qapp, shown, way):
    item, tree = items(shown)["Genre", "rock"], shown.tree
    tree.setCurrentItem(items(shown)["Mood", "calm"] if way == "click" else item)
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), tree.mapToGlobal(QPoint(1, 1)))
    button = shown.findChild(QPushButton, "tagMenuButton")
    ways = {
        "click": lambda: right_click(qtbot, shown, item),
        "menu key": lambda: qtbot.keyClick(tree, Qt.Key.Key_Menu),
        "context event of a key": lambda: QApplication.sendEvent(tree, by_key),
        "Shift+F10": lambda: qtbot.keyClick(tree, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        "button": lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton),
    }
    assert menu_opened_by(qapp, ways[way])[0] == TAG_MENU


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a screen
def test_what_belongs_to_every_library_says_why_it_cannot_be_changed(qtbot, qapp, shown):
    texts, tips = menu_opened_by(qapp, lambda: right_click(qtbot, shown, items(shown)["Genre", "rock"].parent()))
    assert texts[1:] == ["(Rename…)", "(Merge into another category…)", "Remove…"]
    assert tips[1] == "This is a built-in category. It cannot be renamed or merged."
    texts, tips = menu_opened_by(qapp, lambda: right_click(qtbot, shown, items(shown)["File format", "wav"]))
    assert all(text.startswith("(") for text in texts[1:])
    assert tips[1] == "The file format is read from the files; it cannot be changed here."
    shown.show_filter(Filter(), {"licence": {None: 0, "free": 1}})
    head = facet(shown.tree, "licence")
    assert menu_opened_by(qapp, lambda: right_click(qtbot, shown, head))[0][1] == "Rename…"
    shown.tree.may_edit = False
    assert menu_opened_by(qapp, lambda: right_click(qtbot, shown, head))[0][1] == "(Rename…)"


def test_f2_asks_for_another_name_where_there_may_be_one(qtbot, shown):
    shown.tree.setCurrentItem(items(shown)["Genre", "rock"])
    with qtbot.waitSignal(shown.tag_requested) as asked:
        qtbot.keyClick(shown.tree, Qt.Key.Key_F2)
    assert asked.args == [TagRequest("rename", Tag("genre", "rock"))]
    with qtbot.assertNotEmitted(shown.tag_requested):
        for item in (items(shown)["File format", "wav"], items(shown)["Genre", "(no tag)"]):
            shown.tree.setCurrentItem(item)
            qtbot.keyClick(shown.tree, Qt.Key.Key_F2)


def test_the_filter_goes_on_with_the_new_names():
    now = Filter(
        ticked={"use": frozenset({"Game", "CM"}), "licence": frozenset({"free"})},
        excluded={"use": frozenset({"VGM"}), "licence": frozenset({"paid"})},
        untagged=frozenset({"licence"}),
        match_all=frozenset({"licence"}),
    )
    merged = renamed(Renaming(Tag("use", "Game"), Tag("use", "CM")))(now)
    assert merged.ticked["use"] == {"CM"}
    assert renamed(Renaming(Tag("use", "VGM"), None))(now).excluded == {"licence": frozenset({"paid"})}
    moved = renamed(Renaming(Tag("licence", ""), Tag("use", "")))(now)
    assert moved.ticked == {"use": frozenset({"Game", "CM", "free"})}
    assert moved.excluded == {"use": frozenset({"VGM", "paid"})}
    assert (moved.untagged, moved.match_all) == (frozenset({"use"}), frozenset({"use"}))
    gone = renamed(Renaming(Tag("licence", ""), None))(now)
    assert (set(gone.ticked), gone.untagged, gone.match_all) == ({"use"}, frozenset(), frozenset())
    assert renamed(Renaming(Tag("use", "Rock"), Tag("use", "rock")))(now) == now


@pytest.mark.parametrize(
    ("old", "new"),
    [(Tag("use", "Game"), Tag("use", "CM")), (Tag("licence", ""), Tag("use", ""))],
    ids=["tag", "category"],
)
def test_a_ticked_tag_that_is_merged_into_an_excluded_one_stays_ticked_alone(old, new):
    ticked = {old.category: frozenset({old.name or "CM"})}
    now = Filter(ticked=ticked, excluded={"use": frozenset({"CM", "VGM"})})
    merged = renamed(Renaming(old, new, is_merge=True))(now)
    assert merged.ticked == {"use": frozenset({"CM"})}
    assert merged.excluded == {"use": frozenset({"VGM"})}
