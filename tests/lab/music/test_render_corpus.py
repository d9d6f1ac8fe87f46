"""The labelled corpus: complete labels, resumed without repeating anything."""

import json

import numpy as np
import pytest
import soundfile

from bgm_finder.training import rendered
from lab.music.compose_piece import INSTRUMENTS, MAIN_INSTRUMENTS
from lab.music.corpus import LABELS, NONE, RATE_HZ, build_corpus, render_company, render_labelled

_SECONDS = 1 / 3600


def _labels(folder):
    return [json.loads(line) for line in (folder / LABELS).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    list(build_corpus(folder, 60 * _SECONDS, seed=1, jobs=1, fonts=[]))
    return folder


def test_every_piece_has_sound_and_labels(corpus):
    labels = _labels(corpus)
    assert {row["file"] for row in labels} == {path.name for path in corpus.glob("*.flac")}
    for row in labels:
        samples, rate_hz = soundfile.read(corpus / row["file"], dtype="float32")
        assert rate_hz == RATE_HZ and samples.ndim == 1
        assert 4 < len(samples) / RATE_HZ <= 30
        assert 0.01 < np.sqrt((samples**2).mean()) < 0.5


def test_labels_say_what_is_heard(corpus):
    for row in _labels(corpus):
        assert row["main_instrument"] in MAIN_INSTRUMENTS
        assert set(row["instruments"]) <= set(INSTRUMENTS)
        assert sum(row["instruments"].values()) == pytest.approx(1, abs=0.01)
        assert row["instruments"][row["main_instrument"]] > 0
        assert set(row["main_fonts"]) <= set(row["fonts"])
        assert {"genre", "mood", "tempo_bpm", "key", "density", "drums", "seed"} <= set(row)


def test_a_second_run_repeats_nothing(corpus):
    before = {path.name: path.stat().st_mtime_ns for path in corpus.glob("*.flac")}
    held = len(_labels(corpus))
    list(build_corpus(corpus, 60 * _SECONDS, seed=1, jobs=1, fonts=[]))
    assert len(_labels(corpus)) == held
    list(build_corpus(corpus, 200 * _SECONDS, seed=1, jobs=1, fonts=[]))
    after = {path.name: path.stat().st_mtime_ns for path in corpus.glob("*.flac")}
    assert before.items() <= after.items() and len(after) > len(before)
    assert len({row["seed"] for row in _labels(corpus)}) == len(_labels(corpus)) == len(after)


def test_same_seed_sounds_the_same():
    first, labels = render_labelled(11, [])
    again, labels_again = render_labelled(11, [])
    assert np.array_equal(first, again)
    assert labels == labels_again


def test_company_plays_without_any_main_instrument():
    samples, labels = render_company(2, [])
    assert labels["main_instrument"] == NONE and not labels["main_fonts"]
    assert labels["instruments"] and not set(labels["instruments"]) & set(MAIN_INSTRUMENTS)
    assert np.abs(samples).max() > 0.01


def test_company_is_read_apart_from_pieces(tmp_path):
    list(build_corpus(tmp_path, _SECONDS, 2, 1, [], is_company=True))
    assert not rendered.read_corpus(tmp_path)
    assert rendered.read_company(tmp_path)[0] == tmp_path / "000002.flac"
