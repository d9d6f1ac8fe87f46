"""Title, comment and tempo by hand: they go first, last through rescans and lists, and are undone."""

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.in_memory.filters import apply
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.conditions import Filter
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows import edit_tracks

SECTIONS = TrackSections(np.ones((1, 3), np.float32), step_s=6.4, length_s=6.4, end_s=6.4)


@pytest.fixture
def first(filled):
    return filled.columns().ids.tolist()[0]


def read(catalogue, track_id, title="File's", comment="file", bpm=96.0):
    reading = Reading(b"h", 1.0, 8000, 1, title, "", comment, bpm)
    catalogue.analyses.store_windows(track_id, reading, "net", np.ones(3, np.float32))


def bring_list(catalogue, track_id):
    row = ListedTrack(2, "x", "List's", "list", 120.0)
    catalogue.import_tags(TagList(rows=[row], has_bpm=True), [(track_id, row)])


def edit(catalogue, track_id, **texts):
    return edit_tracks.change_tags(Job(), catalogue.path, [track_id], [], [], texts)


def shown(catalogue, track_id):
    track, columns = catalogue.tracks.get(track_id), catalogue.columns()
    row = columns.row_of(track_id)
    found = (track.title, track.comment, track.bpm)
    assert (columns.titles[row], columns.comments[row], float(columns.bpms[row])) == found
    assert track.bpm_is_estimated == bool(columns.bpms_estimated[row])
    return found


def test_what_the_user_says_goes_first_whatever_is_read_later(filled, first):
    read(filled, first)
    edit(filled, first, title="雨の歌", comment="mine", bpm=88.0)
    assert shown(filled, first) == ("雨の歌", "mine", 88.0)
    bring_list(filled, first)
    read(filled, first, "Other", "other", 60.0)
    filled.files.renew(first, FoundFile(str(filled.files.path(first)), 1, 1))
    filled.analyses.store_whole(first, "net", Whole(b"", b"", None, 99.0, SECTIONS))
    assert shown(filled, first) == ("雨の歌", "mine", 88.0)


def test_nothing_lets_the_list_and_then_the_file_speak_again(filled, first):
    read(filled, first)
    undo = edit(filled, first, title="T", comment="C", bpm=88.0)
    edit(filled, first, title="", comment="", bpm=None)
    assert shown(filled, first) == ("File's", "file", 96.0)
    bring_list(filled, first)
    assert shown(filled, first) == ("List's", "list", 120.0)
    edit_tracks.undo(Job(), filled.path, undo.inverse, "redo")
    assert shown(filled, first) == ("List's", "list", 120.0)


def test_texts_and_tags_are_undone_and_done_again(filled, first):
    read(filled, first)
    done = edit(filled, first, title="T", bpm=88.0)
    redo = edit_tracks.undo(Job(), filled.path, done.inverse, "redo")
    assert shown(filled, first) == ("File's", "file", 96.0)
    edit_tracks.undo(Job(), filled.path, redo.inverse, "undo")
    assert shown(filled, first) == ("T", "file", 88.0)
    assert edit(filled, first, title="T").inverse.is_empty


def test_the_search_and_the_order_go_by_what_the_user_says(filled, first):
    read(filled, first)
    edit(filled, first, title="Zitrone", comment="Kirsch")
    for words in ("zitrone", "kirsch"):
        assert filled.columns().ids[apply(filled.columns(), Filter(text=words))].tolist() == [first]
    before = filled.columns()
    edit(filled, first, title="000")
    for columns in (filled.columns(), filled.columns(before=before)):
        assert int(np.argmin(columns.title_ranks)) == columns.row_of(first)
        assert columns.titles[columns.row_of(first)] == "000"


def test_a_tempo_by_hand_reaches_columns_that_are_only_patched(filled, first):
    before = filled.columns()
    edit(filled, first, bpm=71.5)
    assert filled.columns(before=before).bpms[0] == 71.5


def test_where_a_text_cannot_be_stored_the_tags_of_the_same_edit_are_not_either(filled, first):
    with pytest.raises(OverflowError):
        edit_tracks.change_tags(Job(), filled.path, [first], [Tag("mood", "calm")], [], {"bpm": 2**70})
    assert filled.tags.of(first) == []
    assert filled.hand_edits.lacking() == []


def test_tags_and_texts_of_one_edit_are_undone_together(filled, first):
    done = edit_tracks.change_tags(Job(), filled.path, [first], [Tag("mood", "calm")], [], {"title": "Night"})
    assert (filled.tracks.get(first).title, len(filled.tags.of(first))) == ("Night", 1)
    edit_tracks.undo(Job(), filled.path, done.inverse, "redo")
    assert (filled.tracks.get(first).title != "Night", filled.tags.of(first)) == (True, [])
