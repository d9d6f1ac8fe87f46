"""Vectors that see what a teacher hears agree with it wholly, others as chance has it."""

import numpy as np

from bgm_finder.training import teacher_features
from bgm_finder.training.metrics import agreement
from bgm_finder.training.metrics.retrieval import Excerpts


def unit(values):
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def heard_by_one_teacher(folder, features):
    paths = [folder / f"t{number}.ogg" for number in range(len(features))]
    for path, feature in zip(paths, features, strict=True):
        heard = teacher_features.Heard(np.array([0, 24]), np.stack([feature, feature]))
        teacher_features.keep(teacher_features.heard_file(folder, "musicnn", path), heard)
    return paths


def excerpts(vectors):
    names = np.array([""] * len(vectors))
    return Excerpts(unit(vectors), unit(vectors), names, names)


def test_a_pupil_of_the_teacher_agrees_and_a_stranger_does_not(tmp_path):
    rng = np.random.default_rng(0)
    features = rng.normal(size=(60, 8)).astype(np.float32)
    paths = heard_by_one_teacher(tmp_path, features)
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    pupil = agreement.with_teachers(excerpts(scaled), paths, tmp_path, None)
    assert pupil["musicnn: nearest ten"].value > 0.95
    assert pupil["musicnn: order"].value > 0.95
    stranger = agreement.with_teachers(excerpts(rng.normal(size=(60, 8))), paths, tmp_path, None)
    assert stranger["musicnn: nearest ten"].value < 0.3
    assert abs(stranger["musicnn: order"].value) < 0.2


def test_a_teacher_that_has_not_heard_all_is_not_asked(tmp_path):
    paths = heard_by_one_teacher(tmp_path, np.eye(12, dtype=np.float32))
    teacher_features.heard_file(tmp_path, "musicnn", paths[3]).unlink()
    assert agreement.with_teachers(excerpts(np.eye(12)), paths, tmp_path, None) == {}
