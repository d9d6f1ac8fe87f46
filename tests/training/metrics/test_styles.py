"""The exam's figures are those of the definitions: 1 for vectors that tell styles, chance for noise."""

import json

import numpy as np
import pytest
import soundfile

from bgm_finder.training import evaluate
from bgm_finder.training.metrics import styles

STYLES = np.repeat(["swing", "waltz", "house", "drone"], 12)
SOUNDS = np.tile(["one", "two", "three"], 16)


def exam(scores=0):
    """Twelve pieces of each of four styles, and scores with a base and two changes each, half of all held out."""
    changes = ["base", "key", "groove"]
    return styles.Exam(
        np.array([f"piece{n}" for n in range(48 + 3 * scores)]),
        np.concatenate([STYLES, np.repeat(STYLES[:: 48 // scores][:scores] if scores else STYLES[:0], 3)]),
        np.concatenate([SOUNDS, np.repeat("one", 3 * scores)]),
        np.concatenate([np.repeat([True, False], 24), np.repeat([True, False], [3 * scores // 2] * 2)]),
        np.concatenate([np.full(48, -1), np.repeat(np.arange(scores), 3)]),
        np.concatenate([np.full(48, ""), np.tile(changes, scores)]),
    )


def directions(noise, seed=0):
    rng = np.random.default_rng(seed)
    _, style = np.unique(STYLES, return_inverse=True)
    return np.eye(32)[style] + noise * rng.normal(size=(48, 32))


def test_vectors_that_tell_styles_reach_one_and_noise_finds_by_chance():
    every = np.ones(48, bool)
    assert styles.style_precision(exam(), directions(0.01), every).mean() == 1
    assert 0.1 < styles.style_precision(exam(), directions(1000.0), every).mean() < 0.4


def test_a_piece_on_the_same_sounds_is_no_answer():
    """Vectors that tell the sounds before the style must not find anything by them."""
    _, sound = np.unique(SOUNDS, return_inverse=True)
    vectors = directions(0.01) + 5 * np.eye(32)[10 + sound]
    assert styles.style_precision(exam(), vectors, np.ones(48, bool)).mean() == 1


def test_only_pieces_asked_for_are_rivals():
    vectors = directions(0.01)
    vectors[24:] = vectors[:24]  # the learned half sounds just like the held out one
    assert styles.style_precision(exam(), vectors, exam().is_held_out).mean() == 1
    assert styles.style_precision(exam(), vectors, np.ones(48, bool)).mean() < 1


def test_shares_are_parts_of_the_distance_to_another_style():
    """The key turns a score by 30 degrees, the groove by 60, other styles lie at right angles."""
    turned = [np.radians(angle) for angle in (0, 30, 60)]
    _, style = np.unique(exam(scores=4).styles[48::3], return_inverse=True)
    scores = [np.cos(a) * np.eye(9)[s] + np.sin(a) * np.eye(9)[8] for s in style for a in turned]
    found = styles.shares(exam(scores=4), np.concatenate([np.ones((48, 9)), scores]))
    assert list(found) == ["key", "groove"]
    assert found["key"].value == pytest.approx(1 - np.cos(turned[1]))
    assert found["groove"].value == pytest.approx(1 - np.cos(turned[2]))


@pytest.fixture
def folder(tmp_path):
    """An exam of short tones: two styles are two pitches."""
    (tmp_path / "styles").mkdir()
    rows = []
    for number in range(12):
        hz = (220, 1500)[number % 2]
        time_s = np.arange(22_050) / 22_050
        soundfile.write(tmp_path / "styles" / f"s{number}.flac", 0.3 * np.sin(2 * np.pi * hz * time_s), 22_050)
        sounds = ("one", "two")[number // 2 % 2]
        row = {"file": f"s{number}.flac", "style": f"style{number % 2}", "sounds": sounds, "held_out": number < 8}
        rows.append(json.dumps(row) + "\n")
    (tmp_path / "styles" / "labels.jsonl").write_text("".join(rows))
    return tmp_path


def test_the_command_compares_the_network_with_peers(folder, capsys):
    peer = folder / "noise.npz"
    np.savez(peer, ids=[f"s{n}" for n in range(12)], vectors=np.random.default_rng(0).normal(size=(12, 8)))
    assert evaluate.main(["--styles", str(folder), "--vectors", str(peer), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    ours = next(name for name in said if name.startswith("all: style P@4") and "noise" not in name)
    value, low, high = said[ours]
    assert 0 <= low <= value <= high <= 1
    assert said["all: gain over noise"][0] == pytest.approx(value - said["all: style P@4, noise"][0])
    assert {"held out: gain over noise", "all: hub skew, noise"} <= said.keys()


def test_a_peer_that_heard_too_little_is_refused_by_name(folder, capsys):
    peer = folder / "deaf.npz"
    np.savez(peer, ids=["s0"], vectors=np.ones((1, 8)))
    assert evaluate.main(["--styles", str(folder), "--vectors", str(peer)]) == 1
    assert "deaf.npz has no vector of s1" in capsys.readouterr().err


def test_a_folder_without_pieces_is_refused(tmp_path, capsys):
    assert evaluate.main(["--styles", str(tmp_path)]) == 1
    assert "holds no pieces" in capsys.readouterr().err
