"""What a network finds near in rendered pieces is counted."""

import numpy as np

from bgm_finder.training.metrics import instruments


def test_the_four_queries_count_what_lies_near_and_not_themselves():
    corner = np.repeat(np.eye(4), 6, axis=0)
    main = np.repeat([0, 1, 2, 3], 6)
    genres = np.tile([0, 0, 0, 0, 0, 1], 4)
    found = instruments.four_queries(corner, main, genres)
    assert found == {"four queries: same instrument": "16 of 16", "four queries: same genre too": "16 of 16"}
    shuffled = instruments.four_queries(corner, np.tile([0, 1, 2], 8), genres)
    assert shuffled["four queries: same instrument"] != "12 of 12"
