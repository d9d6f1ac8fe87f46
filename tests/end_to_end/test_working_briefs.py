"""Briefs in the real window: each comes back as it was left, by keys alone, and nothing of one gets into another."""

import json
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from seen import titles

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.gui.filter_changes import turn
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows.briefs import briefs_folder, load_brief

SEARCH_MS = 60_000
ROCK = turn("genre", "rock")
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def press(qtbot, app, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(app.window.table, key, modifier)


def name(app):
    return app.window.brief_box.button.accessibleName().removeprefix("Brief: ")


def marks(app):
    columns = app.library.columns
    return {int(track_id): int(mark) for track_id, mark in zip(columns.ids, columns.marks, strict=True) if mark}


def shown(app):
    """All that a user sees of the work: the list with its scores, the row, the filter, the search."""
    table = app.window.table
    scores = {place: match.score for place, match in table.tracks.shown.matches.items()}
    panel = app.window.reference
    return (
        titles(app), scores, table.currentIndex().row(), table.top_row, app.library.wanted,
        app.window.search_box.text(), panel.isVisible(), app.window.chips.isVisible(),
        app.window.commands["shortlist"].isChecked(),
        app.search.can_go_back, app.search.can_go_forward, marks(app),
    )  # fmt: skip


def begin_brief(qtbot, app, called):
    """Begin a brief by its key and name it."""
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_N, CTRL)
    field = app.window.brief_box.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, called)
    with qtbot.waitSignal(app.briefs.renamed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, app)


def go_to_brief(qtbot, app, called):
    """Switch by key and name."""

    def choose():
        dialog = QApplication.activeModalWidget()
        field = dialog.focusWidget()
        qtbot.keyClicks(field, called)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_B, CTRL)
    app.window.activateWindow()  # as a desktop does once the dialog is closed
    qtbot.waitUntil(app.window.isActiveWindow)
    settle(qtbot, app)


def settle(qtbot, app):
    """Wait until the window shows the brief."""
    current = app.briefs.current.id
    qtbot.waitUntil(lambda: app.work_state.collect() is not None and app.library.columns.brief_id == current)
    qtbot.waitUntil(lambda: {brief.id for brief in app.briefs.all} >= {current})


def work(qtbot, app):
    """Filter, search twice, keep one of what was found, and go on two rows."""
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    for _ in range(2):
        press(qtbot, app, Qt.Key.Key_Down)
        with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
            press(qtbot, app, Qt.Key.Key_S)
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.edits.changed):
        press(qtbot, app, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: bool(marks(app)) and not app.search.is_busy, timeout=SEARCH_MS)


def test_a_brief_comes_back_as_it_was_left_while_playing_goes_on(qtbot, app, open_app):
    app.window.commands["loop"].trigger()
    work(qtbot, app)
    qtbot.waitUntil(lambda: app.player.is_playing)
    left, heard = shown(app), app.player.path
    begin_brief(qtbot, app, "Corporate film")
    assert name(app) == "Corporate film" and app.window.table.hasFocus()
    assert len(titles(app)) == 6 and not app.window.reference.isVisible() and marks(app) == {}
    assert not app.search.can_go_back and app.player.is_playing and app.player.path == heard
    press(qtbot, app, Qt.Key.Key_Down)
    searches = []
    app.search.started.connect(searches.append)
    go_to_brief(qtbot, app, "untit")
    assert shown(app) == left
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        press(qtbot, app, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        press(qtbot, app, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert len(searches) == 2
    left = shown(app)
    app.window.close()
    again = open_app()
    settle(qtbot, again)
    assert shown(again) == left and name(again) == "Untitled"
    assert again.playback.sounding is not None and not again.player.is_playing
    go_to_brief(qtbot, again, "corp")
    assert again.window.table.currentIndex().row() == 0 and len(titles(again)) == 6


def test_the_shortlist_comes_back_with_the_filter_and_the_search_behind_it(qtbot, app):
    work(qtbot, app)
    behind = shown(app)
    with qtbot.waitSignal(app.library.view_changed):
        app.window.commands["shortlist"].trigger()
    left = shown(app)
    begin_brief(qtbot, app, "Trailer")
    assert not app.window.commands["shortlist"].isChecked() and len(titles(app)) == 6
    go_to_brief(qtbot, app, "untitled")
    assert shown(app) == left
    with qtbot.waitSignal(app.search.found, timeout=SEARCH_MS):
        app.window.commands["shortlist"].trigger()
    assert shown(app)[0] == behind[0] and shown(app)[4] == behind[4]


def test_briefs_are_named_copied_put_aside_deleted_and_brought_back_by_keys(qtbot, app, catalogue):
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.edits.changed):
        press(qtbot, app, Qt.Key.Key_F)
    press(qtbot, app, Qt.Key.Key_F2)
    field = app.window.brief_box.field
    qtbot.keyClicks(field, "Esc leaves it")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert name(app) == "Untitled" and app.window.table.hasFocus()
    press(qtbot, app, Qt.Key.Key_F2)
    qtbot.keyClicks(field, "Film")
    with qtbot.waitSignal(app.briefs.renamed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_D, CTRL)
    settle(qtbot, app)
    assert name(app) == "Film (2)" and list(marks(app).values()) == [1]
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_D, CTRL_SHIFT)
    settle(qtbot, app)
    assert name(app) == "Film"
    qtbot.waitUntil(lambda: [brief.name for brief in app.briefs.all] == ["Film"])
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_Z, CTRL)
    settle(qtbot, app)
    assert name(app) == "Film (2)" and list(marks(app).values()) == [1]
    with qtbot.waitSignal(app.briefs.shown):
        press(qtbot, app, Qt.Key.Key_W, CTRL)
    settle(qtbot, app)
    assert name(app) == "Film"
    with Catalogue(catalogue) as opened:
        assert {brief.name: brief.is_open for brief in opened.briefs.all()} == {"Film": True, "Film (2)": False}
    with qtbot.waitSignal(app.briefs.renamed):
        app.edits.undo()  # the copy's removal was done again by none: what is left is the name
    assert name(app) == "Untitled"


