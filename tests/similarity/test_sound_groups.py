"""Groups by sound: the same whatever the order of the rows, few, and each around the track that is most like it."""

import numpy as np
import pytest

from bgm_finder.similarity.groups import MOST_GROUPS, group_by_sound


def clouds(sizes, spread=0.2, dimensions=16, seed=1):
    """Return unit vectors in clouds of these sizes, one behind the other."""
    rng = np.random.default_rng(seed)
    middles = np.repeat(rng.normal(size=(len(sizes), dimensions)), sizes, axis=0)
    vectors = (middles + spread * rng.normal(size=middles.shape)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def as_ids(groups, ids):
    return [ids[group].tolist() for group in groups]


def test_tracks_that_sound_alike_are_in_one_group_the_largest_first():
    sizes = [20, 50, 30, 40]
    groups = group_by_sound(np.arange(140), clouds(sizes), most=4)
    assert [sorted(group.tolist()) for group in groups] == [
        list(range(20, 70)), list(range(100, 140)), list(range(70, 100)), list(range(20)),
    ]  # fmt: skip


def test_the_nearest_to_the_middle_of_a_group_comes_first():
    vectors = clouds([60, 40, 30])
    for group in group_by_sound(np.arange(130), vectors, most=3):
        middle = vectors[group].mean(axis=0)
        likeness = vectors[group] @ middle / np.linalg.norm(middle)
        assert likeness[0] > np.percentile(likeness, 90)
        assert np.corrcoef(np.arange(len(group)), likeness)[0, 1] < -0.7


@pytest.mark.parametrize("count", [7, 300, 3000])
def test_groups_depend_on_the_vectors_and_not_on_the_order_of_the_rows(count):
    vectors = clouds([count - count // 3, count // 3], spread=1.0)
    vectors[count // 2] = vectors[0]  # a copy of a track
    ids, mixed = np.arange(count), np.random.default_rng(5).permutation(count)
    groups = as_ids(group_by_sound(ids, vectors), ids)
    assert groups == as_ids(group_by_sound(ids[mixed], vectors[mixed]), ids[mixed])
    assert sorted(track for group in groups for track in group) == ids.tolist()
    assert len(groups) == min(MOST_GROUPS, max(1, count // 3))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_very_few_tracks_are_one_group_at_most(count):
    groups = group_by_sound(np.arange(count), clouds([count]))
    assert [len(group) for group in groups] == [count] * bool(count)


def test_copies_of_one_sound_are_one_group():
    groups = group_by_sound(np.arange(30), np.tile(clouds([1]), (30, 1)))
    assert [group.tolist() for group in groups] == [list(range(30))]
