"""The estimated tempo, on drums whose tempo is known."""

import numpy as np
import pytest

from bgm_finder.audio.tempo import estimate_bpm

RATE_HZ = 22_050


def drums(bpm, seconds=20.0):
    samples = np.zeros(round(seconds * RATE_HZ), np.float32)
    at = np.arange(2000)
    for beat in range(int(seconds * bpm / 60)):
        start = round(beat * 60 / bpm * RATE_HZ)
        hit = np.exp(-at / 300) * np.sin(2 * np.pi * (110 if beat % 2 else 190) * at / RATE_HZ)
        room = min(len(at), len(samples) - start)
        samples[start : start + room] += 0.7 * hit[:room].astype(np.float32)
    return samples


@pytest.mark.parametrize("bpm", [75, 92, 120, 133])
def test_drums_have_their_tempo(bpm):
    assert estimate_bpm(drums(bpm), RATE_HZ) == pytest.approx(bpm, rel=0.01)


def test_fast_drums_have_their_tempo_or_half_of_it():
    bpm = estimate_bpm(drums(174), RATE_HZ)
    assert min(abs(bpm - 174), abs(2 * bpm - 174)) < 2


def test_what_has_no_pulse_has_no_tempo():
    at = np.arange(20 * RATE_HZ)
    assert estimate_bpm(np.zeros(20 * RATE_HZ, np.float32), RATE_HZ) is None
    assert estimate_bpm(np.sin(0.05 * at).astype(np.float32), RATE_HZ) is None
    assert estimate_bpm(np.random.default_rng(0).normal(0, 0.1, len(at)).astype(np.float32), RATE_HZ) is None
    assert estimate_bpm(drums(120, 2.0), RATE_HZ) is None