def test_a_mark_is_undone_in_the_brief_where_it_was_made(qtbot, app, catalogue):
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.edits.changed):
        press(qtbot, app, Qt.Key.Key_F)
    first = app.briefs.current.id
    begin_brief(qtbot, app, "Other")
    press(qtbot, app, Qt.Key.Key_Down)
    with qtbot.waitSignal(app.edits.changed):
        press(qtbot, app, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: list(marks(app).values()) == [-1])
    for _ in range(3):  # the mark, the name, and the mark in the first brief
        with qtbot.waitSignal(app.edits.undone):
            press(qtbot, app, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: marks(app) == {})
    with Catalogue(catalogue) as opened:
        assert [track.mark for track in opened.briefs.tracks(first).values() if track.mark] == []


def test_a_brief_is_written_beside_the_catalogue_and_opened_as_a_copy_that_names_what_is_missing(qtbot, app, tmp_path):
    work(qtbot, app)
    press(qtbot, app, Qt.Key.Key_F2)
    field = app.window.brief_box.field
    qtbot.keyClicks(field, "Film: 1/2")
    with qtbot.waitSignal(app.briefs.renamed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    file = briefs_folder(app.library.catalogue) / "Film_ 1_2.json"
    qtbot.waitUntil(lambda: file.exists() and "keep" in file.read_text(), timeout=10_000)
    plain, left = json.loads(file.read_text()), shown(app)
    plain["tracks"].append({"folder": 0, "path": "gone/ghost.wav", "held": {"mark": "keep"}})
    other = tmp_path / "from a colleague.json"
    plain["folders"] = [str(Path(plain["folders"][0]).name)]  # their music lies beside the file
    other.write_text(json.dumps(plain))
    reports = []

    def read_report():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, read_report)
            return
        reports.append(dialog.findChild(QPlainTextEdit).toPlainText())
        QDialog.reject(dialog)

    QTimer.singleShot(20, read_report)
    with qtbot.waitSignal(app.briefs.missing):
        app.briefs.open_file(other)
    settle(qtbot, app)
    assert name(app) == "Film: 1/2 (2)"
    assert [report.endswith("ghost.wav") for report in reports] == [True]
    assert shown(app) == left


def test_what_older_versions_kept_in_the_settings_is_taken_over_once(qtbot, app, open_app, music, catalogue):
    app.window.close()
    with Catalogue(catalogue) as opened:
        opened.briefs.store(app.briefs.current.id, "{}")
    old = {"filters": {str(catalogue): {"text": "one"}}, "last_tracks": {str(catalogue): str(music / "track01.flac")}}
    again = open_app(**old)
    settle(qtbot, again)
    assert titles(again) == ["One"] and again.window.search_box.text() == "one"
    assert again.playback.sounding.path == music / "track01.flac"
    again.window.commands["clear_filter"].trigger()
    qtbot.waitUntil(lambda: len(titles(again)) == 6)
    again.window.close()
    third = open_app(**old)
    settle(qtbot, third)
    assert len(titles(third)) == 6


def test_a_renamed_tag_is_followed_by_the_briefs_that_are_not_shown(qtbot, app, catalogue):
    with qtbot.waitSignal(app.library.view_changed):
        app.window.filter_panel.filter_requested.emit(ROCK)
    first = app.briefs.current.id
    begin_brief(qtbot, app, "Other")

    app.edits.rename_tag(Tag("genre", "rock"), "Rock!")
    qtbot.waitUntil(
        lambda: load_brief(Job(), catalogue, first).content.filter.ticked == {"genre": frozenset({"Rock!"})}
    )
    go_to_brief(qtbot, app, "untitled")
    assert titles(app) == ["One", "Zero"]
    app.edits.undo()
    qtbot.waitUntil(lambda: app.library.wanted.ticked == {"genre": frozenset({"rock"})})
