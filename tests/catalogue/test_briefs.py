"""Briefs in the catalogue: marks, listening and notes belong to one each, and what is taken away can come back."""

import sqlite3
from contextlib import closing

import pytest

from bgm_finder.catalogue.briefs import BriefEdit
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.rescue import open_safely
from bgm_finder.catalogue.safekeeping.hand_edits import journal_of
from bgm_finder.catalogue.tracks import MarkEdit, NoteEdit
from bgm_finder.track import BriefTrack

_BEFORE_BRIEFS = 7


@pytest.fixture
def ids(filled):
    return filled.columns().ids.tolist()


@pytest.fixture
def second(filled):
    """A second brief, shown last."""
    brief_id = filled.briefs.add("Trailer")
    filled.briefs.show(brief_id)
    return brief_id


def of_brief(catalogue, brief_id):
    columns = catalogue.columns(brief_id=brief_id)
    return columns.marks.tolist(), columns.heard_s.tolist(), dict(columns.notes)


def test_marks_of_an_older_catalogue_become_those_of_its_first_brief(tmp_path):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.create_function("title_key", 3, lambda *_: "", deterministic=True)
        old.create_function("reason_of_sentence", 1, str, deterministic=True)
        for script in MIGRATIONS[:_BEFORE_BRIEFS]:
            old.executescript(script)
        old.execute("INSERT INTO folders VALUES (1, CAST('/music' AS BLOB))")
        marks = [(b"a.wav", 1), (b"b.wav", 0), (b"c.wav", -1)]
        old.executemany("INSERT INTO tracks (folder_id, name, size, mtime_ns, mark) VALUES (1, ?, 1, 1, ?)", marks)
        old.execute(f"PRAGMA user_version = {_BEFORE_BRIEFS}")
        old.commit()
    with Catalogue(path) as opened:
        (brief,) = opened.briefs.all()
        assert (brief.name, brief.is_open, opened.briefs.last_open()) == ("", True, brief.id)
        assert opened.columns().marks.tolist() == [1, 0, -1]
        assert opened.tracks.get(1).mark == "keep"


def test_each_brief_has_marks_listening_and_notes_of_its_own(filled, ids, second):
    (first,) = (brief.id for brief in filled.briefs.all() if brief.id != second)
    filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}, first))
    filled.tracks.set_marks(MarkEdit({ids[0]: "reject", ids[1]: "keep"}, second))
    filled.tracks.set_notes(NoteEdit({ids[2]: "too slow"}, second))
    filled.tracks.set_heard(second, {ids[2]: 1.5})
    filled.tracks.set_heard(second, {ids[2]: 3.5, 99: 1.0})
    assert of_brief(filled, first) == ([1, 0, 0], [0, 0, 0], {})
    assert of_brief(filled, second) == ([-1, 1, 0], [0, 0, 3.5], {2: "too slow"})
    assert filled.columns().brief_id == second
    filled.briefs.close(second)
    assert filled.columns().marks.tolist() == [1, 0, 0]


def test_columns_go_from_brief_to_brief_without_reading_the_tracks_again(filled, ids, second):
    filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}, second))
    before = filled.columns()
    after = filled.columns("", before, 1)
    assert (after.marks.tolist(), after.brief_id) == ([0, 0, 0], 1)
    assert after.titles is before.titles and after.heard_s is before.heard_s


def test_undo_goes_to_the_brief_where_it_was_made(filled, ids, second):
    undo = filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}))
    filled.briefs.show(1)
    redo = filled.tracks.set_marks(undo)
    assert (undo.brief_id, redo.brief_id) == (second, second)
    assert of_brief(filled, second)[0] == [0, 0, 0]
    note = filled.tracks.set_notes(NoteEdit({ids[0]: "fine"}, second))
    assert filled.tracks.set_notes(note) == NoteEdit({ids[0]: "fine"}, second)


def test_brief_that_is_taken_away_comes_back_with_all_it_holds(filled, ids, second):
    filled.briefs.store(second, '{"top_row": 3}')
    filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}, second))
    filled.tracks.set_notes(NoteEdit({ids[1]: "fine"}, second))
    before = filled.briefs.get(second), filled.briefs.tracks(second)
    undo = filled.briefs.edit(BriefEdit(removed=(second,)))
    assert filled.briefs.get(second) is None and filled.columns().marks.tolist() == [0, 0, 0]
    assert filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}, second)).marks == {}  # a late one harms nothing
    redo = filled.briefs.edit(undo)
    assert (filled.briefs.get(second), filled.briefs.tracks(second)) == before
    filled.briefs.edit(redo)
    assert filled.briefs.get(second) is None


def test_there_is_always_a_brief(filled):
    filled.briefs.edit(BriefEdit(removed=(filled.briefs.last_open(),)))
    assert [brief.name for brief in filled.briefs.all()] == [""]


def test_brief_named_otherwise_is_named_back(filled, second):
    undo = filled.briefs.edit(BriefEdit(names={second: "Teaser", 99: "nobody"}))
    assert filled.briefs.get(second).name == "Teaser" and undo == BriefEdit(names={second: "Trailer"})


def test_moved_track_keeps_its_notes_and_a_removed_one_leaves_none(filled, ids, library, second):
    filled.tracks.set_notes(NoteEdit(dict.fromkeys(ids, "fine"), second))
    filled.files.move(ids[0], FoundFile(str(library / "calm" / "moved.wav"), 1, 1))
    assert filled.columns().notes == dict.fromkeys(range(3), "fine")
    filled.folders.remove(library)
    assert filled.briefs.tracks(second) == {} and filled.integrity_complaints() == []


def test_damaged_catalogue_gets_marks_and_notes_back_in_the_brief_where_they_were_made(filled, ids, second):
    filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}, 1))
    filled.make_backup()
    filled.tracks.set_marks(MarkEdit({ids[0]: "reject"}, second))
    filled.tracks.set_notes(NoteEdit({ids[1]: "too slow"}, second))
    third = filled.briefs.add("Credits")
    filled.tracks.set_marks(MarkEdit({ids[2]: "keep"}, third))
    filled.close()
    filled.path.write_bytes(b"damaged" * 1000)
    rescue = open_safely(filled.path)
    assert rescue is not None and rescue.redone == 3
    with Catalogue(filled.path) as again:
        held = {brief.name: again.briefs.tracks(brief.id) for brief in again.briefs.all()}
    assert held == {
        "": {ids[0]: BriefTrack("keep")},
        "Trailer": {ids[0]: BriefTrack("reject"), ids[1]: BriefTrack(note="too slow")},
        "Credits": {ids[2]: BriefTrack("keep")},
    }


@pytest.mark.parametrize("part", ['"brief": 5', '"brief": ["\\ud800", ""]', '"notes": [["/m/", "a", "\\udfff"]]'])
def test_line_with_a_strange_brief_is_passed_over(filled, part):
    journal_of(filled.path).write_text(f'{{"number": 9, "marks": [["/m/", "a.wav", "keep"]], "tags": [], {part}}}\n')
    assert filled.hand_edits.lacking() == []
