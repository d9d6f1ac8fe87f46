"""Columns brought up to date are those that reading everything again would give, whatever was done meanwhile."""

from dataclasses import fields
from itertools import count

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tagging import tag_tracks, untag_tracks

from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.hand_texts import TextEdit
from bgm_finder.catalogue.in_memory import texts
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.tracks import MarkEdit, NoteEdit
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows.edit_tracks import rename_category, rename_tag

fresh = count()
SECTIONS = TrackSections(np.eye(3, dtype=np.float32), 1.0, 1.0, 3.0)
names = st.sampled_from(["Song 9", "song 10", "雨", "", "two\nlines", "zebra"])
actions = st.lists(
    st.tuples(st.sampled_from(["add", "mark", "note", "listen", "tag", "no tag", "hear", "draw", "miss", "move",
                               "forget", "rename", "rename category", "remove", "say"]), names,
              st.integers(0, 30)),
    max_size=12,
)  # fmt: skip


def add(catalogue, root, name, number):
    path = f"{root}/{'one' if number % 2 else 'two'}/{name} {number}.{'wav' if number % 3 else 'ogg'}"
    catalogue.files.add([FoundFile(path, number, number)])


def do(catalogue, root, action, name, number):
    ids = catalogue.columns().ids.tolist()
    if action == "add" or not ids:
        add(catalogue, root, name, number)
        return
    one, few = ids[number % len(ids)], ids[:: 1 + number % 4]
    reading = Reading(b"x", number + 0.25, 8000, 1, title=name, artist=name, comment=name, tags=(Tag("genre", name),))
    acts = {
        "mark": lambda: catalogue.tracks.set_marks(MarkEdit(dict.fromkeys(few, "keep"))),
        "note": lambda: catalogue.tracks.set_notes(NoteEdit(dict.fromkeys(few, name))),
        "listen": lambda: catalogue.tracks.set_heard(catalogue.briefs.last_open(), dict.fromkeys(few, number / 4)),
        "tag": lambda: tag_tracks(catalogue, few, Tag("mood", name)),
        "no tag": lambda: untag_tracks(catalogue, few, Tag("mood", name)),
        "hear": lambda: catalogue.analyses.store_windows(one, reading, "ear", np.ones(3, np.float32)),
        "draw": lambda: catalogue.analyses.store_whole(one, "ear", Whole(b"p", b"o", -14.0, 120.5, SECTIONS)),
        "miss": lambda: catalogue.files.set_missing(few, True),
        "move": lambda: catalogue.files.move(one, FoundFile(f"{root}/one/moved {name} {next(fresh)}.mp3", 1, 1)),
        "forget": lambda: catalogue.folders.remove(root / "two"),
        "rename": lambda: rename_tag(Job(), catalogue.path, Tag("mood", name), f"song {number % 3}"),
        "rename category": lambda: rename_category(Job(), catalogue.path, "mood", ("genre", "scene")[number % 2]),
        "remove": lambda: catalogue.tags.remove_everywhere(Tag("mood", name)),
        "say": lambda: catalogue.texts.set(TextEdit({"title": dict.fromkeys(few, name), "bpm": {one: number + 0.5}})),
    }
    acts[action]()
    if action == "forget":
        catalogue.folders.add(root / "two")


def differences(one, other):
    left = []
    for item in fields(one):
        mine, theirs = getattr(one, item.name), getattr(other, item.name)
        if item.name == "remembered":
            continue
        if item.name == "tags":
            same = list(mine) == list(theirs) and all(is_same_column(mine[c], theirs[c]) for c in mine)
        elif isinstance(mine, np.ndarray):
            kind = np.issubdtype(mine.dtype, np.floating)
            same = mine.dtype == theirs.dtype and np.array_equal(mine, theirs, equal_nan=kind)
        else:
            same = mine == theirs
        left += [] if same else [item.name]
    return left


def is_same_column(one, other):
    pairs = [set(zip(column.rows.tolist(), column.codes.tolist(), strict=True)) for column in (one, other)]
    return one.names == other.names and pairs[0] == pairs[1] and bool((np.diff(one.rows) >= 0).all())


@given(first=actions, then=st.lists(actions, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_patched_columns_are_those_read_anew(tmp_path_factory, monkeypatch, first, then):
    monkeypatch.setattr(texts, "BLOCK_ROWS", 3)
    root = tmp_path_factory.mktemp("library")
    with Catalogue(root / "c.sqlite") as catalogue:
        for name in ("one", "two"):
            (root / name).mkdir()
            catalogue.folders.add(root / name)
        for number in range(8):
            add(catalogue, root, "song", number)
        for action in first:
            do(catalogue, root, *action)
        columns = catalogue.columns("ear")
        for some in then:
            for action in some:
                do(catalogue, root, *action)
            columns = catalogue.columns("ear", columns)
            assert differences(columns, catalogue.columns("ear")) == []


def test_what_has_not_changed_is_not_read_again(filled):
    before = filled.columns()
    assert filled.columns("", before) is before
    filled.tracks.set_marks(MarkEdit({int(before.ids[0]): "keep"}))
    after = filled.columns("", before)
    assert after.marks.tolist() == [1, 0, 0]
    same = ("ids", "paths", "titles", "searched", "durations_s", "title_ranks")
    assert all(getattr(after, name) is getattr(before, name) for name in same)


def test_kept_columns_are_those_read_anew(filled):
    tag_tracks(filled, filled.columns().ids.tolist()[:2], Tag("mood", "雨の"))
    filled.keep_columns(filled.columns("ear"))
    for action in (lambda: None, lambda: filled.tracks.set_marks(MarkEdit({1: "keep"}))):
        action()
        with Catalogue(filled.path) as again:
            columns = again.columns("ear")
            assert columns.paths.names.blocks[0].ends.base is not None  # out of the file
        filled.path.with_name("catalogue.columns").rename(aside := filled.path.with_name("aside"))
        assert differences(columns, filled.columns("ear")) == []
        aside.rename(filled.path.with_name("catalogue.columns"))


def test_columns_kept_for_another_catalogue_or_cut_short_are_not_taken(filled, tmp_path):
    filled.back_up(tmp_path / "before.sqlite")
    filled.keep_columns(filled.columns())
    kept = filled.path.with_name("catalogue.columns")
    with Catalogue(tmp_path / "before.sqlite") as before:
        before.tracks.set_marks(MarkEdit({2: "keep"}))
        (tmp_path / "before.columns").write_bytes(kept.read_bytes())
        assert before.columns().marks.tolist() == [0, 1, 0]
    filled.tracks.set_marks(MarkEdit({3: "keep"}))
    whole = kept.read_bytes()
    for length in (0, 5, 100, len(whole) - 1):
        kept.write_bytes(whole[:length])
        assert filled.columns().marks.tolist() == [0, 0, 1]
        kept.write_bytes(whole[: length // 2] + b"\xff" * 16 + whole[length // 2 :])
        assert filled.columns().marks.tolist() == [0, 0, 1]


def test_columns_of_another_file_are_read_as_a_whole(filled, tmp_path):
    filled.tracks.set_marks(MarkEdit({int(filled.columns().ids[0]): "keep"}))
    filled.back_up(tmp_path / "other.sqlite")
    filled.tracks.set_marks(MarkEdit({int(filled.columns().ids[1]): "keep"}))
    before = filled.columns()
    with Catalogue(tmp_path / "other.sqlite") as other:
        other.tracks.set_marks(MarkEdit({int(before.ids[2]): "keep"}))
        assert other.columns("", before).marks.tolist() == [1, 0, 1]
