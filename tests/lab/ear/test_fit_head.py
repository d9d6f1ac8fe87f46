"""The instrument head: it learns from what the trunk sees, leaves the trunk alone, and knows how sure it is."""

from pathlib import Path

import numpy as np
import pytest
import torch

from bgm_finder.similarity.network import EAR_HIDDEN
from bgm_finder.training import rendered
from bgm_finder.training.metrics import recognition
from lab.ear import fit_head
from lab.ear.head_views import Views
from lab.ear.tasks import Tasks

PIECES = 24


@pytest.fixture(scope="module")
def renders() -> list[rendered.Render]:
    labels = {"instruments": {"piano": 1.0}, "genre": "rock", "mood": "sad", "tempo_bpm": 120, "density": 3, "drums": 0}
    names = [rendered.MAIN[number % 4] for number in range(PIECES)]
    return [
        rendered.Render(Path(f"{n}"), name, frozenset({f"font{n % 3}"}), {**labels, "main_instrument": name})
        for n, name in enumerate(names)
    ]


@pytest.fixture(scope="module")
def views() -> Views:
    rng = np.random.default_rng(0)
    owners = np.repeat(np.arange(PIECES), 2)
    hidden = rng.normal(size=(2, len(owners), EAR_HIDDEN)).astype(np.float16)
    middle = rng.random(size=(2, len(owners), 128, 10, 24)).astype(np.float16) * 0.2
    for window, owner in enumerate(owners):
        middle[:, window, 10 * (owner % 4) : 10 * (owner % 4) + 10] += 1.0
    return Views(hidden, middle, owners)


def test_head_learns_and_trunk_stands_still(views, renders):
    torch.manual_seed(0)
    network = Tasks().network.eval()
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    learned = np.arange(PIECES) < 16
    fit_head.fit(network, views, renders, learned, steps=12, seed=1)
    changed = {name for name, tensor in network.state_dict().items() if not torch.equal(tensor, before[name])}
    assert {name.split(".")[0] for name in changed} == set(fit_head.HEAD_PARTS)
    said = fit_head.probabilities(network, views, ~learned)
    truth = [rendered.MAIN.index(render.main) for render in renders[16:]]
    assert said.argmax(axis=1).tolist() == truth
    metrics = recognition.recognised(said, np.array(truth), rendered.MAIN)
    assert metrics["pieces"] == 8
    assert [metrics[f"recall {name}"] for name in rendered.MAIN] == [1.0, 1.0, 1.0, 1.0]


def test_temperature_makes_it_less_sure_of_the_same(views):
    torch.manual_seed(0)
    network = Tasks().network.eval()
    everyone = np.ones(PIECES, bool)
    sure = fit_head.probabilities(network, views, everyone)
    fit_head.scale(network, 3.0)
    unsure = fit_head.probabilities(network, views, everyone)
    assert (unsure.max(axis=1) < sure.max(axis=1)).all()
