"""Files of the oddest names, walked over in the real window: heard, searched by, marked, handed on and brought in."""

import csv
import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pytest
from dropping import drop_mime
from odd_names import write_odd_tracks
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from seen import levels

from bgm_finder import paths
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.track import Section, Tag
from bgm_finder.workflows.briefs import load_brief
from bgm_finder.workflows.edit_tracks import mark
from bgm_finder.workflows.export_shortlist import export_shortlist
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.import_tags import ListSource, import_tags

CHANGES_MS = 20_000


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd") / "音楽 music"
    write_odd_tracks(folder)
    return folder


@pytest.fixture
def files(music):
    return sorted(path for path in music.rglob("*") if path.is_file())


@pytest.fixture
def app(qtbot, open_app, music, files):
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == len(files), timeout=CHANGES_MS)
    app.window.table.setFocus()
    return app


@pytest.fixture
def walk(qtbot, app):
    """Selects one track after the other, and return its path."""

    def walk():
        table = app.window.table
        for place in range(table.tracks.rowCount()):
            if place == 0 or app.search.current is not None:
                app.search.clear()
            table.setCurrentIndex(table.tracks.index(place, 1))
            yield table.tracks.paths_at([place])[0]

    return walk


def address(path):
    """Return a file's address as file managers send it: every byte that is no plain letter as its number."""
    return b"file://" + quote_from_bytes(os.fsencode(path)).encode()


def files_in(mime):
    """Return the files that another program finds in what is handed over."""
    addresses = bytes(mime.data("text/uri-list")).split()
    return [Path(os.fsdecode(unquote_to_bytes(one.removeprefix(b"file://")))) for one in addresses]


def drop(app, *paths):
    mime = QMimeData()
    mime.setData("text/uri-list", b"".join(address(path) + b"\r\n" for path in paths))
    drop_mime(app, mime)


def test_every_file_is_analysed_and_listed(app, files, music):
    columns = app.library.columns
    assert sorted(Path(path) for path in columns.paths) == files
    with Catalogue(app.library.catalogue) as opened:
        assert opened.files.unreadable(music) == []
        assert opened.analyses.waiting_for_vectors(app.library.network_name) == []
    table = app.window.table.tracks
    for place in range(table.rowCount()):
        for column in range(table.columnCount()):
            shown = str(table.index(place, column).data() or "")
            shown.encode()  # no half of a character
            assert "\n" not in shown


def test_every_file_plays_and_is_drawn(qtbot, app, walk):
    for path in walk():
        assert app.player.path == path
        qtbot.waitUntil(lambda: app.player.position_s > 0.02, timeout=CHANGES_MS)
        qtbot.waitUntil(lambda: levels(app.window.spectrogram) is not None, timeout=CHANGES_MS)
        assert app.player.error is None
        app.window.status.text.encode()


def test_every_file_is_searched_by(qtbot, app, walk, files):
    for path in walk():
        with qtbot.waitSignal(app.search.found, timeout=CHANGES_MS) as found:
            qtbot.keyClick(app.window.table, Qt.Key.Key_S)
        search, ranking = found.args
        assert search.references[0].path == path
        assert len(ranking.inside) == len(files) - 1
        assert not ranking.unreadable and not ranking.left_out


def test_every_file_is_copied_under_its_own_name(qtbot, app, walk, files):
    for path in walk():
        app.window.commands["copy"].trigger()  # a key would leave Ctrl pressed for the table, in tests
        mime = QGuiApplication.clipboard().mimeData()
        assert files_in(mime) == [path]
        mime.text().encode()
    table = app.window.table
    table.selectAll()
    mime = table.tracks.mimeData(table.selectionModel().selectedIndexes())  # what a drag takes along
    assert sorted(files_in(mime)) == files


def test_every_file_from_outside_is_searched_by(qtbot, app, files):
    for path in files:
        with qtbot.waitSignal(app.search.found, timeout=CHANGES_MS) as found:
            drop(app, path)
        search, ranking = found.args
        assert [reference.path for reference in search.references] == [path]
        assert not ranking.unreadable
    app.search.clear()


def test_every_copied_file_is_searched_by(qtbot, app, walk):
    for path in walk():
        app.window.commands["copy"].trigger()
        with qtbot.waitSignal(app.search.found, timeout=CHANGES_MS) as found:
            app.window.commands["paste_reference"].trigger()
        assert [reference.path for reference in found.args[0].references] == [path]


