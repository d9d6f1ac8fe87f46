"""The last turn brings windows of one track together, and what shakes within tracks stops counting."""

import numpy as np

from lab.ear import affine


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


def fitted(values, owner, dimensions=3):
    clean, augmented = values[::2], values[1::2][None]
    return affine.identity(clean, augmented, owner[::2], dimensions)


def test_tracks_never_seen_are_told_apart_too():
    turn = fitted(*cloud(windows=24, seed=0))
    unseen, unseen_owner = cloud(seed=1)
    assert nearest_is_of_the_same_track(unseen - unseen.mean(axis=0), unseen_owner) < 0.2
    assert nearest_is_of_the_same_track(turn(unseen), unseen_owner) > 0.8


def test_a_measure_that_never_changes_does_no_harm():
    values, owner = cloud()
    turn = fitted(np.concatenate([values, np.ones((len(values), 1))], axis=1), owner)
    assert turn.turn.shape == (7, 3)
    assert np.isfinite(turn(np.ones((1, 7)))).all()


def test_the_view_of_style_finds_what_the_teacher_targets_tell_in_pieces_never_seen():
    values, owner = cloud()
    targets = values[:, :2] / 20
    turn = affine.style(values, targets, np.ones(len(values)))
    unseen, _ = cloud(seed=1)
    told = turn(unseen)
    assert np.corrcoef(told[:, 0], unseen[:, 0])[0, 1] > 0.9
    assert abs(np.corrcoef(told[:, 0], unseen[:, 4])[0, 1]) < 0.3


def test_the_principal_directions_of_a_view_are_those_it_varies_most_in():
    values = np.random.default_rng(0).normal(size=(500, 4)) * [1, 5, 2, 9] + 3
    view = affine.Turn(np.zeros(4), np.eye(4)[:, :3])
    told = affine.principal(view, values, 2)(values)
    assert told.shape == (500, 2)
    np.testing.assert_allclose(told.mean(axis=0), 0, atol=1e-9)
    assert abs(np.corrcoef(told[:, 0], values[:, 1])[0, 1]) > 0.99
    assert abs(np.corrcoef(told[:, 1], values[:, 2])[0, 1]) > 0.98
