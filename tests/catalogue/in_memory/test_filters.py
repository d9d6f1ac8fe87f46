"""The filters against an oracle in plain Python that asks one track at a time."""

import json
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.filters import (
    NOT_REJECTED,
    BriefCounts,
    Condition,
    Filter,
    FilterResult,
    advise,
    apply,
    conditions,
    misses,
    sort,
    without,
)
from bgm_finder.catalogue.in_memory.places import Paths
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.text_folding import natural_ranks, search_words
from bgm_finder.track import Outside, Tag

NAMES = {"genre": ["ロック", "rock", "pop"], "mood": ["calm", "明るい"], "scene": ["chase"]}
MARKS = {"keep": 1, "reject": -1, "": 0}

tag_sets = st.fixed_dictionaries({c: st.frozensets(st.sampled_from(names)) for c, names in NAMES.items()})
numbers = st.one_of(st.just(math.nan), st.integers(0, 6).map(float))
rows = st.builds(
    SimpleNamespace,
    title=st.sampled_from(["Rain 2", "rain 10", "レイン", "ＲＡＩＮ", "", "ab"]),
    tags=tag_sets,
    duration_s=numbers,
    bpm=numbers,
    mark=st.sampled_from(list(MARKS)),
)
limits = st.one_of(st.none(), st.integers(0, 6).map(float))
filters = st.builds(
    Filter,
    ticked=tag_sets,
    excluded=tag_sets.map(lambda sets: {c: frozenset(sorted(names)[:1]) for c, names in sets.items()}),
    untagged=st.frozensets(st.sampled_from([*NAMES, "tempo"])),
    match_all=st.frozensets(st.sampled_from(list(NAMES))),
    text=st.sampled_from(["", " ", "rain", "れいん", "Ｒ", "rock a", "ロッ", "明", "b 1", "nowhere"]),
    min_length_s=limits,
    max_length_s=limits,
    min_bpm=limits,
    max_bpm=limits,
    mark=st.sampled_from([None, None, "keep", "reject", "", NOT_REJECTED]),
    soft_limits=st.frozensets(st.sampled_from(["length", "bpm"])),
)


def columns_of(tracks):
    """Make columns of plain tracks."""
    tags = {}
    for category, names in NAMES.items():
        pairs = [(row, names.index(n)) for row, track in enumerate(tracks) for n in sorted(track.tags[category])]
        pairs = np.array(pairs, np.int32).reshape(-1, 2)
        tags[category] = TagColumn(tuple(names), pairs[:, 0], pairs[:, 1])
    count = len(tracks)
    return Columns(
        ids=np.arange(1, count + 1, dtype=np.int64),
        paths=Paths.of(f"/music/{row}.wav" for row in range(count)),
        titles=Texts.of(track.title for track in tracks),
        artists=Texts.of([""] * count),
        comments=Texts.of([""] * count),
        durations_s=np.array([track.duration_s for track in tracks], np.float32),
        bpms=np.array([track.bpm for track in tracks], np.float32),
        bpms_estimated=np.zeros(count, np.bool_),
        marks=np.array([MARKS[track.mark] for track in tracks], np.int8),
        heard_s=np.zeros(count, np.float32),
        notes={},
        states=np.zeros(count, np.uint8),
        title_ranks=natural_ranks([track.title for track in tracks]),
        searched=Texts.of(search_words(b"x.wav", track.title) for track in tracks),
        tags=tags,
    )


def is_within(value, low, high):
    return not (low is not None and not value >= low) and not (high is not None and not value <= high)


def passes_category(track, wanted, category):
    own = track.tags.get(category, frozenset())
    if own & wanted.excluded.get(category, frozenset()):
        return False
    choices = [name in own for name in wanted.ticked.get(category, ())]
    choices += [not own] if category in wanted.untagged else []
    return not choices or (all(choices) if category in wanted.match_all else any(choices))


def passes(track, wanted):
    texts = {"Rain 2": "rain 2", "rain 10": "rain 10", "レイン": "れいん", "ＲＡＩＮ": "rain", "": "", "ab": "ab"}
    folded = {"ロック": "ろっく"}
    places = [texts[track.title], "x.wav", *(folded.get(n, n) for names in track.tags.values() for n in names)]
    words = {"れいん": ["れいん"], "Ｒ": ["r"], "ロッ": ["ろっ"]}.get(wanted.text, wanted.text.split())
    marks = {None: MARKS, NOT_REJECTED: {"keep", ""}}.get(wanted.mark, {wanted.mark})
    return (
        all(passes_category(track, wanted, category) for category in {*NAMES, "tempo"})
        and all(any(word in place for place in places) for word in words)
        and is_within(track.duration_s, wanted.min_length_s, wanted.max_length_s)
        and is_within(track.bpm, wanted.min_bpm, wanted.max_bpm)
        and track.mark in marks
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(rows, max_size=12), filters)
def test_apply_agrees_with_asking_each_track(tracks, wanted):
    expected = [row for row, track in enumerate(tracks) if passes(track, wanted)]
    assert apply(columns_of(tracks), wanted).tolist() == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(rows, max_size=12), filters)
