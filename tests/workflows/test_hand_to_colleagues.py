"""A catalogue that was made elsewhere is of use where the library has another place."""

import shutil
import sqlite3
from functools import partial

import pytest
from made_sounds import NETWORK
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.catalogue.folders import FolderCannotMove
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, UNREADABLE
from bgm_finder.cli import main
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Tag
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.share_catalogue import copy_catalogue, move_library

no_worker = partial(pytest.fail, "nothing is to be analysed again")


@pytest.fixture
def elsewhere(sounds, tmp_path):
    """The same library in another place, with the times of its files."""
    return shutil.copytree(sounds, tmp_path / "over there", copy_function=shutil.copy2)


def test_colleague_gets_one_file_and_analyses_nothing_again(catalogue, sounds, elsewhere, tmp_path):
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [opened.files.id_at(sounds / "saw.ogg")], Tag("genre", "rock"))
    handed = tmp_path / "handed" / "colleague.sqlite"
    handed.parent.mkdir()
    assert copy_catalogue(Job(), catalogue, handed) == 7
    assert [path.name for path in handed.parent.iterdir()] == ["colleague.sqlite"]
    assert move_library(Job(), handed, sounds, elsewhere) == 7
    report = index(Job(), handed, [], no_worker, IndexOptions(NETWORK, full=True))
    assert (report.added, report.changed, report.moved, report.missing) == (0, 0, 0, 0)
    with Catalogue(handed) as opened:
        columns = opened.columns(load_embedder(NETWORK).name)
        assert opened.tracks.get(opened.files.id_at(elsewhere / "saw.ogg")).tags == (Tag("genre", "rock"),)
        assert opened.sections.count(load_embedder(NETWORK).name) == 5
    assert all(str(elsewhere) in path for path in columns.paths)
    assert sum(columns.states & ANALYSED > 0) == 5
    assert not any(columns.states & MISSING)
    assert sum(columns.states & UNREADABLE > 0) == 2


def test_columns_that_were_read_before_follow(catalogue, sounds, elsewhere):
    with Catalogue(catalogue) as opened:
        before = opened.columns()
        opened.folders.move(sounds, elsewhere)
        after = opened.columns(before=before)
    assert {path.rsplit("/", 1)[0] for path in after.paths} == {str(elsewhere)}


def test_unknown_or_overlapping_folders_are_refused_and_change_nothing(catalogue, sounds, elsewhere, tmp_path):
    with Catalogue(catalogue) as opened:
        opened.folders.add(elsewhere)
        with pytest.raises(FolderCannotMove, match=Reason.NOT_A_LIBRARY_FOLDER):
            opened.folders.move(tmp_path / "ghost", tmp_path)
        for taken in (elsewhere, elsewhere / "deep", elsewhere.parent):
            with pytest.raises(FolderCannotMove, match=Reason.OVERLAPS):
                opened.folders.move(sounds, taken)
        assert sorted(opened.folders.all()) == sorted([sounds, elsewhere])


def test_commands_say_what_they_did(catalogue, sounds, elsewhere, tmp_path, capsys):
    own = ["--catalogue", str(catalogue)]
    assert main(["copy-catalogue", str(tmp_path / "copy.sqlite"), *own]) == 0
    assert main(["copy-catalogue", str(catalogue), *own]) == 1
    assert main(["move-library", str(sounds), str(tmp_path / "ghost"), *own]) == 1
    assert main(["move-library", str(elsewhere), str(elsewhere), *own]) == 1
    assert main(["move-library", str(sounds), str(elsewhere), *own]) == 0
    said = capsys.readouterr()
    assert "7 tracks" in said.out
    assert "is not one of the folders" in said.err


def test_a_catalogue_that_others_work_in_is_not_copied_over(catalogue, tmp_path):
    handed = tmp_path / "colleague.sqlite"
    copy_catalogue(Job(), catalogue, handed)
    with Catalogue(handed) as opened:
        tag_tracks(opened, [1], Tag("genre", "jazz"))
        open_one = handed.read_bytes()
        with pytest.raises(CatalogueError, match=Reason.IS_OPEN):  # its log would be taken for the copy's
            copy_catalogue(Job(), catalogue, handed)
        assert handed.read_bytes() == open_one
    with pytest.raises(CatalogueError, match=Reason.HAS_OWN_EDITS):  # they would be done again in the copy
        copy_catalogue(Job(), catalogue, handed)
    with Catalogue(handed) as opened:
        assert Tag("genre", "jazz") in opened.tracks.get(1).tags


def test_a_copy_that_cannot_be_written_is_named_as_it_was_asked_for(catalogue, tmp_path, monkeypatch, capsys):
    own = ["--catalogue", str(catalogue)]
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "ghost" / "copy.sqlite", tmp_path / "folder"):
        assert main(["copy-catalogue", str(place), *own]) == 1
        assert capsys.readouterr().err.startswith(f"{place} cannot be used: ")
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "own.sqlite"}

    def full(connection, target):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("bgm_finder.catalogue.catalogue.back_up", full)
    assert main(["copy-catalogue", str(tmp_path / "copy.sqlite"), *own]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'copy.sqlite'} cannot be used: the disk is full.\n"
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "own.sqlite"}


def test_a_folder_may_be_named_in_any_way_and_the_known_ones_are_told(catalogue, sounds, elsewhere, tmp_path, capsys):
    own = ["--catalogue", str(catalogue)]
    assert main(["move-library", str(tmp_path / "ghost"), str(elsewhere), *own]) == 1
    assert f"is not one of the folders of this library: {sounds}." in capsys.readouterr().err
    assert main(["move-library", str(sounds / ".." / sounds.name), str(elsewhere), *own]) == 0
    (tmp_path / "link").symlink_to(elsewhere)
    assert main(["move-library", str(tmp_path / "link"), str(sounds), *own]) == 0
