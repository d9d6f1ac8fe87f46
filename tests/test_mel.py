"""Our mel spectrogram is librosa's, so that its documentation and other people's figures hold here too."""

import librosa
import numpy as np
import pytest

from bgm_finder.mel import band_centres_hz, hz_to_mel, mel_filters, mel_power, mel_to_hz, power_to_db

NEAR_DB = 0.01
SETTINGS = {
    "network": (16_000, 512, 160, 64, 0.0, None),
    "article": (8_000, 1024, 256, 224, 0.0, None),
    "picture": (44_100, 2048, 512, 128, 30.0, 16_000.0),
    "picture of a coarse file": (22_050, 1024, 512, 128, 30.0, 11_025.0),
    "odd hop": (11_025, 1024, 333, 40, 100.0, 5_000.0),
}


def music(rate_hz, seconds=2.0):
    """Return tones, noise and silence, float32, (n,)."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    tones = sum(np.sin(2 * np.pi * hz * at) / hz for hz in (110.0, 440.0, 1320.0)) * 40
    noise = np.random.default_rng(1).normal(0, 0.05, len(at)) * (at > 1.0)
    return ((tones * (at < 1.5) + noise) * 0.5).astype(np.float32)


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("centred", [True, False])
def test_mel_spectrogram_equals_librosas(name, centred):
    rate_hz, n_fft, hop, bands, low_hz, high_hz = SETTINGS[name]
    samples = music(rate_hz)
    ours = power_to_db(mel_power(samples, rate_hz, n_fft, hop, bands, low_hz, high_hz, centred))
    theirs = librosa.power_to_db(
        librosa.feature.melspectrogram(
            y=samples,
            sr=rate_hz,
            n_fft=n_fft,
            hop_length=hop,
            n_mels=bands,
            fmin=low_hz,
            fmax=high_hz,
            center=centred,
        )
    )
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() < NEAR_DB


@pytest.mark.parametrize("reference", [1.0, 1e-3, 250.0])
@pytest.mark.parametrize("range_db", [80.0, 40.0, None])
def test_decibels_equal_librosas(reference, range_db):
    power = np.random.default_rng(2).lognormal(-8, 6, (20, 30)).astype(np.float32)
    ours = power_to_db(power, reference, range_db=range_db)
    assert np.abs(ours - librosa.power_to_db(power, ref=reference, top_db=range_db)).max() < NEAR_DB


def test_filters_equal_librosas():
    ours = mel_filters(44_100, 2048, 128, 30.0, 16_000.0)
    theirs = librosa.filters.mel(sr=44_100, n_fft=2048, n_mels=128, fmin=30.0, fmax=16_000.0)
    np.testing.assert_allclose(ours, theirs, atol=1e-8)


def test_mel_scale_equals_librosas_and_turns_back():
    hz = np.array([0.0, 30.0, 999.0, 1000.0, 4000.0, 16_000.0])
    np.testing.assert_allclose(hz_to_mel(hz), librosa.hz_to_mel(hz))
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz, atol=1e-9)
    np.testing.assert_allclose(band_centres_hz(10, 30.0, 8000.0), librosa.mel_frequencies(12, fmin=30.0, fmax=8000.0))


def test_silence_and_sounds_shorter_than_a_window_give_numbers():
    assert power_to_db(mel_power(np.zeros(4000, np.float32), 8000, 1024, 256, 64)).max() == pytest.approx(-100.0)
    assert mel_power(np.ones(10, np.float32), 8000, 1024, 256, 64).shape == (64, 1)
    assert mel_power(np.ones(10, np.float32), 8000, 1024, 256, 64, centred=False).shape == (64, 0)
    assert power_to_db(np.zeros((64, 0), np.float32)).shape == (64, 0)