def test_each_count_is_what_ticking_the_name_would_leave(tracks, wanted):
    counts = FilterResult(columns_of(tracks), wanted).counts()
    for category, names in NAMES.items():
        kept = wanted.ticked[category] if category in wanted.match_all else frozenset()
        for name in names:
            excluded = {**wanted.excluded, category: wanted.excluded[category] - {name}}
            untagged = wanted.untagged if category in wanted.match_all else wanted.untagged - {category}
            ticked = {**wanted.ticked, category: kept | {name}}
            asked = replace(wanted, ticked=ticked, excluded=excluded, untagged=untagged)
            assert counts[category][name] == sum(passes(track, asked) for track in tracks)
        asked = replace(wanted, ticked={**wanted.ticked, category: kept}, untagged=wanted.untagged | {category})
        assert counts[category][None] == sum(passes(track, asked) for track in tracks)


@settings(max_examples=200, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6), filters)
def test_misses_are_given_exactly_for_rows_outside(tracks, wanted):
    columns = columns_of(tracks)
    inside = set(apply(columns, wanted).tolist())
    for row, track in enumerate(tracks):
        found = misses(columns, wanted, row)
        assert (not found) == (row in inside)
        assert len(set(found)) == len(found)
        assert {miss.category for miss in found if not miss.limit} == {
            category for category in {*NAMES, "tempo"} if not passes_category(track, wanted, category)
        }
        for miss in (miss for miss in found if miss.category in NAMES):
            own = track.tags[miss.category]
            assert miss.tag in own if miss.tag else miss.lacked not in own if miss.lacked else not own


@settings(max_examples=200, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6), filters)
def test_only_what_is_beyond_a_hard_limit_is_in_no_list(tracks, wanted):
    is_beyond = [
        not ("length" in wanted.soft_limits or is_within(track.duration_s, wanted.min_length_s, wanted.max_length_s))
        or not ("bpm" in wanted.soft_limits or is_within(track.bpm, wanted.min_bpm, wanted.max_bpm))
        for track in tracks
    ]
    assert FilterResult(columns_of(tracks), wanted).beyond().tolist() == is_beyond


@settings(max_examples=100, deadline=None)
@given(st.lists(rows, max_size=8), filters)
def test_taking_every_condition_away_leaves_all_tracks(tracks, wanted):
    for condition in conditions(wanted):
        assert condition in conditions(wanted)
        wanted = without(wanted, condition)
        assert condition not in conditions(wanted)
    assert len(apply(columns_of(tracks), wanted)) == len(tracks)


@settings(max_examples=100, deadline=None)
@given(st.lists(rows, max_size=12))
def test_tags_are_counted_as_by_asking_each_track(tracks):
    columns = columns_of(tracks)
    some = np.arange(0, len(tracks), 2, dtype=np.int32)
    tags = [Tag(category, name) for category, names in NAMES.items() for name in names]
    for tag in [*tags, Tag("genre", "nowhere"), Tag("tempo", "")]:
        assert columns.count_tagged(tag) == sum(tag.name in track.tags.get(tag.category, ()) for track in tracks)
    for category in NAMES:
        assert columns.count_tagged(Tag(category, "")) == sum(bool(track.tags[category]) for track in tracks)
    counts = {tag: sum(tag.name in tracks[row].tags[tag.category] for row in some) for tag in tags}
    assert columns.tags_among(some) == {tag: count for tag, count in counts.items() if count}


@settings(max_examples=100, deadline=None)
@given(filters)
def test_filter_survives_json(wanted):
    restored = Filter.from_json(json.loads(json.dumps(wanted.to_json())))
    assert restored == wanted
    old = {key: value for key, value in wanted.to_json().items() if key != "soft_limits"}
    assert Filter.from_json(old) == replace(wanted, soft_limits=frozenset())


def track(title="", genre=(), mood=(), duration_s=math.nan, bpm=math.nan, mark=""):
    tags = {"genre": frozenset(genre), "mood": frozenset(mood), "scene": frozenset()}
    return SimpleNamespace(title=title, tags=tags, duration_s=duration_s, bpm=bpm, mark=mark)


