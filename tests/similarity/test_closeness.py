"""Scores in words, and the borders between them that come with each network."""

import json

import pytest

from bgm_finder import paths
from bgm_finder.similarity.closeness import Borders, Compared, borders_file, nearest, read_borders, write_borders
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.track import Closeness

BORDERS = Borders(0.3, 0.5, 0.8)


@pytest.mark.parametrize(
    ("score", "word"),
    [
        *((-0.2, "distant"), (0.29, "distant"), (0.3, "related"), (0.5, "close"), (0.79, "close")),
        *((0.8, "very close"), (1.0, "very close")),
    ],
)
def test_a_border_belongs_to_the_closer_word(score, word):
    assert BORDERS.word(score) == word


def test_a_bar_grows_with_the_score_and_has_a_quarter_for_each_word():
    scores = [-0.5, 0.0, 0.15, 0.3, 0.4, 0.5, 0.65, 0.8, 0.9, 1.0, 1.001]
    expected = [0.0, 0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.0]
    assert [BORDERS.level(score) for score in scores] == pytest.approx(expected)


def test_the_closest_of_some_words_is_told_and_none_of_none():
    assert nearest([Closeness.DISTANT, None, Closeness.CLOSE, Closeness.RELATED]) == Closeness.CLOSE
    assert nearest([None]) is None


def test_borders_are_read_back_by_the_network_that_they_were_measured_for(tmp_path):
    weights = tmp_path / "own.safetensors"
    write_borders(weights, "own-1", {Compared.TRACKS: BORDERS}, {"recordings": 12})
    assert read_borders(weights, "own-1") == {Compared.TRACKS: BORDERS}
    assert read_borders(weights, "own-2") == {}  # trained anew: what was measured holds no longer


def stored(borders):
    return f'{{"network": "own-1", "borders": {borders}}}'


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "nothing", "\udc80"),
        stored("[1]"),
        stored('{"tracks": [0.5, 0.3, 0.8]}'),
        stored('{"tracks": [0.3, 0.5]}'),
        stored('{"tracks": ["a", 1, 2]}'),
        stored('{"films": [0.3, 0.5, 0.8]}'),
    ],
)
def test_a_damaged_file_gives_no_borders(tmp_path, text):
    weights = tmp_path / "own.safetensors"
    borders_file(weights).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_borders(weights, "own-1") == {}


def test_a_network_without_borders_has_none(tmp_path):
    assert read_borders(tmp_path / "own.safetensors", "own-1") == {}


@pytest.mark.parametrize("weights", sorted(paths.resource("weights").glob("*.safetensors")), ids=lambda path: path.stem)
def test_no_network_ships_whose_words_were_not_measured(weights):
    """`bgm-finder evaluate --closeness` measures them; a network of a new name needs it anew."""
    stored = json.loads(borders_file(weights).read_text(encoding="utf-8"))
    assert stored["network"] == Embedder(weights).name
    assert set(stored["measured"]["shares"]) == set(Compared)


def test_the_default_network_has_all_words():
    assert set(Embedder(paths.resource("weights/default.safetensors")).borders) == set(Compared)
