"""The filter panel and the chips."""

import pytest
from PySide6.QtCore import Qt, QTranslator

from bgm_finder.catalogue.conditions import Condition, Filter
from bgm_finder.catalogue.filters import facet_counts
from bgm_finder.gui.chips import FilterChips
from bgm_finder.gui.filter_panel import FilterPanel
from bgm_finder.paths import resource


@pytest.fixture
def panel(qtbot, columns):
    shown = FilterPanel()
    qtbot.addWidget(shown)
    shown.show_filter(Filter(), facet_counts(columns, Filter()))
    return shown


def items(panel):
    tree = panel.tree
    found = {}
    for head in (tree.topLevelItem(row) for row in range(tree.topLevelItemCount())):
        for child in (head.child(row) for row in range(head.childCount())):
            found[head.text(0), child.text(0)] = child
    return found


def wish(qtbot, panel, act):
    with qtbot.waitSignal(panel.filter_wished) as wished:
        act()
    return wished.args[0]


def test_shows_how_many_tracks_each_tag_would_leave(panel):
    counts = {names: item.text(1) for names, item in items(panel).items()}
    assert counts["Genre", "rock"] == "2"
    assert counts["Genre", "ポップス"] == "1"
    assert counts["Genre", "(no tag here)"] == "1"
    assert counts["File format", "wav"] == "4"


def test_a_tick_wishes_for_the_tag(qtbot, panel):
    wanted = wish(qtbot, panel, lambda: items(panel)["Genre", "rock"].setCheckState(0, Qt.CheckState.Checked))
    assert wanted == Filter(ticked={"genre": frozenset({"rock"})})


def test_no_tag_here_is_a_choice_of_its_own(qtbot, panel):
    item = items(panel)["Genre", "(no tag here)"]
    assert wish(qtbot, panel, lambda: item.setCheckState(0, Qt.CheckState.Checked)) == Filter(
        untagged=frozenset({"genre"})
    )


def test_minus_excludes_and_a_click_on_it_takes_that_back(qtbot, panel, columns):
    panel.tree.setCurrentItem(items(panel)["Genre", "rock"])
    wanted = wish(qtbot, panel, lambda: qtbot.keyClick(panel.tree, Qt.Key.Key_Minus))
    assert wanted == Filter(excluded={"genre": frozenset({"rock"})})
    panel.show_filter(wanted, facet_counts(columns, wanted))
    item = items(panel)["Genre", "rock"]
    assert item.checkState(0) == Qt.CheckState.PartiallyChecked
    assert wish(qtbot, panel, lambda: item.setCheckState(0, Qt.CheckState.Checked)) == Filter()


def test_space_on_a_heading_asks_for_all_of_the_ticked(qtbot, panel):
    panel.tree.setCurrentItem(items(panel)["Genre", "rock"].parent())
    wanted = wish(qtbot, panel, lambda: qtbot.keyClick(panel.tree, Qt.Key.Key_Space))
    assert wanted.match_all == frozenset({"genre"})


def test_showing_a_filter_wishes_for_nothing(qtbot, panel, columns):
    with qtbot.assertNotEmitted(panel.filter_wished):
        wanted = Filter(ticked={"genre": frozenset({"rock"})}, min_length_s=10)
        panel.show_filter(wanted, facet_counts(columns, wanted))
    assert items(panel)["Genre", "rock"].checkState(0) == Qt.CheckState.Checked


def test_a_length_is_written_as_minutes_and_seconds(qtbot, panel):
    box = panel.findChildren(type(panel._length._low))[0]
    box.lineEdit().setText("1:30")
    assert wish(qtbot, panel, lambda: qtbot.keyClick(box, Qt.Key.Key_Return)).min_length_s == 90


def test_a_chip_takes_its_condition_away(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    wanted = Filter(ticked={"genre": frozenset({"rock", "R&B"})}, text="rain")
    chips.show_filter(wanted)
    texts = [chips._flow.itemAt(n).widget().text() for n in range(chips._flow.count())]
    assert texts == ["Genre: R&&B  ✕", "Genre: rock  ✕", "Search words: rain  ✕"]
    with qtbot.waitSignal(chips.filter_wished) as wished:
        chips._flow.itemAt(0).widget().click()
    assert wished.args[0] == Filter(ticked={"genre": frozenset({"rock"})}, text="rain")
    assert Condition("ticked", "genre", "R&B")


def test_another_language_changes_the_words_and_not_the_filter(qtbot, qapp, panel):
    japanese = QTranslator()
    assert japanese.load(str(resource("translations/bgm_finder_ja.qm")))
    with qtbot.assertNotEmitted(panel.filter_wished):
        qapp.installTranslator(japanese)
        qapp.processEvents()
    words = set(items(panel))
    qapp.removeTranslator(japanese)
    assert ("楽曲ジャンル", "（タグなし）") in words
