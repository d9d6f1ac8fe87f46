"""The best few of each artist or folder, against one track at a time."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from bgm_finder.catalogue.in_memory.file_facets import artist_column, artists_in, coded_blocks
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.track import AtMost
from bgm_finder.workflows.at_most import best_few


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("top", [1, 10, 400])
def test_best_few_agrees_with_going_down_the_list(count, top):
    rng = np.random.default_rng(count)
    artists = [f"artist {n}" if n else "" for n in rng.geometric(0.1, 5000).clip(1, 60) - 1]
    scores = rng.normal(size=5000).astype(np.float32)
    scores[rng.random(5000) < 0.2] = np.nan
    texts = Texts.of(artists)
    columns = SimpleNamespace(artist_facet=artist_column(texts, coded_blocks(texts, artists_in, {})))
    expected, listed = [], Counter()
    for row in np.argsort(-scores, kind="stable")[: np.count_nonzero(np.isfinite(scores))].tolist():
        if not artists[row] or listed[artists[row]] < count:
            expected.append(row)
            listed[artists[row]] += 1
    assert best_few(columns, scores, top, AtMost(count, "artist")).tolist() == expected[:top]
