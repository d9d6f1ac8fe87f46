"""The drawings of one file, as they are computed."""

import numpy as np
import pytest
import soundfile
from made_sounds import RATE_HZ, noise

from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.track import SoundAt
from bgm_finder.workflows.picture import draw

SECONDS = 60


@pytest.fixture(scope="module")
def long_sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "long.wav"
    soundfile.write(path, noise(1, SECONDS), RATE_HZ)
    return path


def test_a_drawing_grows_to_the_whole(long_sound):
    parts = []
    whole = draw(Job(), SoundAt(long_sound), parts.append)
    assert whole is parts[-1] and whole.is_whole
    assert not parts[0].is_whole
    first = parts[0].picture.db
    np.testing.assert_allclose(whole.picture.db[:, : first.shape[1]], first)


def test_the_first_part_of_a_drawing_comes_after_a_few_seconds_of_sound(long_sound):
    parts = []
    draw(Job(), SoundAt(long_sound), parts.append)
    drawn_s = parts[0].picture.db.shape[1] * parts[0].picture.hop_s
    assert 0 < drawn_s < SECONDS / 10


def test_a_drawing_that_is_wanted_no_more_ends(long_sound):
    job, parts = Job(), []

    def on_part(drawing):
        parts.append(drawing)
        job.cancel()

    with pytest.raises(Cancelled):
        draw(job, SoundAt(long_sound), on_part)
    assert not parts[-1].is_whole