def test_advice_names_the_condition_that_empties_the_result():
    columns = columns_of([track(genre=["rock"]), track(genre=["rock"], mood=["calm"]), track(genre=["pop"])])
    wanted = Filter(ticked={"genre": frozenset({"pop"}), "mood": frozenset({"calm"})})
    assert len(apply(columns, wanted)) == 0
    assert advise(columns, wanted) == [
        (Condition("ticked", "genre", "pop"), 1),
        (Condition("ticked", "mood", "calm"), 1),
    ]


def test_outside_names_the_lack_of_a_tag_and_the_strange_tag():
    columns = columns_of([track(), track(genre=["pop"])])
    wanted = Filter(ticked={"genre": frozenset({"rock"})})
    assert misses(columns, wanted, 0) == (Outside("genre", None),)
    assert misses(columns, wanted, 1) == (Outside("genre", "pop"),)


def test_every_miss_is_named_in_the_order_of_the_panel():
    columns = columns_of([track(genre=["pop", "rock"], duration_s=262, mark="reject"), track(genre=["rock"])])
    wanted = Filter(
        ticked={"mood": frozenset({"calm"})},
        excluded={"genre": frozenset({"rock", "pop"})},
        text="sea",
        max_length_s=130,
        mark=NOT_REJECTED,
    )
    assert misses(columns, wanted, 0) == (
        Outside("genre", "pop"),
        Outside("genre", "rock"),
        Outside("mood"),
        Outside(limit="length", tag="4:22"),
        Outside(limit="mark", tag="reject"),
        Outside(limit="text"),
    )
    both = Filter(ticked={"genre": frozenset({"rock", "pop"})}, match_all=frozenset({"genre"}))
    assert misses(columns, both, 1) == (Outside("genre", lacked="pop"),)


def test_outside_names_a_length_that_does_not_fit():
    columns = columns_of([track(duration_s=185.9), track()])
    assert misses(columns, Filter(max_length_s=60), 0) == (Outside(limit="length", tag="3:05"),)
    assert misses(columns, Filter(max_length_s=60), 1) == (Outside(limit="length"),)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", ["duration", "bpm"])
def test_unknown_numbers_stand_last_in_either_direction(key, descending):
    tracks = [track(), track(duration_s=3, bpm=90), track(duration_s=1, bpm=80)]
    order = sort(columns_of(tracks), np.arange(3, dtype=np.int32), key, descending)
    assert order.tolist() == ([1, 2, 0] if descending else [2, 1, 0])


def test_numbers_in_titles_are_sorted_by_value():
    columns = columns_of([track("Track 10"), track("track 9"), track("TRACK 9b")])
    assert sort(columns, np.arange(3, dtype=np.int32), "title").tolist() == [1, 2, 0]


def test_a_word_never_spans_two_tracks():
    columns = columns_of([track("ab"), track("cd")])
    assert len(apply(columns, Filter(text="x.wav"))) == 2
    assert len(apply(columns, Filter(text="vcd"))) == 0


def test_what_is_heard_filters_is_counted_sorted_and_named_as_a_miss():
    track = SimpleNamespace(title="", tags=dict.fromkeys(NAMES, frozenset()), duration_s=60.0, bpm=90.0, mark="")
    tracks = [SimpleNamespace(**{**vars(track), "mark": mark}) for mark in ("keep", "reject", "", "")]
    columns = replace(columns_of(tracks), heard_s=np.array([0.0, 2.9, 3.0, 40.0], np.float32))
    yes, no = Filter(heard=True), Filter(heard=False)
    assert (apply(columns, yes).tolist(), apply(columns, no).tolist()) == ([2, 3], [0, 1])
    assert misses(columns, no, 3) == (Outside(limit="heard", tag="heard"),)
    assert misses(columns, yes, 1) == (Outside(limit="heard"),) and misses(columns, yes, 3) == ()
    assert FilterResult(columns, replace(no, mark=NOT_REJECTED)).brief_counts() == BriefCounts(1, 2, 1, 1)
    assert sort(columns, np.arange(4, dtype=np.int32), "heard").tolist() == [3, 2, 1, 0]
    assert conditions(no) == [Condition("heard")] and without(no, Condition("heard")) == Filter()
    assert Filter.from_json(json.loads(json.dumps(no.to_json()))) == no
    older = {key: value for key, value in Filter(text="a").to_json().items() if key != "heard"}
    assert Filter.from_json(older) == Filter(text="a")
    assert apply(replace(columns, heard_after_s=10.0), yes).tolist() == [3]
