"""Dataclasses as JSON: what is of its kind comes back, and nothing else does any harm."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgm_finder.track import ListScope, Section
from bgm_finder.typed_json import NotOfKindError, from_plain, to_plain


@dataclass(frozen=True)
class Part:
    path: Path
    section: Section | None = None


@dataclass(frozen=True)
class Whole:
    number: int = 3
    share: float = 0.5
    is_on: bool = True
    text: str = ""
    scope: ListScope = ListScope.BOTH
    mark: Literal["keep", ""] = ""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    limit: float | None = None


WHOLE = Whole(
    4,
    0.25,
    False,
    "雨",
    ListScope.INSIDE,
    "keep",
    {"mood": frozenset({"calm", "雨"})},
    (Part(Path("a/\udcff.wav"), Section(1.0, 2.5)), Part(Path("b"))),
    9.0,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def test_what_was_made_plain_comes_back():
    assert from_plain(Whole, json.loads(json.dumps(to_plain(WHOLE)))) == WHOLE
    assert to_plain(Whole()) == {}
    assert from_plain(Whole, {}) == Whole()


@pytest.mark.parametrize(
    ("key", "strange"),
    [
        ("number", True), ("number", 1.5), ("number", 10**30), ("share", "x"), ("share", float("nan")),
        ("share", 10**400), ("is_on", 1), ("text", 5), ("text", "\ud800"), ("scope", "sideways"), ("scope", ["both"]),
        ("mark", "perhaps"), ("mark", {}), ("names", []), ("parts", "ab"), ("parts", {}), ("limit", []),
    ],
)  # fmt: skip
def test_field_that_is_not_of_its_kind_keeps_its_default(key, strange):
    assert from_plain(Whole, {**to_plain(WHOLE), key: strange}) == from_plain(
        Whole, {name: plain for name, plain in to_plain(WHOLE).items() if name != key}
    )


def test_entry_that_is_not_of_its_kind_costs_no_other():
    plain = {"parts": [{"path": "a"}, {"path": ""}, {"path": "b\0"}, 7, {}], "names": {"mood": ["calm", 5], "use": 1}}
    found = from_plain(Whole, plain)
    assert found == Whole(names={"mood": frozenset({"calm"})}, parts=(Part(Path("a")),))


def test_what_lacks_a_part_without_default_is_refused():
    for plain in ({}, [], None, {"path": 5}):
        with pytest.raises(NotOfKindError):
            from_plain(Part, plain)


@given(st.dictionaries(st.sampled_from(list(to_plain(WHOLE))), anything))
def test_whatever_stands_there_gives_a_whole_that_can_be_kept(plain):
    found = from_plain(Whole, plain)
    assert from_plain(Whole, json.loads(json.dumps(to_plain(found)))) == found
