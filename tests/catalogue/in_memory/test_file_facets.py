"""Artists and folders as the filter ticks, counts and searches them."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.file_facets import coded_blocks, folder_column, folders_in
from bgm_finder.catalogue.in_memory.filters import Filter, FilterResult, apply, misses
from bgm_finder.catalogue.in_memory.places import Paths
from bgm_finder.catalogue.in_memory.text_search import has_text
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.scan import Remembered, scan
from bgm_finder.drives.drives import Drives
from bgm_finder.track import ARTIST, FOLDER, Outside, Tag

FILES = {
    "Vendor/Album/one.wav": "Rin",
    "Vendor/Album/two.wav": "Rin",
    "Vendor/Album b/three.wav": "Sato",
    "Vendor b/雨の日/four.wav": "",
    "five.wav": " Rin ",
}
ROOT = "BGM"


@pytest.fixture
def library(tmp_path):
    root = tmp_path / ROOT
    for number, name in enumerate(FILES):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(root / name, np.full(800 + number, 0.1, np.float32), 8000)
    return root


@pytest.fixture
def catalogue(tmp_path, library):
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        take_in(opened, library)
        yield opened


def take_in(catalogue, folder):
    catalogue.folders.add(folder)
    return catalogue.files.add(scan(folder, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)


@pytest.fixture
def columns(catalogue):
    columns = catalogue.columns()
    artists = [next(artist for name, artist in FILES.items() if path.endswith("/" + name)) for path in columns.paths]
    return replace(columns, artists=Texts.of(artists))


def found(columns, **wanted):
    rows = apply(columns, Filter(**wanted))
    return sorted(columns.paths[row].rpartition("/")[2].removesuffix(".wav") for row in rows.tolist())


def of(category, *names):
    return {category: frozenset(names)}


def test_a_folder_holds_all_that_lies_below_it_and_no_neighbour_of_a_longer_name(columns):
    counts = FilterResult(columns, Filter()).counts()
    assert counts[FOLDER] == {
        "BGM": 5,
        "BGM/Vendor": 3,
        "BGM/Vendor/Album": 2,
        "BGM/Vendor/Album b": 1,
        "BGM/Vendor b": 1,
        "BGM/Vendor b/雨の日": 1,
        None: 0,
    }
    assert found(columns, ticked=of(FOLDER, "BGM/Vendor")) == ["one", "three", "two"]
    assert found(columns, ticked=of(FOLDER, "BGM/Vendor"), excluded=of(FOLDER, "BGM/Vendor/Album")) == ["three"]
    assert found(columns, excluded=of(FOLDER, "BGM/Vendor", "BGM/Vendor b")) == ["five"]


def test_artists_are_counted_beside_the_other_conditions_and_no_artist_is_a_choice(columns):
    counts = FilterResult(columns, Filter(ticked=of(FOLDER, "BGM/Vendor"))).counts()
    assert counts[ARTIST] == {"Rin": 2, "Sato": 1, None: 0}
    assert counts[FOLDER]["BGM/Vendor b"] == 1  # the folder ticked does not lessen the counts of the others
    assert found(columns, ticked=of(ARTIST, "Rin")) == ["five", "one", "two"]
    assert found(columns, untagged=frozenset({ARTIST})) == ["four"]


def test_what_kept_a_track_out_is_its_own_folder_and_artist(columns):
    wanted = Filter(ticked=of(ARTIST, "Rin") | of(FOLDER, "BGM/Vendor/Album"))
    row = next(row for row, path in enumerate(columns.paths) if path.endswith("four.wav"))
    assert misses(columns, wanted, row) == (Outside(ARTIST), Outside(FOLDER, "BGM/Vendor b/雨の日"))


def test_a_tag_lists_own_category_called_artist_or_folder_is_another_one(catalogue, columns):
    row = next(row for row, path in enumerate(columns.paths) if path.endswith("one.wav"))
    for category in ("artist", "folder"):
        tag_tracks(catalogue, [int(columns.ids[row])], Tag(category, "Rin"))
    tagged = replace(catalogue.columns(), artists=columns.artists)
    assert found(tagged, ticked=of("artist", "Rin")) == ["one"]
    assert found(tagged, ticked=of("folder", "Rin")) == ["one"]
    assert found(tagged, ticked=of(ARTIST, "Rin")) == ["five", "one", "two"]
    assert {"artist", "folder", ARTIST, FOLDER} <= FilterResult(tagged, Filter()).counts().keys()
    assert tagged.tags_at(row) == {"format": ("wav",), "artist": ("Rin",), "folder": ("Rin",)}


def test_words_are_searched_in_folder_names_but_not_in_that_of_the_only_added_one(columns):
    assert found(columns, text="ALBUM") == ["one", "three", "two"]
    assert found(columns, text="vendor two") == ["two"]
    assert found(columns, text="vendor/album") == ["one", "three", "two"]
    assert found(columns, text="雨") == ["four"]
    assert found(columns, text="bgm") == []
    for word in ("album", "bgm", "雨"):
        rows = [row for row in range(len(columns)) if has_text(columns, row, word)]
        assert rows == apply(columns, Filter(text=word)).tolist()


def test_a_second_added_folder_leaves_the_names_of_the_first_as_they_were(catalogue, columns, tmp_path, library):
    other = tmp_path / "other" / "BGM b"
    other.mkdir(parents=True)
    soundfile.write(other / "six.wav", np.full(900, 0.1, np.float32), 8000)
    take_in(catalogue, other)
    both = catalogue.columns("", columns)
    counts = FilterResult(both, Filter()).counts()[FOLDER]
    assert (counts["BGM"], counts["BGM b"], counts["BGM/Vendor"]) == (5, 1, 3)
    assert found(both, text="bgm") == ["five", "four", "one", "six", "three", "two"]
    assert found(both, text="b six") == ["six"]


def test_added_folders_of_one_name_are_told_apart():
    roots = {1: "/a/Music/", 2: "/b/Music/", 3: "/"}
    names = Texts.of(["x/1.wav", "y/2.wav", "srv/3.wav", "4.wav"])
    paths = Paths(names, np.array([1, 2, 3, 3], np.int64), roots)
    assert folder_names(paths) == ["Music (a)", "Music (a)/x", "Music (b)", "Music (b)/y", "srv"]


def folder_names(paths):

    return list(folder_column(paths, coded_blocks(paths.names, folders_in, {})).names)


def test_folders_follow_a_moved_file_and_a_moved_library(catalogue, columns, library):
    (library / "Vendor/Album/one.wav").rename(library / "Vendor/Album b/one.wav")
    before = FilterResult(columns, Filter()).counts()[FOLDER]
    changes = scan(library, catalogue.files.remembered(library), frozenset({".wav"}), Drives(lambda: False))
    for old, file in changes.moved:
        catalogue.files.move(old.track_id, file)
    after = FilterResult(catalogue.columns("", columns), Filter()).counts()[FOLDER]
    assert (before["BGM/Vendor/Album"], after["BGM/Vendor/Album"], after["BGM/Vendor/Album b"]) == (2, 1, 2)
    library.rename(library.with_name("Music"))
    catalogue.folders.move(library, library.with_name("Music"))
    assert "Music/Vendor" in FilterResult(catalogue.columns("", columns), Filter()).counts()[FOLDER]


def test_five_thousand_folders_are_counted_as_one_by_one():
    places = np.random.default_rng(4).integers(0, 5000, 20_000).tolist()
    names = [f"v{place % 70}/a{place}/{row}.wav" for row, place in enumerate(places)]
    paths = Paths(Texts.of(names), np.ones(len(names), np.int64), {1: "/m/BGM/"})

    column = folder_column(paths, coded_blocks(paths.names, folders_in, {}))
    mask = np.arange(len(names)) % 3 == 0
    counts = dict(zip(column.names, column.counts_within(mask).tolist(), strict=True))
    for folder in ("BGM", "BGM/v7", "BGM/v7/a7", "BGM/v69/a69"):
        below = [f"BGM/{name}".startswith(folder + "/") for name in names]
        assert counts[folder] == np.count_nonzero(mask & below)
        assert column.mask_of([folder], len(names)).tolist() == below
