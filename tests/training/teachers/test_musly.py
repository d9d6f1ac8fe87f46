"""The third teacher hears timbre: what sounds alike lies equally far from everything, however loud it is."""

import json

import numpy as np
import pytest
import soundfile

from bgm_finder.training.teachers import musly

pytest.importorskip("pymusly")


def sound(seed, slope, seconds=6.0):
    """Noise whose spectrum falls by so many powers of the frequency."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.normal(size=round(seconds * musly.RATE_HZ)))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** slope
    samples = np.fft.irfft(spectrum)
    return (0.3 * samples / np.abs(samples).max()).astype(np.float32)


@pytest.fixture(scope="module")
def teacher(tmp_path_factory):
    bands = tmp_path_factory.mktemp("bands")
    with (bands / "labels.jsonl").open("w") as file:
        for number in range(40):
            soundfile.write(bands / f"{number:02d}.flac", sound(number, slope=number / 40), musly.RATE_HZ)
            file.write(json.dumps({"file": f"{number:02d}.flac", "main_instrument": "none", "fonts": []}) + "\n")
    return musly.Musly(bands)


def test_like_timbres_lie_equally_far_from_all_pieces(teacher):
    bright, again, dark = teacher.hear([sound(100, 0.2), sound(101, 0.2), sound(102, 0.8)])
    assert bright.shape == (40,)
    assert np.abs(bright - again).mean() < 0.3 * np.abs(bright - dark).mean()
    assert bright.argmin() < 20 <= dark.argmin()  # the nearest piece is one of its own kind


def test_a_softer_copy_is_heard_alike(teacher):
    full, soft = teacher.hear([sound(100, 0.4), 0.25 * sound(100, 0.4)])
    np.testing.assert_allclose(full, soft, atol=0.3)


def test_windows_do_not_change_what_is_compared_with(teacher):
    before = teacher.hear([sound(100, 0.4)])
    teacher.hear([sound(7, 0.9), sound(8, 0.1)])
    np.testing.assert_array_equal(teacher.hear([sound(100, 0.4)]), before)
