"""The mel picture: axes, growing, stored small, and as PNG."""

import librosa
import numpy as np
import pytest
import sound_files
from PIL import Image

from bgm_finder.audio.picture import MelPicture, narrow
from bgm_finder.audio.png import save_png
from bgm_finder.audio.spectrogram import (
    COLOUR_MAP,
    MelPictureMaker,
    colour,
    mel_picture,
    mel_picture_blocks,
    overview,
    overview_bytes,
    overview_from,
    preview,
    preview_from,
    shades,
)
from bgm_finder.reasons import Unreadable

RATE_HZ = 44_100


def tone(hz, seconds=3.0, loudness=1.0, rate_hz=RATE_HZ):
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return (loudness * np.sin(2 * np.pi * hz * at)).astype(np.float32)


def noise(seconds, rate_hz=RATE_HZ):
    return np.random.default_rng(3).normal(0, 0.1, round(seconds * rate_hz)).astype(np.float32)


@pytest.mark.parametrize("hz", [100.0, 440.0, 3000.0, 12_000.0])
def test_a_tone_is_brightest_at_its_pitch(hz):
    picture = mel_picture(tone(hz), RATE_HZ)
    loudest = picture.db[:, picture.db.shape[1] // 2].argmax()
    spacing_hz = np.diff(picture.centres_hz)[min(loudest, 126)]
    assert picture.centres_hz[loudest] == pytest.approx(hz, abs=spacing_hz)


def test_a_beat_is_brightest_at_its_time():
    samples = np.zeros(4 * RATE_HZ, np.float32)
    samples[3 * RATE_HZ] = 1.0
    picture = mel_picture(samples, RATE_HZ)
    assert picture.db.max(axis=0).argmax() * picture.hop_s == pytest.approx(3.0, abs=0.03)


def test_full_scale_is_about_zero_decibels():
    assert -3.0 < mel_picture(tone(200.0), RATE_HZ).top_db < 0.5
    softer = mel_picture(tone(200.0, loudness=0.1), RATE_HZ).top_db
    assert mel_picture(tone(200.0), RATE_HZ).top_db - softer == pytest.approx(20.0, abs=0.01)


@pytest.mark.slow  # librosa takes seconds to load
def test_the_picture_equals_librosas():
    samples = noise(30.0)
    picture = mel_picture(samples, RATE_HZ)
    hop = round(picture.hop_s * RATE_HZ)
    theirs = librosa.feature.melspectrogram(
        y=samples, sr=RATE_HZ, n_fft=2048, hop_length=hop, n_mels=128, fmin=30.0, fmax=16_000.0
    )
    differences = picture.db - librosa.power_to_db(theirs, top_db=None)
    assert np.ptp(differences) < 0.01


@pytest.mark.parametrize(("seconds", "rate_hz"), [(0.01, 44_100), (1.0, 8_000), (40.0, 44_100), (180.0, 44_100)])
def test_columns_are_fine_but_not_too_many(seconds, rate_hz):
    picture = mel_picture(noise(seconds, rate_hz), rate_hz)
    bands, columns = picture.db.shape
    assert bands == 128
    assert columns <= 4200
    if seconds > 30:
        assert columns >= 2000
    assert columns * picture.hop_s == pytest.approx(seconds, abs=2 * picture.hop_s)
    assert picture.duration_s == pytest.approx(seconds, abs=1e-3)
    assert picture.high_hz <= rate_hz / 2
    assert np.isfinite(picture.db).all()


@pytest.mark.parametrize("seconds", [7.0, 200.0])
def test_the_picture_does_not_depend_on_the_cuts(seconds):
    samples = noise(seconds, 8_000)
    maker = MelPictureMaker(len(samples), 8_000)
    cuts = np.sort(np.random.default_rng(4).integers(0, len(samples), 30))
    for part in np.split(samples, cuts):
        maker.add(part)
    np.testing.assert_allclose(maker.finish().db, mel_picture(samples, 8_000).db, atol=1e-3)


@pytest.mark.parametrize("seconds", [0.05, 7.0, 200.0])
def test_the_small_picture_does_not_depend_on_the_cuts_either(seconds):
    samples = noise(seconds, 8_000)
    whole, cut = (MelPictureMaker(len(samples), 8_000, is_small=True) for _ in range(2))
    whole.add(samples)
    for part in np.split(samples, np.sort(np.random.default_rng(4).integers(0, len(samples), 300))):
        cut.add(part)
    np.testing.assert_allclose(cut.finish().db, whole.finish().db, atol=1e-3)


def test_the_small_picture_gives_nearly_the_same_preview():
    rate_hz = 22_050
    swell = np.linspace(0.0, 1.0, 150 * rate_hz, dtype=np.float32)
    samples = swell * noise(150.0, rate_hz) + tone(880.0, 150.0, 0.3, rate_hz)
    maker = MelPictureMaker(len(samples), rate_hz, is_small=True)
    maker.add(samples)
    small, whole = preview_from(preview(maker.finish())), preview_from(preview(mel_picture(samples, rate_hz)))
    assert small.db.shape == whole.db.shape
    assert np.abs(small.db - whole.db).mean() < 2.0
    assert small.hop_s == pytest.approx(whole.hop_s, rel=0.02)


def test_the_picture_of_a_file_grows(tmp_path):
    path = sound_files.write(tmp_path / "float.wav", sound_files.sweep(25.0))
    pictures = list(mel_picture_blocks(path, lambda: False))
    columns = [picture.db.shape[1] for picture in pictures]
    assert len(columns) == 3
    assert columns == sorted(columns)
    assert {picture.duration_s for picture in pictures} == {25.0}
    np.testing.assert_array_equal(pictures[0].db, pictures[-1].db[:, : columns[0]])


def test_a_growing_picture_stops_when_told(tmp_path):
    path = sound_files.write(tmp_path / "float.wav", sound_files.sweep(25.0))
    seen = []
    for picture in mel_picture_blocks(path, lambda: bool(seen)):
        seen.append(picture)
    assert len(seen) == 1
    with pytest.raises(Unreadable):
        next(mel_picture_blocks(tmp_path / "gone.wav", lambda: False))


@pytest.mark.parametrize("samples", [noise(30.0), tone(440.0, 20.0), np.zeros(RATE_HZ, np.float32), noise(0.02)])
def test_a_preview_is_small_and_alike(samples):
    picture = mel_picture(samples, RATE_HZ)
    stored = preview(picture)
    small = preview_from(stored)
    assert len(stored) <= 7000
    assert small.duration_s == pytest.approx(picture.duration_s)
    assert (small.low_hz, small.high_hz) == (picture.low_hz, picture.high_hz)
    assert small.hop_s * small.db.shape[1] == pytest.approx(picture.hop_s * picture.db.shape[1])
    loudest = np.argmax(picture.db.mean(axis=1)) / len(picture.db)
    assert np.argmax(small.db.mean(axis=1)) / len(small.db) == pytest.approx(loudest, abs=0.1)
    assert abs(small.db.mean() - np.maximum(picture.db, small.top_db - 80).mean()) < 5.0


@pytest.mark.parametrize("damaged", [b"", b"\x01" * 40, b"\x07" + preview(mel_picture(noise(1.0), RATE_HZ))[1:]])
def test_a_damaged_preview_is_refused(damaged):
    with pytest.raises(ValueError, match="preview"):
        preview_from(damaged)


def test_the_colour_map_grows_evenly_brighter():
    lightness = COLOUR_MAP @ [0.299, 0.587, 0.114]
    assert COLOUR_MAP.shape == (256, 3)
    assert (np.diff(lightness) > -1.0).all()
    assert lightness[0] == 0
    assert lightness[-1] > 250
    assert np.abs(lightness - np.linspace(0, 255, 256)).max() < 16


def test_louder_is_brighter():
    picture = mel_picture(tone(1000.0), RATE_HZ)
    steps = shades(picture)
    assert steps.max() == 255
    assert steps.min() == 0
    assert colour(picture).shape == (*picture.db.shape, 3)
    assert shades(picture, top_db=picture.top_db + 40.0).max() == pytest.approx(128, abs=1)


def test_a_narrow_picture_lasts_as_long_and_means_the_same():
    picture = MelPicture(np.random.default_rng(3).normal(-40, 9, (128, 3000)).astype(np.float32), 0.01, 20, 11000, 30)
    small = narrow(picture, 700)
    assert small.db.shape == (128, 700)
    assert small.hop_s * 700 == pytest.approx(30)
    assert small.db.mean() == pytest.approx(picture.db.mean(), abs=0.1)
    assert narrow(small, 1000).db is small.db


def test_png_is_upright_and_of_the_size_asked_for(tmp_path):
    picture = mel_picture(tone(10_000.0), RATE_HZ)
    save_png(picture, tmp_path / "a.png", size=(224, 224))
    with Image.open(tmp_path / "a.png") as image:
        pixels = np.asarray(image.convert("L"))
    assert pixels.shape == (224, 224)
    assert pixels.mean(axis=1).argmax() < 60, "high pitches belong on top"


def test_png_with_axes_has_room_for_them(tmp_path):
    picture = mel_picture(noise(5.0), RATE_HZ)
    save_png(picture, tmp_path / "bare.png")
    save_png(picture, tmp_path / "axes.png", size=(600, 200), axes=True)
    with Image.open(tmp_path / "bare.png") as image:
        assert image.size == picture.db.shape[::-1]
    with Image.open(tmp_path / "axes.png") as image:
        assert image.width > 700
        assert image.height > 240
        margin = np.asarray(image.convert("L"))[:, :60]
    assert margin.min() < 100, "the frequency axis has no labels"


def test_the_overview_holds_the_extremes():
    samples = np.zeros(40_000, np.float32)
    samples[20_050] = 0.5
    samples[20_060] = -1.0
    shape = overview(samples)
    assert shape.shape == (400, 2)
    assert shape[200].tolist() == [-127, 64]
    assert np.count_nonzero(shape) == 2
    stored = overview_bytes(shape)
    assert len(stored) <= 1024
    np.testing.assert_array_equal(overview_from(stored), shape)
    assert overview(np.zeros(0, np.float32)).shape == (400, 2)
