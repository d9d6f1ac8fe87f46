"""Silence is black in every picture, and quiet music still shows what it holds."""

import numpy as np
import pytest
from PIL import Image
from sound_files import RATE_HZ

from bgm_finder.audio.overview import overview
from bgm_finder.audio.picture import colour, preview, preview_from, shades
from bgm_finder.audio.png import save_png
from bgm_finder.audio.spectrogram import mel_picture

DITHER = (np.random.default_rng(1).triangular(-1, 0, 1, 4 * RATE_HZ) / 32768).astype(np.float32)
SILENCES = {
    "digital": np.zeros(4 * RATE_HZ, np.float32),
    "dither": DITHER,
    "at -90 dB": (np.random.default_rng(2).standard_normal(4 * RATE_HZ) * 10**-4.5).astype(np.float32),
}


def music(loudness_db):
    times = np.arange(4 * RATE_HZ) / RATE_HZ
    sound = sum(np.sin(2 * np.pi * hz * times) for hz in (220, 554, 1319)) * np.exp(-4 * (times % 0.5))
    return (sound / np.sqrt(np.mean(sound**2)) * 10 ** (loudness_db / 20)).astype(np.float32)


@pytest.mark.parametrize("name", SILENCES)
def test_silence_is_black_in_the_fine_and_the_stored_picture(name):
    picture = mel_picture(SILENCES[name], RATE_HZ)
    for shown in (picture, preview_from(preview(picture))):
        assert np.median(shades(shown)) < 25
        assert shades(shown).max() < 64
    assert np.abs(overview(SILENCES[name]).astype(int)).max() == 0


def test_a_png_of_silence_is_black(tmp_path):
    save_png(mel_picture(SILENCES["digital"], RATE_HZ), tmp_path / "silence.png")
    assert np.asarray(Image.open(tmp_path / "silence.png")).max() == 0


@pytest.mark.parametrize("loudness_db", [-60.0, -50.0])
def test_quiet_music_still_shows_its_tones(loudness_db):
    for picture in (
        mel_picture(music(loudness_db), RATE_HZ),
        preview_from(preview(mel_picture(music(loudness_db), RATE_HZ))),
    ):
        steps = shades(picture)
        tone_band = int(np.argmin(np.abs(picture.centres_hz - 554)))
        assert steps[tone_band - 1 : tone_band + 2].max() > 128
        assert np.median(steps) < 40


def test_music_of_any_usual_loudness_is_drawn_as_before():
    loud, soft = mel_picture(music(-15.0), RATE_HZ), mel_picture(music(-35.0), RATE_HZ)
    assert shades(loud).max() == shades(soft).max() == 255
    assert colour(loud).max() == 255
