"""What the fuzz run found, once and for all: by seed and number where it can be made again, else each by its cause."""

from functools import partial

import numpy as np
import pytest
import soundfile

from bgm_finder import paths
from bgm_finder.audio.decode import SoundReader, probe
from bgm_finder.jobs.each_file import each_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.reasons import Unreadable
from tests.reliability import damage, real_sounds
from tests.reliability.fuzz_files import analyse_and_use

FOUND = (  # seed, number
    (1, 221),  # bare aac that is cut off while its packets are counted
    (1, 258),  # tags that are no UTF-8, in a mov
    (1, 831),  # and in an mp4
    (1, 87),  # samples so loud that their squares are no numbers
    (1, 987),
    (1, 251),  # a stream that begins on the way
    (1, 2059),  # a pulse whose autocorrelation has its top elsewhere
    (2, 8560),  # aac that goes on with 61 channels
    (2, 14327),  # aac of ten channels
)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    return real_sounds.make_all(tmp_path_factory.mktemp("real"), sorted(paths.resource("demo").glob("*.ogg")))


def test_found_files_are_read_or_refused(sounds, tmp_path):
    """In worker processes, since a decoder may end its own; a mistake of ours fails the test."""
    files = []
    for seed, number in FOUND:
        name, held = damage.damaged(seed, number, sounds)
        (tmp_path / name).write_bytes(held)
        files.append((number, tmp_path / name))
    found = {key: result for key, _, result in each_file(Job(), partial(make_executor, 1), analyse_and_use, files)}
    assert sorted(found) == sorted(number for _, number in FOUND)
    assert [key for key, result in found.items() if isinstance(result, Unreadable)] == []


def test_samples_louder_than_any_sound_are_cut(tmp_path):
    samples = np.full(1000, 0.25, np.float32)
    samples[3], samples[4], samples[5], samples[6] = 1e38, -1e38, np.nan, np.inf
    soundfile.write(tmp_path / "a.wav", samples, 8000, subtype="FLOAT")
    with SoundReader(tmp_path / "a.wav") as reader:
        heard = reader.read(1000)[:, 0].tolist()
    assert heard[2:8] == [0.25, 100.0, -100.0, 0.0, 0.0, 0.25]


def test_tags_in_an_old_encoding_do_not_hide_the_sound(sounds, tmp_path):
    film = next(path for path in sounds if path.name == "film.mp4").read_bytes()
    assert "雨".encode() in film
    spoiled = tmp_path / "a.mp4"
    spoiled.write_bytes(film.replace("雨".encode(), b"\x89J\xff"))
    assert probe(spoiled).codec == "aac"
