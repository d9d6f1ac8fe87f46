"""The turn makes small what changes within scores and styles, of styles that it never saw as well."""

import numpy as np
import pytest
from safetensors.torch import load_file

from bgm_finder import paths
from bgm_finder.similarity import network, patches
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.weights_file import WeightsFacts, read_facts
from bgm_finder.training.export import write_weights
from bgm_finder.training.metrics import styles
from lab.styles import turn

DIMENSIONS = 12


def exam(seed=0, count=20, pieces=9, scores=30):
    """Styles lie apart in four numbers; four others follow the key or tempo alone, and far more strongly."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(count, DIMENSIONS)) * (np.arange(DIMENSIONS) < 4)
    style = np.concatenate([np.repeat(np.arange(count), pieces), np.repeat(rng.integers(count, size=scores), 6)])
    changes = np.concatenate([np.full(count * pieces, ""), np.tile(["base", *turn.KINDS], scores)])
    shaken = np.isin(np.arange(DIMENSIONS), [4, 5, 6, 7])
    vectors = centres[style] + rng.normal(size=(len(style), DIMENSIONS)) * np.where(shaken, 3.0, 0.3)
    known = styles.Exam(
        np.array([f"p{n}" for n in range(len(style))]),
        np.array([f"s{n}" for n in style]),
        np.array(["one", "two", "three"])[np.arange(len(style)) % 3],
        style < count // 2,
        np.concatenate([np.full(count * pieces, -1), np.repeat(np.arange(scores), 6)]),
        changes,
    )
    return known, vectors


def test_styles_never_seen_are_found_more_often():
    known, vectors = exam()
    learned = ~known.is_held_out
    found = vectors @ turn.fitted(styles.part_of(known, learned), vectors[learned]).T
    asked = known.is_held_out & (known.scores < 0)
    before, after = (styles.style_precision(known, values, asked).mean() for values in (vectors, found))
    assert after > before + 0.1


def test_a_turned_network_follows_the_one_it_was_made_of_and_is_not_turned_again(tmp_path):
    held = load_file(paths.resource("weights") / "default.safetensors")
    plain = network.Ear(4)
    plain.load_state_dict({name: numbers.float() for name, numbers in held.items() if name != "turn.weight"})
    before, after = tmp_path / "before.safetensors", tmp_path / "after.safetensors"
    write_weights(before, plain, WeightsFacts("before", "ear", patches.EAR, 128, tuple("abcd")))
    drawn = np.eye(128) + 0.1 * np.random.default_rng(0).normal(size=(128, 128))
    turn.write_turned(before, drawn, "after", after)
    assert (read_facts(after).name, read_facts(after).turned_from) == ("after", "before")
    windows = [np.random.default_rng(2).normal(size=140_000).astype(np.float32)]
    expected = drawn @ Embedder(before).embed(windows)
    np.testing.assert_allclose(Embedder(after).embed(windows), expected / np.linalg.norm(expected), atol=2e-3)
    with pytest.raises(ValueError, match="has a turn"):
        turn.write_turned(after, drawn, "again", tmp_path / "again.safetensors")
