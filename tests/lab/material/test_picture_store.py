"""Stored tracks give the windows that the network would be shown, and are made once."""

import numpy as np
import pytest
import soundfile

from bgm_finder.similarity import patches
from lab.material import picture_store


@pytest.fixture
def melody(tmp_path):
    """Twenty seconds of notes, louder towards the end."""
    t = np.arange(20 * 22050) / 22050
    hz = 220 * 2 ** (np.floor(t * 2) % 12 / 12)
    samples = (t / 40) * np.sin(2 * np.pi * np.cumsum(hz) / 22050)
    path = tmp_path / "melody.wav"
    soundfile.write(path, samples.astype(np.float32), 22050, subtype="FLOAT")
    return path


def test_a_stored_window_is_what_the_network_is_shown(melody, tmp_path):
    stored = picture_store.load_or_make(melody, patches.EAR, tmp_path / "store")
    samples = picture_store.read_mono(melody, 22050)
    step = 24
    start = step * patches.EAR_NOTES.hop_length
    shown = patches.pictures(samples[start : start + patches.EAR.window_frames], patches.EAR)
    for kept, wanted in zip(stored.window(step), shown, strict=True):
        inner = slice(4, -4)  # at its edges a window cut from the whole track still hears its neighbours
        np.testing.assert_allclose(picture_store.as_units(kept)[:, inner], wanted[:, inner], atol=0.02)


def test_the_second_time_it_is_read_from_the_store(melody, tmp_path):
    first = picture_store.load_or_make(melody, patches.EAR, tmp_path / "store")
    melody.unlink()
    again = picture_store.load_or_make(melody, patches.EAR, tmp_path / "store")
    np.testing.assert_array_equal(first.pictures[0], again.pictures[0])


def test_a_track_shorter_than_a_window_is_repeated(tmp_path):
    path = tmp_path / "short.wav"
    soundfile.write(path, np.random.default_rng(0).normal(size=22050).astype(np.float32) * 0.1, 22050)
    stored = picture_store.load_or_make(path, patches.EAR, tmp_path / "store")
    assert stored.last_start() == 0
    assert [part.shape for part in stored.window(0)] == [(80, 192), (72, 24)]


def test_silence_stays_silence():
    assert not picture_store.as_units(np.zeros((2, 80, 192), np.uint8)).any()
