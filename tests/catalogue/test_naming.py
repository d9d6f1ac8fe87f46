"""Tags and categories by other names than files and lists give them: lasting, for what is yet to come, and undone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tagging import tag_tracks, untag_tracks

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.naming import Naming
from bgm_finder.catalogue.safekeeping.hand_edits import journal_of
from bgm_finder.catalogue.tag_csv import ListedTrack, TagList
from bgm_finder.catalogue.tags import TagEdit, Tagging
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows import edit_tracks

GAME, GEEMU, VGM = Tag("use", "Game"), Tag("use", "ゲーム"), Tag("use", "VGM")


@pytest.fixture
def ids(filled):
    found = filled.columns().ids.tolist()
    taggings = (Tagging(found[0], GAME, "file"), Tagging(found[1], GEEMU, "csv"), Tagging(found[1], GAME, "hand"))
    filled.tags.edit(TagEdit(added=taggings))
    return found


def shown(catalogue, category="use"):
    """Return the tags of each track as the list, the track and the taggings show them: all three alike."""
    columns = catalogue.columns()
    found = [columns.tags_at(row).get(category, ()) for row in range(len(columns))]
    for track_id, names in zip(columns.ids.tolist(), found, strict=True):
        for tags in (catalogue.tracks.get(track_id).tags, [t.tag for t in catalogue.tags.of(track_id)]):
            assert sorted({tag.name for tag in tags if tag.category == category}) == list(names)
    return found


def read_again(catalogue, track_id, *tags):
    reading = Reading(b"h", 1.0, 8000, 1, tags=tags)
    catalogue.analyses.store_windows(track_id, reading, "net", np.ones(3, np.float32))


def listed_again(catalogue, track_id, *tags):
    row = ListedTrack(2, "x", tags=tags)
    return catalogue.import_tags(TagList(rows=[row], categories=("use",)), [(track_id, row)])


def test_a_merged_tag_stays_merged_whatever_brings_it(filled, ids):
    edit_tracks.rename_tag(Job(), filled.path, GAME, "ゲーム")
    assert shown(filled) == [("ゲーム",), ("ゲーム",), ()]
    read_again(filled, ids[0], GAME)
    read_again(filled, ids[2], GAME)
    assert listed_again(filled, ids[1], GEEMU).states == {}
    assert shown(filled) == [("ゲーム",)] * 3
    assert filled.tags.names() == {"use": ["ゲーム"]}


def test_a_merge_is_undone_exactly_with_what_came_since(filled, ids):
    undo = edit_tracks.rename_tag(Job(), filled.path, GAME, "ゲーム").inverse
    read_again(filled, ids[2], GAME)
    redo = edit_tracks.undo(Job(), filled.path, undo, "redo").inverse
    assert shown(filled) == [("Game",), ("Game", "ゲーム"), ("Game",)]
    edit_tracks.undo(Job(), filled.path, redo, "undo")
    assert shown(filled) == [("ゲーム",)] * 3


def test_a_tag_renamed_there_and_back_is_as_before(filled, ids):
    before = shown(filled)
    edit_tracks.rename_tag(Job(), filled.path, GAME, "VGM")
    assert shown(filled) == [("VGM",), ("VGM", "ゲーム"), ()]
    edit_tracks.rename_tag(Job(), filled.path, VGM, "Game")
    assert shown(filled) == before
    read_again(filled, ids[2], VGM)  # who called it so for a while means the same by it
    assert shown(filled)[2] == ("Game",)


def test_a_name_given_away_may_be_given_to_another(filled, ids):
    edit_tracks.rename_tag(Job(), filled.path, GAME, "ゲーム")
    read_again(filled, ids[2], VGM)
    edit_tracks.rename_tag(Job(), filled.path, VGM, "Game")
    assert shown(filled) == [("ゲーム",), ("ゲーム",), ("Game",)]
    tag_tracks(filled, [ids[0]], GAME)
    assert shown(filled) == [("Game", "ゲーム"), ("ゲーム",), ("Game",)]


def test_a_synonym_added_by_hand_is_shown_by_its_name_once(filled, ids):
    edit_tracks.rename_tag(Job(), filled.path, GAME, "ゲーム")
    tag_tracks(filled, ids, GAME)
    assert shown(filled) == [("ゲーム",)] * 3
    undo = untag_tracks(filled, ids, GEEMU)
    assert shown(filled) == [()] * 3
    filled.tags.edit(undo)
    assert shown(filled) == [("ゲーム",)] * 3


def test_a_renamed_category_takes_what_is_yet_to_come(filled, ids):
    tag_tracks(filled, ids[:1], Tag("licence", "free"))
    undo = edit_tracks.rename_category(Job(), filled.path, "licence", "Rights").inverse
    read_again(filled, ids[1], Tag("licence", "paid"))
    assert shown(filled, "Rights") == [("free",), ("paid",), ()]
    assert "licence" not in filled.columns().tags
    edit_tracks.rename_category(Job(), filled.path, "Rights", "use")
    assert shown(filled) == [("Game", "free"), ("Game", "paid", "ゲーム"), ()]
    edit_tracks.undo(Job(), filled.path, undo, "redo")
    assert shown(filled, "licence") == [("free",), ("paid",), ()]


def test_categories_merge_with_the_names_their_tags_were_given(filled, ids):
    tag_tracks(filled, ids, Tag("用途2", "game"))
    edit_tracks.rename_tag(Job(), filled.path, Tag("用途2", "game"), "ゲーム")
    undo = edit_tracks.rename_category(Job(), filled.path, "用途2", "use")
    assert shown(filled) == [("Game", "ゲーム"), ("Game", "ゲーム"), ("ゲーム",)]
    edit_tracks.undo(Job(), filled.path, undo.inverse, "redo")
    assert shown(filled) == [("Game",), ("Game", "ゲーム"), ()]
    assert shown(filled, "用途2") == [("ゲーム",)] * 3


def test_a_removed_tag_stays_away_until_another_file_brings_it(filled, ids):
    undo = edit_tracks.remove_tag(Job(), filled.path, GAME)
    assert shown(filled) == [(), ("ゲーム",), ()]
    read_again(filled, ids[0], GAME)
    assert shown(filled) == [(), ("ゲーム",), ()]
    read_again(filled, ids[2], GAME)
    assert shown(filled) == [(), ("ゲーム",), ("Game",)]
    redo = edit_tracks.undo(Job(), filled.path, undo.inverse, "redo")
    assert shown(filled) == [("Game",), ("Game", "ゲーム"), ("Game",)]
    edit_tracks.undo(Job(), filled.path, redo.inverse, "undo")
    assert shown(filled) == [(), ("ゲーム",), ()]


def test_a_removed_category_stays_away_and_other_columns_of_its_list_do_not(filled, ids):
    edit_tracks.remove_tag(Job(), filled.path, Tag("use", ""))
    row = ListedTrack(2, "x", tags=(GEEMU, Tag("mood", "calm")))
    filled.import_tags(TagList(rows=[row], categories=("use", "mood")), [(ids[1], row)])
    assert shown(filled) == [(), (), ()]
    assert shown(filled, "mood") == [(), ("calm",), ()]
    assert filled.tags.names() == {"mood": ["calm"]}


def test_removing_what_nothing_has_changes_nothing(filled, ids):
    assert edit_tracks.remove_tag(Job(), filled.path, VGM).inverse.is_empty


def test_a_tag_taken_off_one_track_stays_off_when_the_list_comes_again(filled, ids):
    untag_tracks(filled, ids, GEEMU)
    assert listed_again(filled, ids[1], GEEMU).states == {}
    assert shown(filled) == [("Game",), ("Game",), ()]
    tag_tracks(filled, ids[1:2], GEEMU)
    assert shown(filled)[1] == ("Game", "ゲーム")
    untag_tracks(filled, ids, GEEMU)
    listed_again(filled, ids[1])  # the list says it no more, and later again
    listed_again(filled, ids[1], GEEMU)
    assert shown(filled)[1] == ("Game", "ゲーム")


def test_a_list_without_categories_takes_no_tag_away(filled, ids):
    row = ListedTrack(2, "x", title="One")
    filled.import_tags(TagList(rows=[row]), [(ids[1], row)])
    assert shown(filled)[1] == ("Game", "ゲーム")


def test_an_older_copy_gets_names_and_removals_back(filled, ids, tmp_path):
    filled.back_up(tmp_path / "copy.sqlite")
    edit_tracks.rename_tag(Job(), filled.path, GAME, "ゲーム")
    edit_tracks.rename_category(Job(), filled.path, "use", "場面")
    undo = edit_tracks.remove_tag(Job(), filled.path, Tag("場面", "ゲーム"))
    edit_tracks.undo(Job(), filled.path, undo.inverse, "redo")
    edit_tracks.change_tags(Job(), filled.path, ids[:2], [], [], {"title": "曲", "comment": "c", "bpm": 92.5})
    untag_tracks(filled, ids[:1], Tag("場面", "ゲーム"))
    wanted = shown(filled, "場面")
    assert wanted == [(), ("ゲーム",), ()]
    journal_of(filled.path).rename(journal_of(tmp_path / "copy.sqlite"))
    with Catalogue(tmp_path / "copy.sqlite") as copy:
        for edit in copy.hand_edits.lacking():
            copy.redo(edit)
        assert shown(copy, "場面") == wanted
        read_again(copy, ids[0], GAME)
        assert shown(copy, "場面") == wanted
        tracks = [copy.tracks.get(track_id) for track_id in ids[:2]]
        assert {(track.title, track.comment, track.bpm) for track in tracks} == {("曲", "c", 92.5)}


def test_a_forgotten_folder_takes_its_removed_tags_with_it(filled, ids, library):
    edit_tracks.remove_tag(Job(), filled.path, GAME)
    filled.folders.remove(library)
    assert filled.integrity_complaints() == []
    assert filled.tags.names() == {}


TAGS = st.builds(Tag, st.sampled_from("ab"), st.sampled_from(["", "x", "y", "z"]))


@given(st.lists(st.tuples(st.booleans(), TAGS, TAGS), max_size=6))
def test_renaming_moves_all_that_was_shown_and_nothing_else(steps):
    naming = Naming()
    said = [Tag(category, name) for category in "ab" for name in "xyz"]
    for is_whole, old, new in steps:
        if is_whole:
            rules = naming.category_renamed(old.category, new.category)
            to = {t: Tag(new.category, t.name) if t.category == old.category else t for t in map(naming.shown, said)}
        elif old.name and new.name:
            new = Tag(old.category, new.name)
            rules = naming.renamed(old, new)
            to = {t: new if t == old else t for t in map(naming.shown, said)}
        else:
            continue
        after = dict(naming.rules)
        for tag, target in rules:
            after.pop(tag, None)
            after |= {} if target is None else {tag: target}
        assert [Naming(after).shown(t) for t in said] == [to[naming.shown(t)] for t in said]
        assert all(t in Naming(after).said(Naming(after).shown(t)) for t in said)
        naming = Naming(after)
