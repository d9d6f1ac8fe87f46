"""What the user did by hand is written down beside the catalogue before it is committed."""

import json

import pytest
from tagging import tag_tracks, untag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.safekeeping.hand_edits import journal_of
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.track import Tag

ROCK, CALM = Tag("genre", "rock"), Tag("mood", "calm")


def marks(catalogue):
    columns = catalogue.columns()
    return dict(zip((str(title) for title in columns.titles), columns.marks.tolist(), strict=True))


def test_edits_that_the_catalogue_holds_are_not_lacking(filled):
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids, ROCK)
    filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}))
    assert filled.hand_edits.lacking() == []


def test_an_older_copy_gets_its_later_edits_back(filled, tmp_path):
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids, ROCK)
    filled.back_up(tmp_path / "copy.sqlite")
    untag_tracks(filled, ids[:1], ROCK)
    tag_tracks(filled, ids[1:], CALM)
    filled.tracks.set_marks(MarkEdit({ids[2]: "reject"}))
    wanted = [filled.tags.of(track_id) for track_id in ids], marks(filled)
    journal_of(filled.path).rename(journal_of(tmp_path / "copy.sqlite"))
    with Catalogue(tmp_path / "copy.sqlite") as copy:
        lacking = copy.hand_edits.lacking()
        assert len(lacking) == 3
        for edit in lacking:
            copy.redo(edit)
        assert copy.hand_edits.lacking() == []
        assert ([copy.tags.of(track_id) for track_id in ids], marks(copy)) == wanted


def test_line_cut_off_by_a_crash_costs_no_other(filled):
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids[:1], ROCK)
    journal = journal_of(filled.path)
    journal.write_bytes(journal.read_bytes() + b'{"number": 2, "marks": [["/mu')
    tag_tracks(filled, ids[1:2], ROCK)
    numbers = [json.loads(line)["number"] for line in journal.read_bytes().splitlines() if line.endswith(b"}")]
    assert numbers == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{}",
        '{"number": "x", "marks": [], "tags": []}',
        "\x00",
        '{"number": 9}',
        r'{"number": 9, "marks": [["/music\ud800/", "a.wav", "keep"]], "tags": []}',
        r'{"number": 9, "marks": [["/music/", "a\u0000.wav", "keep"]], "tags": []}',
        '{"number": 9, "marks": [["music/", "a.wav", "keep"]], "tags": []}',
        r'{"number": 9, "marks": [], "tags": [["+", "/music/", "a.wav", "genre", "ro\ud800ck", "hand"]]}',
    ],
)
def test_line_that_is_not_ours_is_passed_over(filled, line):
    journal_of(filled.path).write_text(line + "\n")
    assert filled.hand_edits.lacking() == []


def test_edit_that_cannot_be_written_down_is_not_committed(filled):
    ids = filled.columns().ids.tolist()
    journal_of(filled.path).mkdir()
    with pytest.raises(OSError):
        tag_tracks(filled, ids, ROCK)
    with pytest.raises(OSError):
        filled.tracks.set_marks(MarkEdit({ids[0]: "keep"}))
    journal_of(filled.path).rmdir()
    assert filled.tags.of(ids[0]) == []
    assert set(marks(filled).values()) == {0}


def test_full_file_is_kept_while_the_next_one_fills(filled, monkeypatch):
    monkeypatch.setattr("bgm_finder.catalogue.safekeeping.hand_edits._MOST_BYTES", 1)
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids, ROCK)
    tag_tracks(filled, ids, CALM)
    filled.set_state("edits by hand", "0")
    assert [edit.number for edit in filled.hand_edits.lacking()] == [1, 2]
