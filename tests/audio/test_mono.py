"""One channel for analysis and pictures: the plain mean, unless that would lose what the channels hold."""

import numpy as np
import pytest
import soundfile

from bgm_finder import paths
from bgm_finder.audio.decode import SoundReader, decode, decode_blocks, decode_windows
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.overview import overview
from bgm_finder.audio.spectrogram import mel_picture

RATE_HZ = 44_100


def music(seconds=6.0):
    """Noise, a chord and a beat, as loud in all channels."""
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    chord = sum(0.1 * np.sin(2 * np.pi * hz * times) for hz in (110.0, 277.2, 659.3))
    noise = np.random.default_rng(3).standard_normal(len(times)) * np.exp(-8 * (times % 0.5)) * 0.1
    return (chord + noise).astype(np.float32)


def with_phase(samples, turn):
    """Every frequency multiplied by turn(hz), a complex number."""
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return np.fft.irfft(np.fft.rfft(samples) * turn(hz), len(samples)).astype(np.float32)


def db_apart(one, other):
    """How much louder the one is than the other in each band, as the picture shows them, medians over time."""
    return np.median(mel_picture(one, RATE_HZ).db - mel_picture(other, RATE_HZ).db, axis=1)


def test_opposite_channels_give_what_each_of_them_holds():
    sound = music()
    np.testing.assert_allclose(to_mono(np.stack([sound, -sound], axis=1)), sound, atol=1e-5)


@pytest.mark.parametrize("frames", [1, 300, 5000, RATE_HZ])
def test_short_opposite_sounds_do_not_cancel_either(frames):
    sound = music()[1000 : 1000 + frames]
    assert np.abs(to_mono(np.stack([sound, -sound], axis=1))).max() > 0.5 * np.abs(sound).max()


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(lambda hz: np.where((hz > 900) & (hz < 4000), -1.0, 1.0), id="one band opposite"),
        pytest.param(lambda hz: np.where(hz < 200, -1.0, 1.0), id="the bass opposite"),
        pytest.param(lambda hz: np.where(hz > 6000, -1.0, 1.0), id="the treble opposite"),
        pytest.param(lambda hz: np.full(len(hz), -0.8), id="opposite and softer"),
        pytest.param(lambda hz: np.full(len(hz), 1j), id="a quarter turn"),
        pytest.param(lambda hz: np.full(len(hz), np.exp(2.8j)), id="nearly half a turn"),
        pytest.param(lambda hz: np.exp(-2j * np.pi * hz * 0.0005), id="late by half a millisecond"),
    ],
)
def test_no_part_of_the_spectrum_is_lost(turn):
    sound = music()
    folded = to_mono(np.stack([sound, with_phase(sound, turn)], axis=1))
    assert db_apart(folded, sound).min() > -13.0


def test_surround_with_opposite_back_channels_keeps_them():
    sound, silence = music(), np.zeros(RATE_HZ * 6, np.float32)
    channels = np.stack([silence, silence, silence, silence, sound, -sound], axis=1)
    np.testing.assert_allclose(to_mono(channels), sound / 3, atol=1e-5)


def test_ordinary_stereo_is_the_plain_mean_to_the_last_bit():
    path = next(iter(sorted(paths.resource("demo").glob("*.ogg"))))
    samples = decode(path).samples
    assert np.abs(samples[:, 0] - samples[:, 1]).max() > 0.05
    np.testing.assert_array_equal(to_mono(samples), samples @ np.array([0.5, 0.5], np.float32))


def test_unrelated_channels_are_the_plain_mean():
    samples = np.random.default_rng(1).standard_normal((20 * RATE_HZ, 2)).astype(np.float32)
    np.testing.assert_array_equal(to_mono(samples), samples @ np.array([0.5, 0.5], np.float32))


def test_blocks_and_a_change_within_them_do_not_click(tmp_path):
    """In the middle of a tone the channels turn opposite: the sum goes on as the tone does."""
    times = np.arange(24 * RATE_HZ) / RATE_HZ
    tone = (0.5 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    other = np.where(times < 9, tone, -tone)
    soundfile.write(tmp_path / "turns.wav", np.stack([tone, other], axis=1), RATE_HZ, subtype="FLOAT")
    with SoundReader(tmp_path / "turns.wav") as reader:
        folded = np.concatenate(list(decode_blocks(reader, mono=True)))
    steepest = float(np.abs(np.diff(tone)).max())
    away = np.abs(times[1:] - 9) > 3  # the stretch in which the channels change is a mixture
    assert np.abs(np.diff(folded))[away].max() < 1.1 * steepest
    assert np.abs(folded[: 6 * RATE_HZ] - tone[: 6 * RATE_HZ]).max() < 1e-3
    assert np.abs(folded[12 * RATE_HZ :] - tone[12 * RATE_HZ :]).max() < 1e-3


def test_wave_and_windows_of_opposite_channels_are_those_of_one(tmp_path):
    sound = music(8.0)
    soundfile.write(tmp_path / "opposite.wav", np.stack([sound, -sound], axis=1), RATE_HZ, subtype="FLOAT")
    assert np.abs(overview(decode(tmp_path / "opposite.wav", mono=True).samples).astype(int)).max() > 20
    (window,) = decode_windows(tmp_path / "opposite.wav", [1.0], 2.0, RATE_HZ)
    np.testing.assert_allclose(window, sound[RATE_HZ : 3 * RATE_HZ], atol=1e-5)
