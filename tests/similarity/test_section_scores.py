"""The section that fits best, held against float64."""

import numpy as np
import pytest

from bgm_finder.similarity.section_scores import best_of_each, section_scores


@pytest.fixture
def library():
    """Directions of 5,000 sections, of 700 tracks of 1 to 13 each."""
    chance = np.random.default_rng(0)
    counts = chance.integers(1, 14, 700)
    numbers = chance.integers(-127, 128, (counts.sum(), 128)).astype(np.int8)
    return numbers, np.concatenate([[0], np.cumsum(counts)])


def lengths_of(numbers):
    return np.linalg.norm(numbers.astype(np.float32), axis=1)


def test_scores_are_the_cosines(library):
    numbers, _ = library
    query = np.random.default_rng(1).normal(size=128)
    query /= np.linalg.norm(query)
    exact = numbers.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    np.testing.assert_allclose(section_scores(query, numbers, lengths_of(numbers)), exact @ query, atol=1e-6)


def test_each_track_has_its_best_section(library):
    numbers, firsts = library
    scores = section_scores(np.random.default_rng(2).normal(size=128), numbers, lengths_of(numbers))
    best, which = best_of_each(scores, firsts)
    for track in range(len(firsts) - 1):
        own = scores[firsts[track] : firsts[track + 1]]
        assert best[track] == own.max()
        assert which[track] == own.argmax()


def test_the_first_of_equal_sections_is_taken_and_a_silent_one_is_nothing():
    numbers = np.array([[0, 0], [3, 4], [6, 8], [1, 0]], np.int8)
    best, which = best_of_each(
        section_scores(np.array([0.6, 0.8]), numbers, np.maximum(lengths_of(numbers), 1)), np.array([0, 3, 4])
    )
    np.testing.assert_allclose(best, [1.0, 0.6])
    assert which.tolist() == [1, 0]


def test_nothing_has_no_best():
    best, which = best_of_each(np.zeros(0, np.float32), np.zeros(1, np.int64))
    assert (len(best), len(which)) == (0, 0)
