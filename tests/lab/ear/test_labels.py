"""What the heads tell is counted as it was meant: classes, drums, and tempo with and without its octave."""

import numpy as np
import torch

from bgm_finder.training import rendered
from lab.ear import labels


def targets(tempo_octaves, drums):
    count = len(tempo_octaves)
    measures = torch.tensor([[t, 0.1 * n, float(d)] for n, (t, d) in enumerate(zip(tempo_octaves, drums, strict=True))])
    numbers = torch.arange(count) % 2
    return rendered.Targets(numbers, torch.zeros(count, 16), numbers, numbers, measures)


def test_each_head_is_counted_by_its_own_rule():
    truth = targets([0.0, 0.5, -0.3, 0.2], [True, True, True, False])
    said = {
        "genre": np.eye(8)[[0, 1, 0, 0]],
        "mood": np.eye(11)[[0, 1, 0, 1]],
        "measures": np.array([[0.02, 0.0, 0.9], [1.5, 0.2, 0.8], [-0.3, 0.4, 0.1], [0.4, 0.6, 0.2]]),
    }
    metrics = labels.measured(said, truth)
    assert metrics["genre"].value == 0.75
    assert metrics["genre, most frequent"] == 0.5
    assert metrics["mood"].value == 1.0
    assert metrics["drums"].value == 0.75
    assert metrics["drums, most frequent"] == 0.75
    assert metrics["tempo within 8%"].value == 0.5
    assert metrics["tempo within 8%, octaves aside"].value == 0.75
    assert metrics["density, correlation"] == 1.0
