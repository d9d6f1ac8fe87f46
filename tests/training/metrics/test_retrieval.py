"""The figures are those of the definitions: 1 for vectors that tell everything, chance for noise."""

import csv
import json

import numpy as np
import pytest

from bgm_finder.training import evaluate
from bgm_finder.training.metrics import retrieval

PACKAGES = np.repeat(["one", "two", "small"], [10, 10, 3])


def unit(values):
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def excerpts(noise, seed=0, tracks=23):
    rng = np.random.default_rng(seed)
    pieces = rng.normal(size=(tracks, 32))
    first, second = (unit(pieces + noise * rng.normal(size=pieces.shape)) for _ in range(2))
    return retrieval.Excerpts(first, second, PACKAGES, np.where(PACKAGES == "one", "someone", ""))


def test_vectors_that_tell_everything_reach_one():
    found = retrieval.same_track(excerpts(noise=0.01))
    assert all(figure.value == figure.low == figure.high == 1.0 for figure in found.values())


def test_noise_finds_by_chance_and_the_interval_holds_the_value():
    found = retrieval.same_track(excerpts(noise=1000.0))
    assert found["R@1"].value < 0.2
    assert found["R@1"].low <= found["R@1"].value <= found["R@1"].high
    assert found["in_pkg_R@1_balanced"].value < 0.4


def test_the_same_vector_for_everything_finds_nothing():
    same = np.ones((23, 4)) / 2
    found = retrieval.same_track(retrieval.Excerpts(same, same, PACKAGES, PACKAGES))
    assert found["R@1"].value == 0
    assert found["MRR"].value == pytest.approx(1 / 23)


def test_rivals_of_other_packages_do_not_count_within_a_package():
    clean = excerpts(noise=0.01)
    stolen = clean.second.copy()
    stolen[10:20] = clean.first[:10]  # the other package sounds just like this one
    found = retrieval.same_track(retrieval.Excerpts(clean.first, stolen, PACKAGES, PACKAGES), PACKAGES == "one")
    assert found["R@1"].value < 1
    assert found["in_pkg_R@1_balanced"].value == 1


def test_only_tracks_asked_for_are_queries():
    clean = excerpts(noise=0.01)
    shuffled = clean.second.copy()
    shuffled[10:20] = np.roll(shuffled[10:20], 1, axis=0)
    asked = retrieval.same_track(retrieval.Excerpts(clean.first, shuffled, PACKAGES, PACKAGES), PACKAGES == "one")
    assert asked["R@1"].value == 1
    assert retrieval.same_track(retrieval.Excerpts(clean.first, shuffled, PACKAGES, PACKAGES))["R@1"].value < 0.7


def test_neighbours_of_a_group_are_counted_only_in_large_groups():
    by_package = np.eye(3)[np.repeat([0, 1, 2], [10, 10, 3])]
    vectors = unit(by_package + 0.01 * np.random.default_rng(0).normal(size=by_package.shape))
    everything = retrieval.Excerpts(vectors, vectors, PACKAGES, PACKAGES)
    assert retrieval.same_group(everything, PACKAGES).value == 1.0
    assert retrieval.same_group(everything, PACKAGES, PACKAGES == "small") is None


def test_one_track_that_is_near_all_others_skews():
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(200, 16)) + 0.5)
    even = retrieval.hub_skew(retrieval.Excerpts(vectors, vectors, np.array(["p"] * 200), np.array([""] * 200)))
    hub = vectors.copy()
    hub[:5] = unit(vectors.mean(axis=0, keepdims=True))
    assert retrieval.hub_skew(retrieval.Excerpts(hub, hub, np.array(["p"] * 200), np.array([""] * 200))) > even + 1


def test_a_paired_gain_is_the_difference_on_the_same_queries():
    one, other = np.array([True, True, False, True]), np.array([True, False, False, False])
    assert retrieval.paired_gain(one, other, np.arange(4)).value == 0.5


@pytest.fixture
def bench(tmp_path):
    with (tmp_path / "tracks.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "package", "artist_norm", "nonmusic", "dup"])
        writer.writeheader()
        for number in range(12):
            marks = {"nonmusic": "1" if number == 10 else "", "dup": "t0" if number == 11 else ""}
            writer.writerow({"id": f"t{number}", "package": "p", "artist_norm": "", **marks})
    rng = np.random.default_rng(0)
    pieces = unit(rng.normal(size=(12, 16)))
    ids = [f"t{n}_{which}" for which in "AB" for n in range(12)] + ["t3_A__speech"]
    np.savez(tmp_path / "v.npz", ids=ids, vectors=np.concatenate([pieces, pieces, pieces[3:4]]).astype(np.float32))
    return tmp_path


def test_the_command_measures_a_file_of_vectors(bench, capsys):
    assert evaluate.main([str(bench / "v.npz"), "--bench", str(bench), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["tracks"] == 10
    assert said["R@1"] == [1.0, 1.0, 1.0]
    assert said["speech own"][0] == said["speech B"][0] == 1.0
    assert said["artist_P@4"] is None


def test_the_command_says_what_it_needs(bench, capsys):
    assert evaluate.main([]) == 2
    assert evaluate.main([str(bench / "missing.npz"), "--bench", str(bench)]) == 1
    assert "missing.npz" in capsys.readouterr().err
