"""The pictures follow the sound, not its level, and always have the shape that the network was built for."""

from dataclasses import replace

import numpy as np
import pytest

from bgm_finder import mel
from bgm_finder.similarity import patches, spectra


def tone(hz, seconds, rate_hz=22050, level=0.3):
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)


@pytest.mark.parametrize("input_spec", patches.INPUTS.values(), ids=lambda input_spec: input_spec.name)
@pytest.mark.parametrize("seconds", [0.0, 0.01, 3.0, 30.0])
def test_every_length_gives_the_networks_shape(input_spec, seconds):
    for picture, kind in zip(
        patches.pictures(tone(440, seconds, input_spec.rate_hz), input_spec), input_spec.pictures, strict=True
    ):
        assert picture.shape == kind.shape
        assert picture.dtype == np.float32
        assert picture.min() >= 0.0
        assert picture.max() <= 1.0


def test_twelve_db_less_gives_the_same_picture():
    loud = patches.pictures(tone(440, 6.4), patches.EAR)
    soft = patches.pictures(tone(440, 6.4) * np.float32(0.25), patches.EAR)
    for one, other in zip(loud, soft, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-3)


def test_silence_is_all_zeros():
    for picture in patches.pictures(np.zeros(141120, np.float32), patches.EAR):
        assert not picture.any()


def test_an_octave_moves_twelve_notes_up():
    _, low = patches.pictures(tone(220, 6.4), patches.EAR)
    _, high = patches.pictures(tone(440, 6.4), patches.EAR)
    assert low.mean(axis=1).argmax() == 24
    assert high.mean(axis=1).argmax() == 36


def test_stretching_keeps_the_mean():
    noise = np.random.default_rng(0).normal(0, 0.1, 24 * 8000).astype(np.float32)
    (kind,) = patches.ARTICLE_MEL.pictures

    def picture(size):
        (drawn,) = patches.pictures(noise, replace(patches.ARTICLE_MEL, pictures=(replace(kind, size=size),)))
        return drawn

    plain = picture(None)
    for columns in (224, 751, 1000):
        stretched = picture((128, columns))
        assert stretched.shape == (128, columns)
        np.testing.assert_allclose(stretched.mean(axis=1), plain.mean(axis=1), atol=1e-4 * np.abs(plain).max())


def test_windows_of_24_seconds_cover_them():
    starts = patches.window_starts(24.0, patches.EAR)
    assert len(starts) == patches.EAR.windows
    assert starts[0] == 0.0
    assert starts[-1] == pytest.approx(24.0 - 6.4)
    assert max(np.diff(starts)) <= 6.4


def test_windows_of_a_long_track_stand_in_the_middle_of_their_quarter():
    starts = np.array(patches.window_starts(180.0, patches.EAR))
    np.testing.assert_allclose(starts + 3.2, [22.5, 67.5, 112.5, 157.5])


@pytest.mark.parametrize("duration_s", [0.0, 1.0, 6.4])
def test_a_track_no_longer_than_a_window_gives_one(duration_s):
    assert patches.window_starts(duration_s, patches.EAR) == [0.0]


def test_the_articles_network_hears_the_beginning():
    assert patches.window_starts(300.0, patches.ARTICLE_MEL) == [0.0]


@pytest.mark.filterwarnings("error")
def test_spectra_by_torch_are_those_by_numpy():
    sound = np.random.default_rng(0).normal(size=70_001).astype(np.float32)
    sound.setflags(write=False)  # samples that lie in a file or in shared memory are
    for n_fft, hop_length in ((2048, 735), (8192, 5880), (1024, 256)):
        ours, plain = spectra.power_spectra(sound, n_fft, hop_length), mel.power_spectra(sound, n_fft, hop_length)
        assert ours.shape == plain.shape
        np.testing.assert_allclose(ours, plain, rtol=1e-3, atol=1e-6 * plain.max())


def test_pictures_are_the_same_by_either():
    sound = np.random.default_rng(1).normal(size=patches.EAR.window_frames).astype(np.float32)
    for ours, plain in zip(
        patches.pictures(sound, patches.EAR, spectra.power_spectra), patches.pictures(sound, patches.EAR), strict=True
    ):
        np.testing.assert_allclose(ours, plain, atol=1e-5)
