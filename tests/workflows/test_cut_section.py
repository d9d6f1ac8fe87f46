"""A stretch of a track as a file of its own."""

import numpy as np
import pytest
import soundfile

from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Unreadable
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.cut_section import cut_section


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "曲 a:b.wav"
    samples = np.random.default_rng(0).uniform(-0.5, 0.5, (48_000 * 3, 2))
    soundfile.write(path, samples, 48_000, subtype="PCM_16")
    return path


def test_the_section_has_exactly_its_samples_at_the_same_rate(source, tmp_path):
    file = cut_section(Job(), SoundAt(source), Section(0.5, 2.25), tmp_path / "cut")
    cut, rate_hz = soundfile.read(file)
    whole, _ = soundfile.read(source)
    assert rate_hz == 48_000
    assert np.abs(cut - whole[24_000:108_000]).max() < 1e-6


def test_the_same_section_is_cut_once_and_another_gets_another_name(source, tmp_path, questions):
    first = cut_section(Job(), SoundAt(source), Section(0.5, 1.0), tmp_path)
    assert len(questions()) == 1
    written = first.stat().st_mtime_ns
    assert cut_section(Job(), SoundAt(source), Section(0.5, 1.0), tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert cut_section(Job(), SoundAt(source), Section(0.5, 1.001), tmp_path) != first


def test_a_vanished_source_is_named_and_nothing_is_left(tmp_path):
    (tmp_path / "gone.wav").touch()
    with pytest.raises(Unreadable):
        cut_section(Job(), SoundAt(tmp_path / "gone.wav"), Section(0.0, 1.0), tmp_path / "cut")
    assert not list((tmp_path / "cut").glob("*")) if (tmp_path / "cut").exists() else True
