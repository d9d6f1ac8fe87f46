"""The ear's training reads its music as it lies, holds out what it says, resumes, and exports what it learned."""

import argparse
import csv
import json

import numpy as np
import pytest
import soundfile
import soxr
import torch

from bgm_finder.similarity import patches
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.network import EAR_DIMENSIONS, EAR_STYLE, EAR_STYLE_SHARE
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training import evaluate, rendered, teacher_features
from bgm_finder.training.export import write_weights
from lab.ear import fit, last_layer, train
from lab.ear.augment import Augmenter, Windows
from lab.ear.pieces import Music, Pairs
from lab.ear.tasks import Tasks
from lab.material.real_music import held_out_tracks, open_half
from lab.material.window_pool import Place, WindowPool
from lab.teachers import teach

RATE_HZ = 22050


def piece(seed, seconds):
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    notes = 110 * 2 ** (rng.choice(36, 3, replace=False) / 12)
    beat = np.exp(-4 * (t * rng.uniform(1, 3) % 1))
    return (0.2 * beat * sum(np.sin(2 * np.pi * hz * t) for hz in notes) + 0.01 * rng.normal(size=len(t))).astype("f4")


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    """Eight real tracks of four packages, and thirty renders."""
    folder = tmp_path_factory.mktemp("music")
    with (folder / "tracks.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "path", "package", "split", "nonmusic", "dup"])
        writer.writeheader()
        for number in range(8):
            row = {"id": f"t{number}", "path": f"t{number}.wav", "package": f"p{number % 4}", "split": "open"}
            writer.writerow(row)
            soundfile.write(folder / f"t{number}.wav", piece(number, 14), RATE_HZ)
        writer.writerow({"id": "hidden", "path": "h.wav", "package": "p9", "split": "hidden"})
        writer.writerow({"id": "noise", "path": "n.wav", "package": "p9", "split": "open", "nonmusic": "1"})
        writer.writerow({"id": "copy", "path": "c.wav", "package": "p9", "split": "open", "dup": "t1"})
    corpus = folder / "corpus"
    corpus.mkdir()
    with (corpus / "labels.jsonl").open("w") as file:
        for number in range(30):
            soundfile.write(corpus / f"{number}.flac", piece(100 + number, 7), RATE_HZ)
            main = rendered.MAIN[number % 4]
            labels = {"file": f"{number}.flac", "main_instrument": main, "instruments": {main: 0.7, "drums": 0.3}}
            labels |= {"genre": "rock", "mood": "calm", "tempo_bpm": 120.0, "density": 3.0, "drums": True}
            file.write(json.dumps(labels | {"main_fonts": ["FluidR3_GM" if number % 5 == 0 else "synth"]}) + "\n")
        file.write('{"file": "half a line')
    return folder


def test_only_open_music_that_is_no_copy_is_learned_from(music):
    assert [track.id for track in open_half(music, music)] == [f"t{number}" for number in range(8)]


def test_packages_are_held_out_whole_and_each_in_one_fold(music):
    tracks = open_half(music, music)
    parts = [held_out_tracks(tracks, [fold]) for fold in range(4)]
    assert sorted(number for part in parts for number in part) == list(range(8))
    assert all(len({tracks[number].package for number in part}) == 1 for part in parts)
    assert held_out_tracks(tracks, []) == set()


def test_a_corpus_that_still_grows_can_be_read(music):
    renders = rendered.read_corpus(music / "corpus")
    assert len(renders) == 30
    targets = rendered.targets(renders)
    assert targets.main[:4].tolist() == [0, 1, 2, 3]
    assert targets.shares.sum(dim=1).allclose(torch.ones(30))
    assert targets.measures[0].tolist() == [0.0, 0.5, 1.0]


def args(music, work, steps):
    return argparse.Namespace(
        bench=music, music=music, corpus=music / "corpus", work=work, name="ear", steps=steps, seed=1, hold_out=[0]
    )


@pytest.fixture(scope="module")
def gathered(music, tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    store = work / "store"
    real = open_half(music, music)
    renders = [render for render in rendered.read_corpus(music / "corpus") if "synth" in render.fonts]
    renders += renders[:6]
    paths = [piece.path for piece in [*real, *renders]]
    for number in (0, 1, 2, 3, 9):
        for teacher, size in (("musicnn", 1506), ("aisfx", 512)):
            heard = np.random.default_rng(number).normal(size=(2, size)).astype(np.float32)
            teacher_features.keep(
                teacher_features.heard_file(work, teacher, paths[number]),
                teacher_features.Heard(np.array([0, 20]), heard),
            )
    targets = teach.targets(work, paths, [1, 2, 3])
    speech = Windows(-40 * torch.rand(3, 80, 192), -40 * torch.rand(3, 72, 24))
    pools = [WindowPool([item.path for item in items], store) for items in (real, renders, renders[:3])]
    mixes = WindowPool([renders[0].path], store)  # the piece that the teachers heard twice, now as a mix
    return Music(real, pools[0], renders, pools[1], rendered.targets(renders), pools[2], mixes, targets, speech)


def test_teacher_targets_are_unit_vectors_of_the_pieces_that_were_heard(gathered):
    assert set(gathered.teacher_targets) == {0, 1, 2, 3, 9, 33}  # the last is the same piece as 9
    for target in gathered.teacher_targets.values():
        np.testing.assert_allclose(np.linalg.norm(target.piece), 1, atol=1e-5)
        np.testing.assert_allclose(np.linalg.norm(target.windows, axis=1), [1, 1], atol=1e-5)


def test_teacher_targets_are_scaled_without_a_look_at_what_is_held_out(music, tmp_path):
    paths = [music / f"t{number}.wav" for number in range(4)]
    rng = np.random.default_rng(0)
    features = {path: rng.normal(size=(3, 20)).astype(np.float32) for path in paths}

    def targets(of_the_last):
        for path, heard in (features | {paths[3]: of_the_last}).items():
            for teacher in teacher_features.TEACHERS:
                teacher_features.keep(
                    teacher_features.heard_file(tmp_path, teacher, path), teacher_features.Heard(np.arange(3), heard)
                )
        return teach.targets(tmp_path, paths, [0, 1, 2])

    usual, strange = targets(features[paths[3]]), targets(50 + features[paths[3]])
    np.testing.assert_array_equal(usual[1].piece, strange[1].piece)
    assert usual[3].piece @ strange[3].piece < 0.99


def test_a_taught_piece_gives_the_window_that_the_teachers_heard_and_another(gathered):
    pairs = Pairs()
    pairs.add(gathered.real_pool, [2, 7], 0, gathered, np.random.default_rng(0))
    assert pairs.pieces == [2, 2, 7, 7]
    assert [target is None for target in pairs.targets] == [False, True, True, True]
    heard = np.flatnonzero((gathered.teacher_targets[2].windows == pairs.targets[0]).all(axis=1))[0]
    at_that_step = gathered.real_pool.cut([Place(2, int(gathered.teacher_targets[2].steps[heard]))])
    torch.testing.assert_close(pairs.windows[0].mel[0], at_that_step.mel[0])


def test_without_bands_and_mixes_there_is_still_a_batch(gathered):
    pairs = Pairs()
    pairs.add(gathered.band_pool, [], 8, gathered, np.random.default_rng(0))
    pairs.add(gathered.real_pool, [2], 0, gathered, np.random.default_rng(0))
    pairs.add_mixes([], 40, gathered, np.random.default_rng(0))
    assert len(pairs.together().mel) == 2


def test_a_mix_gives_one_window_and_what_the_teachers_made_of_it(gathered):
    pairs = Pairs()
    number = next(n for n in gathered.teacher_targets if n >= 8)
    pairs.add_mixes([0], number, gathered, np.random.default_rng(0))
    assert pairs.pieces == []
    assert len(pairs.together().mel) == 1
    assert (gathered.teacher_targets[number].windows == pairs.targets[0]).all(axis=1).any()


def test_both_parts_of_a_vector_have_their_share_and_large_numbers_count_less():
    network = Tasks().network.eval()
    mel, notes = torch.rand(2, 1, 80, 192), torch.rand(2, 1, 72, 24)
    with torch.inference_mode():
        plain, vectors = network.project(network.joined(mel, notes)), network.vectors(mel, notes)
        torch.testing.assert_close(network(mel, notes)[0], vectors)
    assert (plain.sign() == vectors.sign()).all()
    for part, share in ((slice(0, -EAR_STYLE), 1 - EAR_STYLE_SHARE), (slice(-EAR_STYLE, None), EAR_STYLE_SHARE)):
        before, after = plain[:, part].abs(), vectors[:, part].abs()
        torch.testing.assert_close((after**2).sum(dim=1), torch.full((2,), share))
        assert (after.amax(dim=1) / after.median(dim=1)[0] < before.amax(dim=1) / before.median(dim=1)[0]).all()


def test_the_teachers_hear_the_windows_that_the_pupil_sees(music):
    steps, windows = teach.taught_windows(music / "t3.wav", 16000, 2)
    sound, _ = soundfile.read(music / "t3.wav", dtype="float32")
    for step, window in zip(steps, windows, strict=True):
        begins = int(step) * patches.EAR_NOTES.hop_length
        own = sound[begins : begins + patches.EAR.window_frames]
        heard = soxr.resample(window, 16000, RATE_HZ)[: len(own)]
        assert np.corrcoef(own[1000 : len(heard) - 1000], heard[1000:-1000])[0, 1] > 0.95


def test_a_broken_training_ends_where_an_unbroken_one_does(music, gathered, tmp_path):
    class StoppedInTheSecondStep(Tasks):
        steps = 0

        def joined(self, mel, notes):
            self.steps += 1
            if self.steps == 2:
                raise KeyboardInterrupt
            return super().joined(mel, notes)

    def trained(folder, runs):
        (tmp_path / folder).mkdir()
        for make_tasks in runs:
            torch.manual_seed(0)
            tasks = make_tasks()
            train.Training(tasks, gathered, [1, 2, 3, 5, 6, 7], args(music, tmp_path / folder, 2)).run()
        return tasks.state_dict()

    whole, broken = trained("whole", [Tasks]), trained("broken", [StoppedInTheSecondStep, Tasks])
    for name, numbers in whole.items():
        torch.testing.assert_close(broken[name], numbers, rtol=1e-3, atol=1e-4)


def test_what_is_fitted_and_exported_is_what_the_app_hears(music, gathered, tmp_path):
    torch.manual_seed(0)
    network = Tasks().network
    augment = Augmenter(1, gathered.speech)
    pool = gathered.real_pool
    fit.settle_levels(network, pool, pool.grid(range(8)), augment)
    taught = {number - 8: target for number, target in gathered.teacher_targets.items() if number >= 8}
    renders = last_layer.Pieces(gathered.render_pool, list(taught), taught)
    last_layer.fit(network, last_layer.Pieces(pool, range(8), gathered.teacher_targets), renders, augment)
    weights = tmp_path / "ear.safetensors"
    write_weights(weights, network, WeightsFacts("test", "ear", patches.EAR, EAR_DIMENSIONS, rendered.MAIN))
    with torch.inference_mode():
        features, _ = network(*pool.cut([Place(3, 0)]).units())
    samples, _ = soundfile.read(music / "t3.wav", dtype="float32")
    heard = Embedder(weights).embed([samples[: patches.EAR.window_frames]])
    assert (
        heard @ (features[0] / features[0].norm()).numpy() > 0.9
    )  # the store has 256 steps, the weights half precision

    words = [
        "--corpus",
        str(music / "corpus"),
        "--network",
        str(weights),
        "--most",
        "8",
        "--hold-out-fonts",
        "0",
        "--json",
    ]
    assert evaluate.main(words) == 0
