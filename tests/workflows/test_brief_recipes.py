"""Briefs kept, handed on in a file, and opened in a library that lies elsewhere."""

import shutil
from dataclasses import replace

import pytest

from bgm_finder.briefs.brief import NOT_LIKE, BriefContent, BriefSearch, RankedOrder, WeightedReference
from bgm_finder.briefs.brief_file import read_brief_file
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.scan import scan
from bgm_finder.catalogue.tracks import MarkEdit, NoteEdit
from bgm_finder.conditions import Filter
from bgm_finder.drives.drives import Drives
from bgm_finder.jobs.job import Job
from bgm_finder.track import BriefTrack, Match, Reference
from bgm_finder.workflows.briefs import (
    briefs_folder,
    close_brief,
    duplicate_brief,
    free_name,
    keep_brief,
    list_briefs,
    load_brief,
    new_brief,
    open_brief,
    save_brief,
    show_brief,
    store_brief,
)
from bgm_finder.workflows.edit_tracks import remove_brief, rename_brief, undo

NAMES = ("calm/one.wav", "calm/two.wav", "loud/one.wav")


def filled(catalogue, *folders):
    with Catalogue(catalogue) as opened:
        for folder in folders:
            opened.folders.add(folder)
            known = opened.files.remembered(folder)
            opened.files.add(scan(folder, known, frozenset({".wav"}), Drives(lambda: False)).new)
        return {str(path): track_id for track_id, path in opened.files.paths().items()}


