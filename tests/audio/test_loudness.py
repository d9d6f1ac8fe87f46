"""Loudness and true peak against the cases of EBU Tech 3341 and values that follow from the definitions."""

import numpy as np
import pytest

from bgm_finder.audio.loudness import LoudnessMeter, integrated_lufs, true_peak_dbtp

RATE_HZ = 48_000
NEAR_LU = 0.1


def sine(level_db, seconds, rate_hz=RATE_HZ, hz=1000.0):
    """Return a sine with this peak level, float64, (frames,)."""
    return 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def stereo(*parts):
    sound = np.concatenate(parts)
    return np.stack([sound, sound], axis=1).astype(np.float32)


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("level_db", [-23.0, -33.0])
def test_cases_1_and_2_a_steady_sine(rate_hz, level_db):
    assert integrated_lufs(stereo(sine(level_db, 20, rate_hz)), rate_hz) == pytest.approx(level_db, abs=NEAR_LU)


def test_case_3_soft_parts_are_left_out():
    sound = stereo(sine(-36, 10), sine(-23, 60), sine(-36, 10))
    assert integrated_lufs(sound, RATE_HZ) == pytest.approx(-23.0, abs=NEAR_LU)


def test_case_4_silence_is_left_out_too():
    sound = stereo(sine(-72, 10), sine(-36, 10), sine(-23, 60), sine(-36, 10), sine(-72, 10))
    assert integrated_lufs(sound, RATE_HZ) == pytest.approx(-23.0, abs=NEAR_LU)


def test_case_5_parts_within_the_gate_all_count():
    sound = stereo(sine(-26, 20), sine(-20, 20.1), sine(-26, 20))
    assert integrated_lufs(sound, RATE_HZ) == pytest.approx(-23.0, abs=NEAR_LU)


def test_case_6_surround_channels_weigh_more():
    levels = (-28, -28, -24, -200, -30, -30)
    sound = np.stack([sine(level, 20) for level in levels], axis=1).astype(np.float32)
    assert integrated_lufs(sound, RATE_HZ) == pytest.approx(-23.0, abs=NEAR_LU)


def test_one_channel_is_3_lu_softer_than_the_same_in_two():
    both = stereo(sine(-20, 5))
    assert integrated_lufs(both, RATE_HZ) - integrated_lufs(both[:, 0], RATE_HZ) == pytest.approx(3.01, abs=0.01)


def test_the_ear_hears_bass_softer_and_treble_louder():
    middle, bass, treble = (integrated_lufs(stereo(sine(-20, 5, hz=hz)), RATE_HZ) for hz in (1000, 30, 8000))
    assert bass < middle - 3
    assert treble == pytest.approx(middle + 3.3, abs=0.4)


def test_blocks_of_any_size_give_the_same():
    sound = stereo(sine(-20, 3), sine(-26, 4))
    meter = LoudnessMeter(RATE_HZ, 2)
    for part in np.array_split(sound, 37):
        meter.add(part)
    assert meter.integrated_lufs() == pytest.approx(integrated_lufs(sound, RATE_HZ), abs=1e-3)


def test_silence_has_no_loudness_and_a_short_sound_has():
    assert integrated_lufs(np.zeros((RATE_HZ, 2), np.float32), RATE_HZ) == -np.inf
    assert integrated_lufs(np.zeros((0, 2), np.float32), RATE_HZ) == -np.inf
    assert integrated_lufs(stereo(sine(-23, 0.2)), RATE_HZ) == pytest.approx(-23.0, abs=1.0)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 96_000])
def test_true_peak_lies_between_the_samples(rate_hz):
    at = np.arange(rate_hz)
    swell = np.hanning(rate_hz)  # Tech 3341 fades its signals too: a sudden start overshoots by itself
    sound = (0.5 * np.sin(np.pi / 2 * at + np.pi / 4) * np.minimum(1, 4 * swell)).astype(np.float32)
    assert 20 * np.log10(np.abs(sound).max()) == pytest.approx(-9.03, abs=0.01)
    assert -6.42 < true_peak_dbtp(sound, rate_hz) < -5.82


def test_true_peak_of_silence():
    assert true_peak_dbtp(np.zeros((1000, 2), np.float32), RATE_HZ) == -np.inf
