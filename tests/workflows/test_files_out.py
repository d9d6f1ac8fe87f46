"""Vectors, instruments and pictures of files."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
import soundfile
from made_sounds import NETWORK, RATE_HZ, tone
from PIL import Image

from bgm_finder.jobs.job import Job
from bgm_finder.track import SoundAt
from bgm_finder.workflows.analyse import embed_file
from bgm_finder.workflows.classify_files import classify_files
from bgm_finder.workflows.draw_spectrograms import PictureOptions, draw_spectrograms
from bgm_finder.workflows.embed_files import embed_files, write_vectors

one_thread = partial(ThreadPoolExecutor, 1)


@pytest.fixture(scope="module")
def embedded(sounds):
    files = [sounds / name for name in ("雨.wav", "broken.mp3", "saw.ogg", "flute 1.wav")]
    return embed_files(Job(), files, one_thread, NETWORK)


def test_vectors_keep_the_order_and_leave_the_unreadable_out(embedded, sounds, embedder):
    assert [path.name for path in embedded.paths] == ["雨.wav", "saw.ogg", "flute 1.wav"]
    assert [error.path.name for error in embedded.unreadable] == ["broken.mp3"]
    assert embedded.vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(embedded.vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(embedded.vectors[1], embed_file(SoundAt(sounds / "saw.ogg"), embedder), atol=1e-6)


def test_npz_and_csv_hold_the_same(embedded, tmp_path):
    write_vectors(Job(), embedded, tmp_path / "out.npz")
    write_vectors(Job(), embedded, tmp_path / "out.csv")
    with np.load(tmp_path / "out.npz") as stored:
        ids, vectors = stored["ids"].tolist(), stored["vectors"]
    assert ids == ["雨", "saw", "flute 1"]
    header, *lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header.split(",")[:3] == ["id", "f0", "f1"]
    assert [line.split(",")[0] for line in lines] == ids
    np.testing.assert_array_equal(np.array([line.split(",")[1:] for line in lines], np.float32), vectors)


def test_pictures_of_names_that_a_disk_may_take_for_one_are_two(sounds, tmp_path):
    folders = [tmp_path / name for name in "abcd"]
    names = ["saw (2).wav", "saw.wav", "SAW.wav", "長" * 83 + "ab.wav"]
    files = [folder / name for folder, name in zip(folders, names, strict=True)]
    for path in files:
        path.parent.mkdir()
        soundfile.write(path, tone(440), RATE_HZ)
    drawn = draw_spectrograms(Job(), files, tmp_path / "out", one_thread)
    assert [target.name for _, target in drawn][:3] == ["saw (2).png", "saw.png", "SAW (3).png"]
    assert all(target.is_file() for _, target in drawn)


def test_instruments_sum_to_one(sounds):
    ((_, probabilities), (path, error)) = classify_files(
        Job(), [sounds / "saw.ogg", sounds / "empty.wav"], one_thread, NETWORK
    )
    assert set(probabilities) == {"acoustic_guitar", "electric_guitar", "piano", "synthesizer"}
    assert sum(probabilities.values()) == pytest.approx(1)
    assert (path.name, error.path) == ("empty.wav", path)


def test_pictures_have_the_asked_size_and_never_overwrite(sounds, tmp_path):
    twin = tmp_path / "saw.wav"
    soundfile.write(twin, tone(440), RATE_HZ)
    drawn = draw_spectrograms(
        Job(), [sounds / "saw.ogg", twin], tmp_path / "out", one_thread, PictureOptions((224, 200))
    )
    assert [target.name for _, target in drawn] == ["saw.png", "saw (2).png"]
    with Image.open(drawn[0][1]) as one, Image.open(drawn[1][1]) as other:
        assert one.size == other.size == (224, 200)
        assert one.tobytes() != other.tobytes()
