"""Levels for comparing."""

import tracemalloc

import numpy as np
import pytest
import soundfile
from made_sounds import RATE_HZ, noise

from bgm_finder.audio.decode import decode
from bgm_finder.audio.loudness import integrated_lufs
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.track import SoundAt
from bgm_finder.workflows.loudness_of import loudness_of


def test_silence_has_no_level_and_what_is_no_sound_is_left_out(sounds, tmp_path):
    soundfile.write(tmp_path / "silent.wav", np.zeros(RATE_HZ, np.float32), RATE_HZ)
    found = loudness_of(
        Job(), [SoundAt(path) for path in (sounds / "wind.wav", tmp_path / "silent.wav", sounds / "broken.mp3")]
    )
    whole = decode(sounds / "wind.wav")
    expected = pytest.approx(integrated_lufs(whole.samples, whole.rate_hz), abs=0.01)
    assert found == {sounds / "wind.wav": expected, tmp_path / "silent.wav": None}


def test_a_long_file_takes_no_more_memory_than_its_blocks(tmp_path):
    soundfile.write(tmp_path / "long.wav", np.tile(noise(1), 60), RATE_HZ)  # 300 s: 26 MB decoded
    tracemalloc.start()
    loudness_of(Job(), [SoundAt(tmp_path / "long.wav")])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


def test_measuring_stops_within_a_file(tmp_path):
    soundfile.write(tmp_path / "long.wav", np.tile(noise(1), 20), RATE_HZ)

    class Stopped(Job):
        checks = 0

        def check(self):
            self.checks += 1
            if self.checks == 3:
                self.cancel()
            super().check()

    with pytest.raises(Cancelled):
        loudness_of(Stopped(), [SoundAt(tmp_path / "long.wav")])