@pytest.fixture
def ours(tmp_path):
    """A library of three files, with a film beside it."""
    for name in NAMES:
        (tmp_path / "ours/music" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ours/music" / name).write_bytes(name.encode() * 100)
    (tmp_path / "ours" / "cut.mov").write_bytes(b"film")
    return tmp_path / "ours"


@pytest.fixture
def catalogue(ours):
    path = ours / "catalogue.sqlite"
    filled(path, ours / "music")
    return path


@pytest.fixture
def ids(catalogue, ours):
    with Catalogue(catalogue) as opened:
        return [opened.files.id_at(ours / "music" / name) for name in NAMES]


@pytest.fixture
def content(ids, ours):
    like = WeightedReference(Reference(ours / "music" / NAMES[0], ids[0]), "one")
    unlike = WeightedReference(Reference(ours / "cut.mov"), "cut", NOT_LIKE)
    order = RankedOrder((Match(ids[1], 0.5, 80.0), Match(ids[2], 0.25, 10.0)))
    return BriefContent(Filter(text="calm"), (BriefSearch((like, unlike)),), 0, True, order, current=ids[1])


@pytest.fixture
def file(catalogue, ids, content, ours):
    """The brief in a file, with a mark, a note and what was heard."""
    store_brief(Job(), catalogue, 1, content)
    rename_brief(Job(), catalogue, 1, "Corporate")
    with Catalogue(catalogue) as opened:
        opened.tracks.set_marks(MarkEdit({ids[1]: "keep"}, 1))
        opened.tracks.set_notes(NoteEdit({ids[2]: "ends early"}, 1))
        opened.tracks.set_heard(1, {ids[2]: 4.0})
    save_brief(Job(), catalogue, 1, ours / "corporate.json")
    return ours / "corporate.json"


def test_brief_that_is_kept_comes_back_as_it_was(catalogue, content):
    store_brief(Job(), catalogue, 1, content)
    assert load_brief(Job(), catalogue).content == content


def test_content_that_was_damaged_costs_no_brief(catalogue):
    for strange in ("", "[", "5", '{"filter": 7, "searches": {}}'):
        with Catalogue(catalogue) as opened:
            opened.briefs.store(1, strange)
        assert load_brief(Job(), catalogue).content == BriefContent()


def test_references_follow_their_tracks(catalogue, ids, content, ours):
    store_brief(Job(), catalogue, 1, content)
    (ours / "music").rename(ours / "moved")
    with Catalogue(catalogue) as opened:
        opened.folders.move(ours / "music", ours / "moved")
    (like, unlike) = load_brief(Job(), catalogue).content.references
    assert like.reference == Reference(ours / "moved" / NAMES[0], ids[0])
    assert unlike.reference == Reference(ours / "cut.mov")


def test_file_of_a_brief_that_is_here_becomes_a_copy_under_a_new_name(catalogue, ids, content, file):
    opened = open_brief(Job(), catalogue, file)
    copy = load_brief(Job(), catalogue, opened.brief_id)
    assert (copy.name, copy.content, opened.missing) == ("Corporate (2)", content, ())
    assert copy.uid != load_brief(Job(), catalogue, 1).uid
    with Catalogue(catalogue) as again:
        assert again.briefs.tracks(copy.id) == again.briefs.tracks(1)
        again.tracks.set_marks(MarkEdit({ids[1]: "reject"}, copy.id))
        assert again.briefs.tracks(1)[ids[1]] == BriefTrack("keep")
    assert {brief.name for brief in list_briefs(Job(), catalogue)} == {"Corporate", "Corporate (2)"}


@pytest.mark.parametrize("way", ["another place", "another name", "two folders", "names only"])
def test_colleague_s_library_may_lie_elsewhere(way, file, ids, content, ours, tmp_path):
    there = tmp_path / "there"
    folders = {"another place": ["music"], "another name": ["BGM"], "two folders": ["other", "music"]}
    for folder in folders.get(way, ["flat"]):
        shutil.copytree(ours / "music", there / folder)
    if way == "names only":
        (there / "flat" / NAMES[0]).unlink()
        (there / "flat" / NAMES[2]).rename(there / "flat" / "one.wav")
        (there / "flat" / NAMES[1]).rename(there / "flat" / "two.wav")
    theirs = filled(there / "c.sqlite", *(there / folder for folder in folders.get(way, ["flat"])))
    shutil.copy(ours / "cut.mov", there / "cut.mov")
    shutil.copy(file, there / "corporate.json")
    shutil.rmtree(ours)
    opened = open_brief(Job(), there / "c.sqlite", there / "corporate.json")
    brief = load_brief(Job(), there / "c.sqlite", opened.brief_id)
    with Catalogue(there / "c.sqlite") as catalogue:
        held = {str(catalogue.files.path(i)): track for i, track in catalogue.briefs.tracks(brief.id).items()}
    root = there / folders.get(way, ["flat"])[-1]
    if way == "names only":
        assert held[str(root / "two.wav")] == BriefTrack("keep")
        return
    assert held == {str(root / NAMES[1]): BriefTrack("keep"), str(root / NAMES[2]): BriefTrack("", 4.0, "ends early")}
    assert opened.missing == () and brief.name == "Corporate"
    numbers = {old: theirs[str(root / name)] for old, name in zip(ids, NAMES, strict=True)}
    moved = content.renumbered(numbers)
    assert brief.content.order == moved.order and brief.content.current == moved.current
    assert [weighted.reference.path for weighted in brief.content.references] == [root / NAMES[0], there / "cut.mov"]


def test_what_is_missing_is_named(file, ours, tmp_path):
    there = tmp_path / "there"
    (there / "music/calm").mkdir(parents=True)
    shutil.copy(ours / "music" / NAMES[1], there / "music" / NAMES[1])
    filled(there / "c.sqlite", there / "music")
    shutil.move(file, there / "corporate.json")
    opened = open_brief(Job(), there / "c.sqlite", there / "corporate.json")
    expected = [str(there / "music" / NAMES[0]), str(there / "music" / NAMES[2]), str(there / "cut.mov")]
    assert sorted(opened.missing) == sorted(expected)


def test_file_is_only_read(file, catalogue):
    before = file.read_bytes()
    open_brief(Job(), catalogue, file)
    store_brief(Job(), catalogue, 1, BriefContent())
    assert file.read_bytes() == before


def test_taking_a_brief_away_is_undone_and_done_again(catalogue, file):
    before = load_brief(Job(), catalogue, 1)
    done = remove_brief(Job(), catalogue, 1)
    assert load_brief(Job(), catalogue, 1) is None
    again = undo(Job(), catalogue, done.inverse, "redo")
    assert load_brief(Job(), catalogue, 1) == before
    undo(Job(), catalogue, again.inverse, "undo")
    assert load_brief(Job(), catalogue, 1) is None


def test_each_brief_has_one_file_beside_the_catalogue_under_its_name(catalogue, content):
    def files():
        return sorted(path.name for path in briefs_folder(catalogue).iterdir())

    keep_brief(Job(), catalogue, 1, content)
    assert files() == ["Untitled.json"]
    rename_brief(Job(), catalogue, 1, "Film")
    other = new_brief(Job(), catalogue, BriefContent())
    keep_brief(Job(), catalogue, 1, content)
    keep_brief(Job(), catalogue, other.id, BriefContent())
    assert files() == ["Film.json", "Untitled.json"]
    copy = duplicate_brief(Job(), catalogue, 1, "Film", content)
    keep_brief(Job(), catalogue, copy.id, content)
    assert files() == ["Film (2).json", "Film.json", "Untitled.json"]
    assert copy.content == content and read_brief_file(briefs_folder(catalogue) / "Film (2).json").uid == copy.uid


def test_brief_whose_file_cannot_be_written_is_kept_all_the_same(catalogue, content):
    briefs_folder(catalogue).write_text("no folder")
    with pytest.raises(OSError):
        keep_brief(Job(), catalogue, 1, content)
    assert load_brief(Job(), catalogue, 1).content == content


def test_the_one_put_aside_makes_room_for_the_one_shown_before(catalogue, content):
    second = new_brief(Job(), catalogue, BriefContent())
    assert close_brief(Job(), catalogue, second.id, BriefContent()).id == 1
    assert not load_brief(Job(), catalogue, second.id).is_open
    third = close_brief(Job(), catalogue, 1, content)
    assert third.id not in (1, second.id) and third.content == content
    assert show_brief(Job(), catalogue, 1).is_open and load_brief(Job(), catalogue).id == 1


def test_two_windows_with_a_brief_each_write_over_nothing(catalogue, content):
    second = new_brief(Job(), catalogue, BriefContent(top_row=1))
    keep_brief(Job(), catalogue, 1, content)
    keep_brief(Job(), catalogue, second.id, BriefContent(top_row=2))
    assert load_brief(Job(), catalogue, 1).content == content
    assert load_brief(Job(), catalogue, second.id).content == BriefContent(top_row=2)


def test_names_are_numbered_until_one_is_free():
    assert [free_name("a", taken) for taken in ((), ("a",), ("a", "a (2)"))] == ["a", "a (2)", "a (3)"]


def test_place_of_a_search_that_is_not_there_is_none():
    assert replace(BriefContent(), place=5).references == () == BriefContent().references
