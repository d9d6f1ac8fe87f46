"""Where the borders between the words for closeness come from."""

import json
import shutil

import numpy as np
import pytest
import soundfile

from bgm_finder import paths
from bgm_finder.similarity.closeness import Borders, Compared, borders_file, read_borders
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.training import evaluate
from bgm_finder.training.metrics.closeness import LISTING, Kind, Recordings, borders_of, shares, spread, tells_apart

RATE_HZ = 22_050


@pytest.fixture
def recordings():
    """Two styles of two pieces, each played with two sets of sounds and mastered twice: 16, at random."""
    rng = np.random.default_rng(1)
    rows = [
        (style * 2 + piece, style, sounds) for style in (0, 1) for piece in (0, 1) for sounds in (0, 1) for _ in "12"
    ]
    pieces, styles, sounds = (np.array(column) for column in zip(*rows, strict=True))
    sections = rng.normal(size=(len(rows), 3, 8)).astype(np.float32)
    sections /= np.linalg.norm(sections, axis=2, keepdims=True)
    tracks = sections.mean(axis=1)
    tracks /= np.linalg.norm(tracks, axis=1, keepdims=True)
    return Recordings(tracks, sections[:, 1], list(sections), pieces, styles.astype(str), sounds)


def test_every_pair_is_of_one_kind(recordings):
    count = sum(recordings.are(kind).astype(int) for kind in Kind)
    assert np.array_equal(count, 1 - np.eye(16))
    sizes = {kind: int(recordings.are(kind).sum()) for kind in Kind}
    assert sizes == {
        Kind.OTHER_MASTER: 16, Kind.OTHER_SOUNDS: 32, Kind.STYLE_AND_SOUNDS: 32, Kind.STYLE: 32,
        Kind.SOUNDS: 64, Kind.UNRELATED: 64,
    }  # fmt: skip


def test_sections_count_by_the_best_of_each_track(recordings):
    scores = recordings.scores(Compared.SECTIONS)
    assert scores.shape == (16, 16)
    expected = max(float(recordings.queries[2] @ section) for section in recordings.sections[5])
    assert scores[2, 5] == pytest.approx(expected, abs=1e-6)
    assert np.diag(scores) == pytest.approx(1.0, abs=1e-5)


def test_each_kind_s_shares_of_the_words_sum_to_one(recordings):
    found = shares(spread(recordings, Compared.TRACKS), Borders(0.1, 0.2, 0.3))
    assert set(found) == set(Kind)
    for row in found.values():
        assert len(row) == 4 and sum(row) == pytest.approx(1.0, abs=1e-3)


def test_one_command_measures_the_borders_and_writes_them_beside_the_weights(tmp_path, capsys):
    weights = tmp_path / "own.safetensors"
    shutil.copy(paths.resource("weights/default.safetensors"), weights)
    seconds = np.arange(14 * RATE_HZ) / RATE_HZ
    rows = []
    for number, (piece, style, sounds) in enumerate(
        [(1, "a", 0), (1, "a", 0), (1, "a", 1), (2, "a", 0), (2, "a", 1), (3, "b", 0), (3, "b", 1)]
    ):
        hum = sum(np.sin(2 * np.pi * 110 * piece * (n + sounds) * seconds) / n for n in range(1, 5)) / 4
        noise = np.random.default_rng(number).normal(size=len(hum)) * 0.02
        soundfile.write(tmp_path / f"{number}.wav", hum + noise, RATE_HZ)
        rows.append(json.dumps({"file": f"{number}.wav", "piece": piece, "style": style, "sounds": sounds}))
    (tmp_path / LISTING).write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert evaluate.main(["--closeness", str(tmp_path), "--network", str(weights)]) == 0
    assert str(Kind.UNRELATED) in capsys.readouterr().out
    network = Embedder(weights)
    assert network.borders == read_borders(weights, network.name)
    stored = json.loads(borders_file(weights).read_text(encoding="utf-8"))
    assert stored["measured"]["recordings"] == 7
    assert (tmp_path / "own.closeness.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_without_recordings_is_refused(tmp_path, capsys):
    assert evaluate.main(["--closeness", str(tmp_path)]) == 1
    (tmp_path / LISTING).touch()
    assert evaluate.main(["--closeness", str(tmp_path)]) == 1
    assert "names no recording" in capsys.readouterr().err


def test_the_borders_are_what_one_piece_reaches_on_other_sounds(recordings):
    found = spread(recordings, Compared.TRACKS)
    found = {**found, Kind.OTHER_SOUNDS: np.linspace(0.0, 1.0, 101)}
    assert borders_of(found) == Borders(0.1, 0.25, 0.5)
    alike = borders_of({**found, Kind.OTHER_SOUNDS: np.full(9, -0.2)})
    assert 0 < alike.related < alike.close < alike.very_close  # also for a network that tells nothing apart


def test_a_network_to_which_everything_is_close_is_to_have_no_words():
    found = {kind: np.full(9, 0.97) for kind in Kind}
    assert not tells_apart(found, borders_of(found))
    found[Kind.UNRELATED] = np.array([0.2, 0.3, 0.4, 0.98])
    assert tells_apart(found, borders_of(found))
