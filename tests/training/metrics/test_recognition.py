"""What is said about classes is compared with what is true."""

import numpy as np
import pytest

from bgm_finder.training.metrics import recognition


def test_shares_that_come_true_as_often_as_they_say_are_reliable():
    said = np.repeat([0.55, 0.85], 1000)
    honest = np.concatenate([np.arange(1000) < 550, np.arange(1000) < 850])
    metrics = recognition.reliability(said, honest)
    assert metrics["calibration error"] < 0.001
    assert metrics["said: right (pieces)"] == "0.55: 0.55 (1000), 0.85: 0.85 (1000)"


def test_one_who_is_always_sure_and_half_right_is_half_off():
    assert recognition.reliability(np.ones(10), np.arange(10) < 5)["calibration error"] == 0.5


def test_calibration_error_is_the_distance_between_said_and_true():
    right = np.array([True, True, True, False])
    assert recognition.reliability(np.full(4, 0.75), right)["calibration error"] == pytest.approx(0.0)
    assert recognition.reliability(np.full(4, 0.95), right)["calibration error"] == pytest.approx(0.2)


def test_best_temperature_is_found_again():
    rng = np.random.default_rng(0)
    honest = rng.dirichlet(np.ones(4) * 0.5, 4000)
    truth = np.array([rng.choice(4, p=row) for row in honest])
    boastful = honest**2 / (honest**2).sum(axis=1, keepdims=True)
    assert recognition.best_temperature(honest, truth) == pytest.approx(1.0, abs=0.1)
    assert recognition.best_temperature(boastful, truth) == pytest.approx(2.0, abs=0.2)
