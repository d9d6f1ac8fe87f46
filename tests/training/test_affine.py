"""The last turn brings windows of one track together, and what shakes within tracks stops counting."""

import numpy as np

from bgm_finder.training import affine


def cloud(tracks=40, windows=12, seed=0):
    """Tracks that differ in three measures, drowned by three others that shake within every track."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(tracks), windows)
    telling = rng.normal(size=(tracks, 3))[owner] + 0.05 * rng.normal(size=(len(owner), 3))
    shaking = 20 * rng.normal(size=(len(owner), 3))
    return np.concatenate([telling, shaking], axis=1), owner


def nearest_is_of_the_same_track(vectors, owner):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -9)
    return (owner[cosines.argmax(axis=1)] == owner).mean()


def test_tracks_never_seen_are_told_apart_too():
    values, owner = cloud(seed=0)
    mean, turn = affine.fit(values, owner, 3)
    unseen, unseen_owner = cloud(seed=1)
    assert nearest_is_of_the_same_track(unseen - unseen.mean(axis=0), unseen_owner) < 0.2
    assert nearest_is_of_the_same_track((unseen - mean) @ turn, unseen_owner) > 0.8


def test_a_measure_that_never_changes_does_no_harm():
    values, owner = cloud()
    mean, turn = affine.fit(np.concatenate([values, np.ones((len(values), 1))], axis=1), owner, 3)
    assert turn.shape == (7, 3)
    assert np.isfinite(turn).all()
    assert np.isfinite(mean).all()
