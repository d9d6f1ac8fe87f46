"""Tags, marks and vectors, and that every edit can be undone."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tagging import tag_tracks, untag_tracks

from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.tags import TagEdit, Tagging
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

ROCK = Tag("genre", "rock")
SECTIONS = TrackSections(np.ones((1, 3), np.float32), step_s=6.4, length_s=6.4, end_s=6.4)


def tags_of(catalogue):
    columns = catalogue.columns()
    return [columns.tags_at(row).get("genre", ()) for row in range(len(columns))]


def test_adding_to_many_is_undone_only_where_it_changed_something(filled):
    first, *rest = filled.columns().ids.tolist()
    tag_tracks(filled, [first], ROCK)
    undo = tag_tracks(filled, [first, *rest], ROCK)
    assert tags_of(filled) == [("rock",)] * 3
    redo = filled.tags.edit(undo)
    assert tags_of(filled) == [("rock",), (), ()]
    filled.tags.edit(redo)
    assert tags_of(filled) == [("rock",)] * 3


def test_removed_tag_returns_with_its_source(filled):
    (first, *_) = filled.columns().ids.tolist()
    filled.tags.edit(TagEdit(added=(Tagging(first, ROCK, "csv"), Tagging(first, ROCK, "file"))))
    undo = untag_tracks(filled, [first], ROCK)
    assert tags_of(filled)[0] == ()
    filled.tags.edit(undo)
    assert {tagging.source for tagging in filled.tags.of(first)} == {"csv", "file"}
    assert tags_of(filled)[0] == ("rock",)


def test_old_undo_does_not_touch_a_forgotten_track(filled, library):
    ids = filled.columns().ids.tolist()
    tag_tracks(filled, ids, ROCK)
    undo = untag_tracks(filled, ids, ROCK)
    filled.folders.remove(library)
    assert filled.tags.edit(undo) == TagEdit()
    assert filled.integrity_complaints() == []


edits = st.lists(
    st.tuples(
        st.sampled_from([tag_tracks, untag_tracks]),
        st.sets(st.integers(1, 4)),
        st.sampled_from([ROCK, Tag("genre", "pop"), Tag("場面", "雨")]),
    ),
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_undoing_all_edits_backwards_restores_everything(filled, steps):
    before = tags_of(filled)
    undos = [act(filled, sorted(ids), tag) for act, ids, tag in steps]
    for undo in reversed(undos):
        filled.tags.edit(undo)
    assert tags_of(filled) == before


def test_marks_are_undone_to_what_each_was(filled):
    first, second, _ = filled.columns().ids.tolist()
    filled.tracks.set_marks(MarkEdit({first: "keep"}))
    undo = filled.tracks.set_marks(MarkEdit({first: "reject", second: "reject"}))
    assert filled.columns().marks.tolist() == [-1, -1, 0]
    filled.tracks.set_marks(undo)
    assert filled.columns().marks.tolist() == [1, 0, 0]


def test_vectors_come_back_as_float32_of_unit_length(filled):
    ids = filled.columns().ids.tolist()
    given_vectors = np.random.default_rng(1).normal(size=(3, 100)).astype(np.float32)
    given_vectors /= np.linalg.norm(given_vectors, axis=1, keepdims=True)
    for track_id, vector in zip(ids, given_vectors, strict=True):
        filled.analyses.store_windows(track_id, Reading(b"h", 1.0, 8000, 1), "net", vector)
    found, matrix = filled.vectors.all("net")
    assert found.tolist() == ids
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(np.sum(matrix * given_vectors, axis=1), 1, atol=1e-6)
    assert filled.vectors.all("another")[1].shape == (0, 0)


def test_track_shows_what_file_and_list_say(filled):
    (first, *_) = filled.columns().ids.tolist()
    told = Reading(b"h", 61.5, 48000, 2, "The Song", "Someone", "soft", 96.0, (Tag("genre", "folk"),))
    filled.analyses.store_windows(first, told, "net", np.ones(3, np.float32))
    filled.analyses.store_whole(first, "net", Whole(b"picture", b"wave", -12.5, 99.0, SECTIONS))
    track = filled.tracks.get(first)
    assert (track.title, track.artist, track.comment) == ("The Song", "Someone", "soft")
    assert (track.bpm, track.bpm_is_estimated, track.loudness_lufs) == (96.0, False, -12.5)
    assert track.tags == (Tag("genre", "folk"),)
    assert filled.analyses.picture(first) == (b"picture", b"wave")


def test_estimated_tempo_is_marked_as_such(filled):
    (first, *_) = filled.columns().ids.tolist()
    filled.analyses.store_whole(first, "net", Whole(b"", b"", None, 99.0, SECTIONS))
    columns = filled.columns()
    assert columns.bpms[0] == 99.0
    assert columns.bpms_estimated.tolist() == [True, False, False]


def test_unreadable_track_is_not_tried_again(filled):
    (first, *rest) = filled.columns().ids.tolist()
    filled.analyses.store_unreadable(first, Refusal(Reason.IS_EMPTY))
    assert [todo.track_id for todo in filled.analyses.waiting_for_vectors("net")] == rest
    path = filled.files.path(first)
    assert filled.files.unreadable(path.parent) == [(path, Refusal(Reason.IS_EMPTY))]
    assert filled.files.unreadable(path.parent / "calm") == []
    assert filled.files.count_present(path.parent) == 3
    filled.files.set_missing([first], True)
    assert filled.files.unreadable(path.parent) == []
    assert filled.files.count_present(path.parent) == 2
    assert filled.files.count_present(path.parent / "calm") == 1
    assert filled.tracks.get(first).unreadable_because == Refusal(Reason.IS_EMPTY)