def test_a_dropped_folder_of_any_name_is_added(qtbot, app, tmp_path):
    folder = tmp_path / os.fsdecode(b"\xff folder")
    folder.mkdir()
    with qtbot.waitSignal(app.library.scanning.ended, timeout=CHANGES_MS):
        drop(app, folder)
    with Catalogue(app.library.catalogue) as opened:
        assert folder in opened.folders.all()
        opened.folders.remove(folder)


def test_a_section_of_every_file_is_cut(qtbot, app, walk):
    cut = set()
    for _ in walk():
        qtbot.waitUntil(lambda: app.player.duration_s is not None, timeout=CHANGES_MS)
        app.playback.marking.mark(Section(0.2, 0.7))
        with qtbot.waitSignal(app.window.player_bar.section.copied, timeout=CHANGES_MS):
            app.window.commands["copy_section"].trigger()
        (file,) = files_in(QGuiApplication.clipboard().mimeData())
        assert file.parent == paths.sections_folder() and file.stat().st_size > 20_000
        cut.add(file)
    assert len(cut) == app.window.table.tracks.rowCount()
    assert app.window.status.text.startswith("Copied: ")


def test_marks_and_tags_of_every_file_hold_and_can_be_taken_back(qtbot, app, files, tmp_path, catalogue):
    columns = app.library.columns
    ids = [int(track_id) for track_id in columns.ids]
    with qtbot.waitSignal(app.edits.changed, timeout=CHANGES_MS):
        app.edits.mark(ids, "keep")
    with qtbot.waitSignal(app.edits.changed, timeout=CHANGES_MS):
        app.edits.change_tags(ids, [Tag("mood", "odd")], [])
    playlist, table = tmp_path / "kept.m3u8", tmp_path / "kept.csv"
    assert export_shortlist(Job(), catalogue, playlist) == export_shortlist(Job(), catalogue, table) == len(files)
    assert sorted(entries(playlist)) == files
    assert len(rows(table)) == len(files)
    for command in ("undo", "undo"):
        with qtbot.waitSignal(app.edits.changed, timeout=CHANGES_MS):
            app.window.commands[command].trigger()
    with Catalogue(catalogue) as opened:
        assert all(not opened.tags.of(track_id) or _has_only_formats(opened, track_id) for track_id in ids)
        assert not opened.hand_edits.lacking()


def _has_only_formats(catalogue, track_id):
    return {tagging.tag.category for tagging in catalogue.tags.of(track_id)} <= {"format"}


def entries(playlist):
    """Return the files that a player finds in a playlist."""
    found = []
    for line in playlist.read_bytes().splitlines():
        if line.startswith(b"file://"):
            found.append(Path(os.fsdecode(unquote_to_bytes(line.removeprefix(b"file://")))))
        elif not line.startswith(b"#"):
            found.append(Path(os.fsdecode(line)))
    return found


def rows(table):
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_tag_list_that_names_every_file_finds_each(app, files, tmp_path, catalogue):
    ids = [int(track_id) for track_id in app.library.columns.ids]
    shortlist, tag_list = tmp_path / "all.csv", tmp_path / "tags.csv"
    mark(Job(), catalogue, ids, "keep")
    assert export_shortlist(Job(), catalogue, shortlist) == len(files)
    with tag_list.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "genre"])
        writer.writerows([row["file"], f"genre {number}"] for number, row in enumerate(rows(shortlist)))
    report = import_tags(Job(), catalogue, ListSource(tag_list))
    assert report.unmatched == () and report.complaints == () and report.matched == len(files)
    with Catalogue(catalogue) as opened:
        genres = [tag.tag.name for track_id in ids for tag in opened.tags.of(track_id) if tag.tag.category == "genre"]
    assert len(set(genres)) == len(files)
    assert export_tags(Job(), catalogue, tmp_path / "again.csv") == len(files)
    again = import_tags(Job(), catalogue, ListSource(tmp_path / "again.csv"))
    assert (again.matched, again.changed, again.complaints) == (len(files), (), ())


def test_the_last_track_is_found_again_at_the_next_start(app, walk, open_app, music):
    last = next(path for path in walk() if not str(path).isascii() and "\\udc" in ascii(str(path)))
    app.window.close()
    brief = load_brief(Job(), app.library.catalogue)
    assert app.library.columns.paths[app.library.columns.row_of(brief.content.current)] == str(last)
