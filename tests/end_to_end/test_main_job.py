"""The main job in the real window: filter, walk, listen, find similar, drop a reference."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from dropping import drop
from music import RATE_HZ, chord
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton
from seen import has_lively_playhead, is_drawn, is_marked, marked, searched, titles, ways

from bgm_finder.audio.playing.devices import devices
from bgm_finder.conditions import Condition, Filter, without
from bgm_finder.gui.filter_changes import turn
from bgm_finder.track import Section

SEARCH_MS = 60_000
ROCK = turn("genre", "rock")


def press(qtbot, app, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(app.window.table, key, modifier)


def search(qtbot, app, act):
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS) as found:
        act()
    return found.args[1]


def test_down_plays_the_next_track_at_once(qtbot, app, music):
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == "One"  # sorted by title: One, track03 …, Two, Zero
    qtbot.waitUntil(lambda: app.player.position_s > 0.05)
    assert app.player.path == music / "track01.flac"
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.player.path == music / "track03.mp3"
    qtbot.waitUntil(lambda: app.player.is_playing and app.player.position_s > 0.05)


def test_without_auto_play_the_list_is_walked_in_silence(qtbot, app):
    app.window.commands["auto_play"].trigger()
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.is_ready)
    assert not app.player.is_playing
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.player.is_playing)


def test_a_click_in_the_picture_plays_from_there(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.window.waveform.maximum() >= 7)
    app.window.waveform.position_requested.emit(6.0)
    qtbot.waitUntil(lambda: 6.0 <= app.player.position_s < 7.0)


@pytest.mark.skipif(bool(devices()), reason="there is a sound card")
def test_a_missing_sound_card_is_the_player_bar_s_to_say(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.is_silent and app.window.player_bar.findChild(QLabel, "silentLabel").isVisible())
    assert "Sound" not in app.window.status.text


def test_digits_and_arrows_move_the_playhead(qtbot, app):
    app.window.commands["auto_play"].trigger()
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.duration_s is not None)
    press(qtbot, app, Qt.Key.Key_5)
    assert app.player.position_s == pytest.approx(4.0, abs=0.1)
    press(qtbot, app, Qt.Key.Key_Right)
    assert app.player.position_s == pytest.approx(5.0, abs=0.1)
    press(qtbot, app, Qt.Key.Key_J)
    assert app.player.position_s == pytest.approx(0.0, abs=0.1)


def test_a_ticked_tag_narrows_the_list_and_the_counts_follow(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    assert titles(app) == ["One", "Zero"]
    assert app.library.view.counts["mood"]["calm"] == 1
    assert app.window.chips.isVisible()


def test_ticks_and_words_that_come_faster_than_the_list_all_count(qtbot, app):
    app.window.filter_panel.filter_requested.emit(turn("genre", "pop"))
    qtbot.keyClicks(app.window.search_box, "o")
    app.window.filter_panel.filter_requested.emit(turn("mood", "calm"))
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    genres = frozenset({"pop", "rock"})
    assert app.library.wanted == Filter(ticked={"genre": genres, "mood": frozenset({"calm"})}, text="o")
    assert app.window.search_box.text() == "o"
    assert titles(app) == ["Two", "Zero"]


ROCK_AND_O = Filter(ticked={"genre": frozenset({"rock"})}, text="o")


def narrow(qtbot, app):
    app.window.filter_panel.filter_requested.emit(ROCK)
    qtbot.keyClicks(app.window.search_box, "o")


def test_the_shortlist_is_another_list_that_can_be_narrowed_and_left(qtbot, app):
    narrow(qtbot, app)
    app.window.commands["shortlist"].trigger()
    assert app.library.wanted == Filter(mark="keep")
    assert not app.window.search_box.text()
    app.window.filter_panel.filter_requested.emit(ROCK)
    assert app.library.wanted == Filter(ticked={"genre": frozenset({"rock"})}, mark="keep")
    app.window.commands["shortlist"].trigger()
    assert app.library.wanted == ROCK_AND_O
    assert app.window.search_box.text() == "o"


def test_the_shortlists_chip_brings_the_filter_back_and_clear_ends_both(qtbot, app):
    narrow(qtbot, app)
    app.window.commands["shortlist"].trigger()
    app.window.chips.filter_requested.emit(lambda now: without(now, Condition("mark")))
    assert app.library.wanted == ROCK_AND_O
    app.window.commands["shortlist"].trigger()
    app.window.commands["clear_filter"].trigger()
    assert app.library.wanted == Filter()


def test_an_empty_shortlist_says_how_to_fill_it_and_leads_back(qtbot, app):
    app.window.commands["shortlist"].trigger()
    page = app.window.nothing_left
    qtbot.waitUntil(lambda: app.window.stack.currentWidget() is page)
    assert page.findChild(QLabel, "emptyHeading").text() == "The shortlist is empty"
    ways(page)[0].click()
    qtbot.waitUntil(lambda: len(titles(app)) == 6)


def test_what_was_kept_outside_the_filter_is_in_the_shortlist_and_the_search_comes_back(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    outside = titles(app)[-1]
    app.window.table.select(len(titles(app)) - 1)
    press(qtbot, app, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: app.library.columns.marks.any(), timeout=SEARCH_MS)
    app.window.commands["shortlist"].trigger()
    qtbot.waitUntil(lambda: titles(app) == [outside], timeout=SEARCH_MS)
    assert app.window.shortlist_button.text() == "Shortlist (1)"
    search(qtbot, app, app.window.commands["shortlist"].trigger)
    assert app.window.reference.isVisible()
    app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not app.library.columns.marks.any(), timeout=SEARCH_MS)
    # with the view, after the columns
    qtbot.waitUntil(lambda: app.window.shortlist_button.text() == "Shortlist", timeout=SEARCH_MS)


def test_typed_words_search_titles_and_tags(qtbot, app):
    typed = QInputMethodEvent()
    typed.setCommitString("ﾋﾟｱﾉ")  # as a Japanese input method hands it over
    QGuiApplication.sendEvent(app.window.search_box, typed)
    qtbot.waitUntil(lambda: titles(app) == ["Zero"])


def test_enter_in_the_search_box_plays_the_first_track_that_is_left(qtbot, app):
    for _ in range(6):
        press(qtbot, app, Qt.Key.Key_Down)
    app.window.search_box.setFocus()
    qtbot.keyClicks(app.window.search_box, "one")
    qtbot.waitUntil(lambda: titles(app) == ["One"])
    qtbot.keyClick(app.window.search_box, Qt.Key.Key_Return)
    assert app.playback.sounding.title == "One"
    assert app.window.table.hasFocus()


def test_a_filter_that_leaves_nothing_says_what_to_drop(qtbot, app):
    wanted = Filter(ticked={"genre": frozenset({"rock"})}, text="Two")
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(lambda _: wanted)
    page = app.window.nothing_left
    assert app.window.stack.currentWidget() is page
    assert [button.text() for button in ways(page)] == [
        "Without “Search words: Two”: 2",
        "Without “Genre: rock”: 1",
        "Clear the filter",
    ]
    with qtbot.waitSignal(app.library.view_changed):
        ways(page)[1].click()
    assert titles(app) == ["Two"]


def test_a_search_with_nothing_to_compare_with_says_so_and_leads_back(qtbot, app):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(lambda _: Filter(text="One"))
    press(qtbot, app, Qt.Key.Key_Down)
    app.window.reference.scope_requested.emit("inside")
    found = search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    page = app.window.nothing_left
    assert found.outside
    assert app.window.stack.currentWidget() is page
    assert page.findChild(QLabel, "emptyHeading").text() == "Nothing to compare with"
    assert [button.text() for button in ways(page)] == ["Show all matches", "Back to the list"]
    ways(page)[0].click()
    assert len(titles(app)) == 5
    assert app.window.stack.currentWidget() is app.window.table
    app.window.reference.scope_requested.emit("inside")
    ways(page)[1].click()
    qtbot.waitUntil(lambda: titles(app) == ["One"])
    assert not app.window.reference.isVisible()


def test_limits_hold_for_a_search_until_the_lock_is_opened(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    assert len(titles(app)) == 5
    search(qtbot, app, lambda: app.window.filter_panel.filter_requested.emit(lambda _: Filter(max_length_s=1.0)))
    page = app.window.nothing_left
    assert app.window.stack.currentWidget() is page
    assert page.findChild(QLabel, "emptyHeading").text() == "No track is within these limits"
    assert [button.text() for button in ways(page)] == ["Remove “Length: – 0:01”", "Back to the list"]
    lock = app.window.findChild(QToolButton, "lengthLock")
    lock.setFocus()
    search(qtbot, app, lambda: qtbot.keyClick(lock, Qt.Key.Key_Space))
    assert app.window.stack.currentWidget() is app.window.table
    assert len(titles(app)) == 7  # with the headings
    assert app.library.wanted.soft_limits == {"length"}
    assert lock.hasFocus(), "the key closes it again"
    search(qtbot, app, lambda: qtbot.keyClick(lock, Qt.Key.Key_Space))
    search(qtbot, app, lambda: ways(page)[0].click())
    assert len(titles(app)) == 5


def test_a_ranking_lists_only_the_best_few_of_a_folder_once_this_is_chosen(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    everything = titles(app)
    box = app.window.findChild(QComboBox, "atMostSelector")
    assert box.isVisible() and box.itemText(6) == "At most 2 per folder"
    box.setFocus()
    search(qtbot, app, lambda: [qtbot.keyClick(box, Qt.Key.Key_Down) for _ in range(6)])
    assert box.currentText() == "At most 2 per folder"
    assert titles(app) == everything[:2]
    assert (app.settings.at_most, app.settings.at_most_per) == (2, "folder")
    search(qtbot, app, lambda: qtbot.keyClick(box, Qt.Key.Key_Home))
    assert titles(app) == everything
    assert app.settings.at_most == 0


def embedded(music, tmp_path):
    """Return names and vectors as the command writes them."""
    target = tmp_path / "vectors.npz"
    files = [str(path) for path in sorted(music.iterdir()) if path.suffix != ".csv"]
    subprocess.run([sys.executable, "-m", "bgm_finder", "embed", *files, "--output", str(target)], check=True)
    with np.load(target) as stored:
        return list(stored["ids"]), stored["vectors"]


def test_similar_tracks_come_in_the_order_of_the_cosine(qtbot, app, music, tmp_path):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == "One"
    ranking = search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    ids, vectors = embedded(music, tmp_path)
    cosines = dict(zip(ids, vectors @ vectors[ids.index("track01")], strict=True))
    columns = app.library.columns
    names = {int(i): Path(p).stem for i, p in zip(columns.ids, columns.paths, strict=True)}
    for matches in (ranking.inside, ranking.outside):
        assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
        for match in matches:
            assert match.score == pytest.approx(cosines[names[match.track_id]], abs=2e-3)  # stored in half precision
    assert {names[m.track_id] for m in ranking.inside} == {"track00"}
    assert {names[m.track_id] for m in ranking.outside} == {"track02", "track03", "track04", "track05"}
    shown = app.window.table.tracks
    assert [shown.index(place, 1).data() for place in (0, 2)] == ["Inside your filter – 1", "Outside your filter – 4"]
    reasons = {shown.index(p, 1).data(): shown.index(p, 5).data() for p in range(3, shown.rowCount())}
    assert reasons["Two"] == "Genre: pop"
    assert reasons["track03"] == "no Genre tag"
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.title == "Zero"


def test_after_a_search_down_plays_the_best_match(qtbot, app):
    for _ in range(3):
        press(qtbot, app, Qt.Key.Key_Down)
    ranking = search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    assert app.playback.sounding.track_id == ranking.inside[0].track_id


@pytest.mark.parametrize("is_requested", [False, True])
def test_a_result_plays_from_the_passage_that_fits_where_that_is_requested(qtbot, app, is_requested):
    app.settings.from_passage = is_requested
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    table = app.window.table
    passages = {place: table.tracks.passage_at(place) for place in range(table.tracks.rowCount())}
    place, passage = next((place, found) for place, found in passages.items() if found and found.start_s > 1)
    table.setCurrentIndex(table.tracks.index(place, 1))
    assert app.playback.sounding.track_id == table.tracks.id_at(place)
    qtbot.waitUntil(lambda: app.playback.player.position_s > 0)
    assert (app.playback.player.position_s >= passage.start_s) == is_requested


def test_the_references_picture_stays_while_its_ranking_follows_the_filter(qtbot, app, music):
    strip = app.window.reference.strip
    search(qtbot, app, lambda: drop(app, music / "track03.mp3"))
    qtbot.waitUntil(lambda: is_drawn(strip))
    search(qtbot, app, lambda: app.window.filter_panel.filter_requested.emit(ROCK))
    assert is_drawn(strip)
    app.search.clear()
    assert not is_drawn(strip)


def test_a_section_of_the_reference_is_not_drawn_on_the_track(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    app.playback.marking.mark(Section(1.0, 2.0))
    press(qtbot, app, Qt.Key.Key_B)
    app.playback.marking.mark(Section(5.0, 6.0))
    wave = app.window.waveform
    assert [is_marked(wave, at_s, 8.0) for at_s in (1.3, 1.7, 5.3, 5.7)] == [True, True, False, False]
    press(qtbot, app, Qt.Key.Key_B)
    assert app.playback.marking.section == Section(1.0, 2.0)


def test_the_reference_s_own_section_is_shown_where_the_reference_is(qtbot, app):
    strip = app.window.reference.strip
    press(qtbot, app, Qt.Key.Key_Down)
    app.playback.marking.mark(Section(3.0, 4.0))
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier))
    qtbot.waitUntil(lambda: is_drawn(strip))
    assert marked(strip, 8.0) == searched(strip, 8.0) == pytest.approx((3.0, 4.0), abs=0.1)
    press(qtbot, app, Qt.Key.Key_Down)
    app.playback.marking.mark(Section(1.0, 2.0))  # of another track
    assert marked(strip, 8.0) == pytest.approx((3.0, 4.0), abs=0.1)
    press(qtbot, app, Qt.Key.Key_B)
    app.playback.marking.mark(Section(5.0, 6.0))
    assert marked(strip, 8.0) == pytest.approx((5.0, 6.0), abs=0.1)
    assert searched(strip, 8.0) == pytest.approx((3.0, 4.0), abs=0.1)
    press(qtbot, app, Qt.Key.Key_B)
    assert marked(strip, 8.0) == pytest.approx((5.0, 6.0), abs=0.1)


def test_which_of_the_two_is_heard_is_seen(qtbot, app):
    window = app.window

    def seen():
        return window.player_bar.findChild(QLabel, "soundingLabel").text(), has_lively_playhead(window.waveform)

    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    track = app.playback.sounding.title
    assert seen() == (track, True)
    press(qtbot, app, Qt.Key.Key_B)
    assert seen() == ("Reference: One", False)
    press(qtbot, app, Qt.Key.Key_B)
    assert seen() == (track, True)
    press(qtbot, app, Qt.Key.Key_B)
    press(qtbot, app, Qt.Key.Key_Down)
    assert seen() == (app.playback.sounding.title, True)


def test_back_and_forward_walk_through_searches(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    press(qtbot, app, Qt.Key.Key_Down)
    second = app.playback.sounding.title
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    assert app.search.current.titles == (second,)
    search(qtbot, app, app.window.commands["search_back"].trigger)
    assert app.search.current.titles == ("One",)
    assert app.window.reference.findChild(QLabel, "referenceName").text() == "One"
    search(qtbot, app, app.window.commands["search_forward"].trigger)
    assert app.search.current.titles == (second,)


def test_a_dropped_file_is_searched_and_not_added(qtbot, app, tmp_path, music):
    reference = tmp_path / "rough cut.wav"
    soundfile.write(reference, chord(2, 8.0), RATE_HZ)  # the sound of track02, from outside the library
    ranking = search(qtbot, app, lambda: drop(app, reference))
    columns = app.library.columns
    best = ranking.inside[0]
    assert Path(columns.paths[columns.row_of(best.track_id)]).stem == "track02"
    assert best.score > 0.98
    assert app.window.reference.isVisible()
    assert app.window.reference.findChild(QLabel, "referenceName").text() == "rough cut.wav"
    qtbot.waitUntil(lambda: is_drawn(app.window.reference.strip))
    assert len(columns) == 6
    app.window.findChild(QToolButton, "referencePlayButton").click()
    qtbot.waitUntil(lambda: app.player.path == reference and app.player.position_s > 0.05)


def test_more_files_than_a_search_takes_are_refused(qtbot, app, tmp_path):
    files = [tmp_path / f"{number}.wav" for number in range(51)]
    for file in files:
        file.touch()
    drop(app, *files)
    qtbot.waitUntil(lambda: app.window.status.text == "You can search by up to 50 tracks at once.", timeout=SEARCH_MS)
    assert not app.search.is_busy and app.search.current is None


def test_a_dropped_file_that_is_no_sound_says_so_and_changes_nothing(qtbot, app, tmp_path):
    before = titles(app)
    broken = tmp_path / "picture.wav"
    broken.write_bytes(b"not a sound at all" * 100)
    with qtbot.waitSignal(app.search.failed, timeout=SEARCH_MS):
        drop(app, broken)
    assert app.window.status.text == "picture.wav: is not a supported sound file"
    assert not app.window.reference.isVisible()
    assert titles(app) == before


def paste(app, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)
    app.window.commands["paste_reference"].trigger()


@pytest.mark.parametrize("bring", [drop, paste])
def test_a_dropped_or_pasted_tag_list_is_brought_in(qtbot, app, tmp_path, bring):
    tags = tmp_path / "Tags.CSV"
    tags.write_text("file,use,Brief\ntrack05,VP,mine\n", encoding="utf-8")
    titles_of_reports = []

    def close_report():
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.isVisible():
            if dialog.windowTitle() not in titles_of_reports:
                titles_of_reports.append(dialog.windowTitle())
            qtbot.keyClick(dialog, Qt.Key.Key_Return)
        if titles_of_reports[-1:] != ["Tag list imported"]:
            QTimer.singleShot(20, close_report)

    QTimer.singleShot(0, close_report)
    bring(app, tags)
    qtbot.waitUntil(lambda: titles_of_reports == ["Import a tag list", "Tag list imported"], timeout=10_000)
    qtbot.waitUntil(lambda: "Brief" in app.library.columns.tags)
    assert app.search.current is None
    app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: "Brief" not in app.library.columns.tags)


@pytest.mark.parametrize("bring", [drop, paste])
def test_a_folder_without_music_says_so(qtbot, app, tmp_path, bring):
    with qtbot.waitSignal(app.library.scanning.ended, timeout=SEARCH_MS):
        bring(app, tmp_path)
    qtbot.waitUntil(lambda: app.window.status.text == f"No sound file was found in {tmp_path}.")
    app.library.scanning.forget(tmp_path)
    qtbot.waitUntil(lambda: not app.library.scanning.is_busy, timeout=SEARCH_MS)


def test_escape_stops_then_clears_the_search(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    search(qtbot, app, lambda: press(qtbot, app, Qt.Key.Key_S))
    qtbot.waitUntil(lambda: app.player.is_playing)
    press(qtbot, app, Qt.Key.Key_Escape)
    assert not app.player.is_playing
    assert app.search.current is not None
    press(qtbot, app, Qt.Key.Key_Escape)
    assert app.search.current is None
    assert len(titles(app)) == 6


def test_kept_tracks_make_the_shortlist_and_can_be_undone(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    press(qtbot, app, Qt.Key.Key_F)
    assert app.playback.sounding.title == "track03"  # went on
    qtbot.waitUntil(lambda: app.library.columns.marks.any())
    app.window.commands["shortlist"].trigger()
    qtbot.waitUntil(lambda: titles(app) == ["One"])
    app.window.commands["shortlist"].trigger()
    qtbot.waitUntil(lambda: len(titles(app)) == 6)
    app.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not app.library.columns.marks.any())


def test_undo_goes_back_to_the_track_and_names_it(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    press(qtbot, app, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: app.library.columns.marks.any())
    assert app.playback.sounding.title == "track03"
    press(qtbot, app, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: app.window.status.text == "Undone: reject One")
    assert app.playback.sounding.title == "One"


def test_tab_goes_from_the_top_through_filter_and_list_to_the_pictures(app):
    window = app.window
    menu, play_reference, play = (
        window.findChild(QToolButton, name) for name in ("menuButton", "referencePlayButton", "playButton")
    )
    marks = [menu, window.search_box, window.find_button, window.findChild(QPushButton, "clearFilterButton"),
             window.filter_panel.tree, play_reference, window.reference.scope,
             window.table, window.waveform, window.spectrogram]  # fmt: skip
    chain = [menu]
    while (after := chain[-1].nextInFocusChain()) is not chain[0]:
        chain.append(after)
    places = [chain.index(widget) for widget in marks]
    assert places == sorted(places)
    assert chain.index(play) > places[-1]


def test_bare_letters_type_in_the_search_box(qtbot, app):
    app.window.search_box.setFocus()
    qtbot.keyClicks(app.window.search_box, "sf d")
    assert app.window.search_box.text() == "sf d"
    assert app.search.current is None


def test_copied_rows_are_files_and_paths(qtbot, app, music):
    press(qtbot, app, Qt.Key.Key_Down)
    press(qtbot, app, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in mime.urls()] == [str(music / "track01.flac")]
    assert mime.text() == str(music / "track01.flac")


def test_a_marked_section_says_what_can_be_done_with_it(qtbot, app):
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.duration_s is not None)
    press(qtbot, app, Qt.Key.Key_I)
    assert "Shift+S to find similar tracks" in app.window.status.text


def test_the_marked_section_is_copied_as_a_file_of_its_own(qtbot, app, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_music_dir", lambda: str(tmp_path))
    press(qtbot, app, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.player.duration_s is not None)
    app.playback.marking.mark(Section(1.0, 2.5))
    handle = app.window.player_bar.section
    assert handle.isVisible()
    with qtbot.waitSignal(handle.copied, timeout=10_000) as copied:
        qtbot.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()] == [str(copied.args[0])]
    assert soundfile.info(copied.args[0]).duration == pytest.approx(1.5)


def test_the_next_start_remembers_filter_and_track(qtbot, app, open_app, music):
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    app.window.close()
    again = open_app()
    qtbot.waitUntil(lambda: titles(again) == ["One", "Zero"])
    assert again.window.table.current_id() is not None
    assert again.playback.sounding.path == music / "track01.flac"
    assert not again.player.is_playing
