"""Scores are cosines, the best come first, and what has no vector never comes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgm_finder.similarity import ranking


def unit_vectors(count, dimensions=8, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_one_query_scores_by_its_cosine():
    matrix = unit_vectors(50)
    scores = ranking.rank(matrix[7:8], matrix)
    np.testing.assert_allclose(scores, matrix @ matrix[7], atol=1e-6)
    assert scores.dtype == np.float32
    assert ranking.best(scores, 1).tolist() == [7]


def test_several_queries_score_by_the_mean_of_their_cosines():
    matrix = unit_vectors(50)
    np.testing.assert_allclose(ranking.rank(matrix[:3], matrix), (matrix @ matrix[:3].T).mean(axis=1), atol=1e-6)


def test_a_negative_pushes_its_neighbours_down():
    matrix = unit_vectors(50)
    plain = ranking.rank(matrix[:1], matrix)
    pushed = ranking.rank(matrix[:1], matrix, negatives=matrix[9:10])
    fall = plain - pushed
    assert fall.argmax() == 9
    np.testing.assert_allclose(ranking.rank(matrix[:1], matrix, negatives=matrix[:0]), plain)


def test_a_weight_counts_beside_the_other_queries_and_changes_no_scale():
    matrix = unit_vectors(50)
    weighted = ranking.rank(matrix[:2], matrix, weights=[2.0, 0.5])
    np.testing.assert_allclose(weighted, matrix @ (0.8 * matrix[0] + 0.2 * matrix[1]), atol=1e-6)
    np.testing.assert_allclose(ranking.rank(matrix[:1], matrix, weights=[0.25]), matrix @ matrix[0], atol=1e-6)


def test_a_negative_of_twice_the_weight_pushes_twice_as_far():
    matrix = unit_vectors(50)
    plain = ranking.rank(matrix[:1], matrix)
    once, twice = (plain - ranking.rank(matrix[:1], matrix, matrix[9:10], None, [weight]) for weight in (1.0, 2.0))
    np.testing.assert_allclose(twice, 2 * once, atol=1e-6)
    np.testing.assert_allclose(once, plain - ranking.rank(matrix[:1], matrix, matrix[9:10]), atol=1e-6)


@given(st.lists(st.floats(-1, 1, width=32), max_size=40), st.integers(0, 45))
def test_the_top_is_the_head_of_the_whole_order(values, top):
    scores = np.array(values, np.float32)
    assert ranking.best(scores, top).tolist() == ranking.best(scores).tolist()[:top]
    assert sorted(ranking.best(scores).tolist()) == list(range(len(values)))


def test_only_the_rows_asked_for_are_ranked():
    scores = np.array([0.1, 0.9, 0.5, 0.7], np.float32)
    assert ranking.best(scores, 2, rows=np.array([0, 2, 3], np.int32)).tolist() == [3, 2]


def test_a_track_without_a_vector_is_left_out():
    matrix = unit_vectors(4)
    matrix[2] = np.nan
    scores = ranking.rank(matrix[:1], matrix)
    assert 2 not in ranking.best(scores)
    shares = ranking.percentiles(scores)
    assert np.isnan(shares[2])
    assert shares[0] == 100.0


def test_percentiles_of_some_are_those_that_all_would_have():
    scores = np.random.default_rng(4).normal(size=500).astype(np.float32).round(1)  # many alike
    scores[::7] = np.nan
    for rows in (np.arange(500), np.argsort(-np.nan_to_num(scores, nan=-9))[:20], np.array([7, 3]), np.array([7])):
        some = ranking.percentiles(scores, rows)
        assert np.array_equal(some, ranking.percentiles(scores)[rows], equal_nan=True)
    known = scores[np.isfinite(scores)]
    assert some.shape == (1,)
    assert ranking.percentiles(scores)[3] == np.float32(100.0 * np.count_nonzero(known < scores[3]) / (len(known) - 1))


def test_percentiles_tell_the_share_that_lies_below():
    assert ranking.percentiles(np.array([0.3, 0.1, 0.2, 0.2, 0.4], np.float32)).tolist() == [75, 0, 25, 25, 100]
    some = ranking.percentiles(np.array([0.3, 0.1, np.nan, 0.2, 0.4], np.float32), np.array([4, 2, 3]))
    np.testing.assert_allclose(some, [100, np.nan, 100 / 3], rtol=1e-6)


def test_ranking_a_large_library_needs_no_sorting_of_it_all():
    scores = np.random.default_rng(1).random(600_000).astype(np.float32)
    found = ranking.best(scores, 20)
    assert scores[found].tolist() == sorted(scores.tolist(), reverse=True)[:20]


@pytest.mark.parametrize("step", [1, 3, 700, 4000, 9_990])
def test_the_top_of_many_is_the_same_where_most_have_no_score(step):
    scores = np.full(10_007, np.nan, np.float32)
    some = np.arange(0, len(scores), step)
    scores[some] = np.random.default_rng(2).normal(size=len(some)).astype(np.float32).round(1)  # many alike
    for top in (1, 2, 30, 5_000):
        assert ranking.best(scores, top).tolist() == ranking.best(scores).tolist()[:top]


def test_an_empty_library_gives_nothing():
    empty = np.zeros((0, 8), np.float32)
    scores = ranking.rank(unit_vectors(1), empty)
    assert ranking.best(scores, 5).tolist() == []
    assert ranking.percentiles(scores).tolist() == []
    assert pytest.approx(0) == scores.sum()
