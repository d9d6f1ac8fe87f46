"""The bundled networks give unit vectors that follow the sound; damaged weights are refused."""

import json

import numpy as np
import pytest

from bgm_finder.reasons import Reason
from bgm_finder.similarity import embedder, network, patches
from bgm_finder.similarity.weights_file import WeightsUnusable, check, read_facts

RATE_HZ = patches.EAR.rate_hz


def sound(seed, rate_hz=RATE_HZ, seconds=6.4):
    """A few decaying notes, different for each seed."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    notes = 110 * 2 ** (rng.integers(0, 36, 3) / 12)
    beat = np.exp(-3 * (t * rng.uniform(1, 4) % 1))
    return (0.2 * beat * sum(np.sin(2 * np.pi * hz * t) for hz in notes)).astype(np.float32)


@pytest.fixture(scope="module", params=["default", "article"])
def ear(request):
    return embedder.load_embedder(request.param)


def windows(ear, seed):
    return [sound(seed, ear.input_spec.rate_hz, ear.input_spec.window_s)]


def test_a_vector_has_unit_length_and_its_length_is_told_before_loading(ear):
    vector = ear.embed(windows(ear, 1))
    assert vector.shape == (ear.dimensions,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_the_same_sound_gives_the_same_vector_and_another_does_not(ear):
    first, again, other = (ear.embed(windows(ear, seed)) for seed in (1, 1, 2))
    assert first @ again == pytest.approx(1.0, abs=1e-5)
    assert first @ other < first @ again - 1e-3


def test_silence_and_nothing_give_a_finite_vector(ear):
    for samples in (np.zeros(0, np.float32), np.zeros(100_000, np.float32)):
        assert np.isfinite(ear.embed([samples])).all()


def test_instrument_probabilities_sum_to_one(ear):
    shares = ear.instruments(windows(ear, 3))
    assert set(embedder.ARTICLE_CLASSES) <= set(shares)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)


def test_each_window_has_its_own_vector():
    ear = embedder.load_embedder()
    pair = [sound(1), sound(2)]
    each = ear.embed_each(pair)
    assert each.shape == (2, ear.dimensions)
    np.testing.assert_allclose(each[1], ear.embed(pair[1:]), atol=1e-4)


def test_half_the_level_is_as_good_as_the_same_sound():
    ear = embedder.load_embedder()
    assert ear.embed([sound(4)]) @ ear.embed([sound(4) * np.float32(0.25)]) > 0.999


def test_networks_stay_within_the_budget():
    for kind in network.KINDS.values():
        assert network.count_parameters(kind(4)) <= network.MOST_PARAMETERS
    for path in embedder.available_networks().values():
        assert read_facts(path).dimensions <= 128
        assert path.stat().st_size <= 5_000_000
        assert path.with_suffix(".md").exists()


def test_two_networks_never_share_a_name():
    names = [read_facts(path).name for path in embedder.available_networks().values()]
    assert len(set(names)) == len(names) >= 2


def test_a_network_that_the_user_trained_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setattr(embedder.paths, "networks_folder", lambda: tmp_path)
    (tmp_path / "mine").mkdir()
    held = embedder.available_networks()["article"].read_bytes()
    (tmp_path / "mine" / "mine.safetensors").write_bytes(held)
    (tmp_path / "mine" / "default.safetensors").write_bytes(held)
    assert "mine" in embedder.available_networks()
    assert embedder.load_embedder("mine").dimensions == 100
    assert embedder.load_embedder("default").dimensions == 128, "a user's network never hides a bundled one"


def test_a_changed_number_is_noticed(tmp_path):
    held = bytearray(embedder.available_networks()["default"].read_bytes())
    held[-5] ^= 1
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(held)
    with pytest.raises(WeightsUnusable, match=Reason.WRONG_CHECKSUM):
        embedder.Embedder(damaged).load()
    check(embedder.available_networks()["default"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, Reason.NOT_THERE),
        (b"", Reason.NOT_SAFETENSORS),
        (b"\x09\0\0\0\0\0\0\0{not json", Reason.NOT_SAFETENSORS),
        (b"\x02\0\0\0\0\0\0\0[]", Reason.NOT_SAFETENSORS),
        (b'\x12\0\0\0\0\0\0\0{"__metadata__": 7}', Reason.NOT_SAFETENSORS),
        (b'\x16\0\0\0\0\0\0\0{"__metadata__": [{}]} ', Reason.NOT_SAFETENSORS),
        (b"\x50\xc3\0\0\0\0\0\0" + b"[" * 50_000, Reason.NOT_SAFETENSORS),
        (b"\x02\0\0\0\0\0\0\0{}", Reason.LACKS_FACT),
    ],
)
def test_what_is_no_weights_file_is_refused_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "w.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsUnusable, match=reason) as refused:
        embedder.Embedder(path)
    assert refused.value.path == path


def test_weights_of_an_unknown_input_spec_are_refused(tmp_path):
    said = {"name": "x", "kind": "ear", "front": "unheard-of", "dimensions": "128", "classes": ""}
    header = json.dumps({"__metadata__": said}).encode()
    path = tmp_path / "w.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(WeightsUnusable, match="unheard-of"):
        embedder.Embedder(path)


def test_an_unknown_name_tells_which_networks_there_are():
    with pytest.raises(WeightsUnusable, match="article, default"):
        embedder.load_embedder("nonsense")
