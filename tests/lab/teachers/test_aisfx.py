"""The second teacher's port computes what its layers say, and takes nothing but numbers from its file."""

import pickle

import numpy as np
import pytest
import torch
from torch import nn

from lab.teachers import aisfx


def layers():
    """The embedding network as its paper draws it, of PyTorch's own layers."""
    parts = {}
    inputs = 1
    for number, outputs in enumerate((64, 128, 256, 512), start=1):
        for layer in (1, 2):
            parts[f"block{number}_conv{layer}"] = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
            parts[f"block{number}_bn{layer}"] = nn.BatchNorm2d(outputs)
            inputs = outputs
    return nn.ModuleDict(parts).eval()


@pytest.fixture
def checkpoint(tmp_path):
    torch.manual_seed(0)
    network = layers()
    for name, layer in network.items():
        if "bn" in name:
            layer.running_mean.uniform_(-0.1, 0.1)
            layer.running_var.uniform_(0.5, 2.0)
    numbers = {
        f"embedding_net.conv_{name.replace('_bn', '.bn').replace('_conv', '.conv')}": values
        for name, values in network.state_dict().items()
    }
    torch.save((numbers, {"a set": (0, 5)}), tmp_path / "checkpoint.pth")
    return network, tmp_path / "checkpoint.pth"


def test_windows_are_heard_as_the_layers_say(checkpoint):
    network, file = checkpoint
    sound = np.random.default_rng(0).normal(size=3 * aisfx.RATE_HZ).astype(np.float32)
    heard = aisfx.Aisfx(file).hear([sound, 0.1 * sound])
    assert heard.shape == (2, 512)
    np.testing.assert_allclose(heard[0], heard[1], rtol=1e-3, atol=1e-5)  # the level is fixed first
    shown = torch.from_numpy(aisfx.blocks_of(aisfx.picture_of(sound)))[:, None]
    with torch.inference_mode():
        for number in (1, 2, 3, 4):
            for layer in (1, 2):
                block = f"block{number}"
                shown = network[f"{block}_bn{layer}"](network[f"{block}_conv{layer}"](shown)).relu()
            shown = nn.functional.max_pool2d(shown, 2) if number < 4 else shown
    wanted = shown.mean(dim=3).amax(dim=2).mean(dim=0).numpy()
    np.testing.assert_allclose(heard[0], wanted, rtol=1e-4, atol=1e-6)


def test_a_file_that_holds_code_is_refused(tmp_path):
    torch.save(({}, print), tmp_path / "checkpoint.pth")
    with pytest.raises(pickle.UnpicklingError):
        aisfx.Aisfx(tmp_path / "checkpoint.pth")
