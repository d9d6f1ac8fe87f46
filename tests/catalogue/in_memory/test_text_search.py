"""Words are found in a library of many blocks as in one line after the other."""

from dataclasses import replace

import pytest

from bgm_finder.catalogue.in_memory import texts
from bgm_finder.catalogue.in_memory.places import Paths
from bgm_finder.catalogue.in_memory.text_search import text_mask
from bgm_finder.catalogue.in_memory.texts import Texts

LINES = ["morning rain", "", "more", "あめのおと", "ro m", "の", "momor", "a", "mo", "あめ"] * 7


@pytest.mark.parametrize("rows", [1, 3, 50, 1000])
def test_words_are_found_in_any_number_of_blocks(filled, monkeypatch, rows):
    monkeypatch.setattr(texts, "BLOCK_ROWS", rows)
    columns = filled.columns()
    columns = replace(columns, searched=Texts.of(LINES), ids=columns.ids.repeat(30)[: len(LINES)], tags={})
    columns = replace(columns, paths=Paths.of(["x.wav"] * len(LINES)))
    for word in ("mor", "m", "の", "あめ", "a", "nowhere", "morning", "あめのおと"):
        assert text_mask(columns, word).tolist() == [word in line for line in LINES], word
