"""Conditions and reasons in words."""

import pytest
from music import write_tracks
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.filters import misses
from bgm_finder.catalogue.scan import Remembered, scan
from bgm_finder.conditions import Filter, conditions
from bgm_finder.drives.drives import Drives
from bgm_finder.gui.category_names import condition_text, outside_text
from bgm_finder.track import Tag


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    """Two tracks, the first with tags whose categories are called like limits of the filter."""
    folder = tmp_path_factory.mktemp("music")
    write_tracks(folder, 2, seconds=0.2, formats=("wav",))
    with Catalogue(folder / "catalogue.sqlite") as catalogue:
        catalogue.folders.add(folder)
        ids = catalogue.files.add(scan(folder, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
        for category in ("mark", "text", "length", "bpm"):
            tag_tracks(catalogue, ids[:1], Tag(category, "loud"))
        return catalogue.columns()


@pytest.mark.parametrize("category", ["mark", "text", "length", "bpm"])
def test_a_category_called_like_a_limit_is_a_category(qapp, columns, category):
    wanted = Filter(ticked={category: frozenset({"soft"})})
    assert [outside_text(misses(columns, wanted, row)[0]) for row in (0, 1)] == [
        f"{category}: loud",
        f"no {category} tag",
    ]
    assert [condition_text(condition, wanted) for condition in conditions(wanted)] == [f"{category}: soft"]


def test_limits_are_told_by_their_names(qapp, columns):
    for wanted, condition, outside in (
        (Filter(mark="keep"), "Shortlist: kept", "Shortlist: undecided"),
        (Filter(text="rain"), "Search words: rain", "without the search words"),
        (Filter(max_length_s=60.0), "Length: – 1:00", "Length unknown"),
        (Filter(min_bpm=90.0), "BPM: 90 –", "BPM unknown"),
    ):
        assert [condition_text(each, wanted) for each in conditions(wanted)] == [condition]
        assert outside_text(misses(columns, wanted, 0)[0]) == outside
