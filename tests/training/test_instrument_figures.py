"""What is said about instruments is compared with what is true."""

import numpy as np

from bgm_finder.training import instrument_figures


def test_shares_that_come_true_as_often_as_they_say_are_reliable():
    said = np.repeat([0.55, 0.85], 1000)
    honest = np.concatenate([np.arange(1000) < 550, np.arange(1000) < 850])
    figures = instrument_figures.reliability(said, honest)
    assert figures["calibration error"] < 0.001
    assert figures["said: right (pieces)"] == "0.55: 0.55 (1000), 0.85: 0.85 (1000)"


def test_one_who_is_always_sure_and_half_right_is_half_off():
    assert instrument_figures.reliability(np.ones(10), np.arange(10) < 5)["calibration error"] == 0.5


def test_the_four_queries_count_what_lies_near_and_not_themselves():
    corner = np.repeat(np.eye(4), 6, axis=0)
    main = np.repeat([0, 1, 2, 3], 6)
    genres = np.tile([0, 0, 0, 0, 0, 1], 4)
    found = instrument_figures.four_queries(corner, main, genres)
    assert found == {"four queries: same instrument": "16 of 16", "four queries: same genre too": "16 of 16"}
    shuffled = instrument_figures.four_queries(corner, np.tile([0, 1, 2], 8), genres)
    assert shuffled["four queries: same instrument"] != "12 of 12"
