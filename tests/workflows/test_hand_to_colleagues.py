"""A catalogue that was made elsewhere is of use where the library has another place."""

import shutil
from functools import partial

import pytest
from made_sounds import NETWORK

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.folders import FolderCannotMove
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, UNREADABLE
from bgm_finder.cli import main
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Tag
from bgm_finder.workflows.hand_over import copy_catalogue, move_library
from bgm_finder.workflows.index_folder import index
from bgm_finder.workflows.job import Job

no_worker = partial(pytest.fail, "nothing is to be analysed again")


@pytest.fixture
def elsewhere(sounds, tmp_path):
    """The same library in another place, with the times of its files."""
    return shutil.copytree(sounds, tmp_path / "over there", copy_function=shutil.copy2)


def test_colleague_gets_one_file_and_analyses_nothing_again(catalogue, sounds, elsewhere, tmp_path):
    with Catalogue(catalogue) as opened:
        opened.tags.add([opened.files.id_at(sounds / "saw.ogg")], Tag("genre", "rock"))
    handed = tmp_path / "handed" / "colleague.sqlite"
    handed.parent.mkdir()
    assert copy_catalogue(Job(), catalogue, handed) == 7
    assert [path.name for path in handed.parent.iterdir()] == ["colleague.sqlite"]
    assert move_library(Job(), handed, sounds, elsewhere) == 7
    report = index(Job(), handed, [], no_worker, NETWORK, full=True)
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
        with pytest.raises(FolderCannotMove, match="is not one"):
            opened.folders.move(tmp_path / "ghost", tmp_path)
        for taken in (elsewhere, elsewhere / "deep", elsewhere.parent):
            with pytest.raises(FolderCannotMove, match="overlaps"):
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
