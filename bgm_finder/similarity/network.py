"""The two networks: the ear, which hears likeness, and the article's classifier, whose feature layer does.

Both look at pictures of one window and give (features, class scores). Inputs and their numbers: patches.py.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

EAR_CHANNELS = (32, 64, 128, 192)
EAR_DIMENSIONS = 128
ARTICLE_CHANNELS = (16, 32, 64, 96, 96)
ARTICLE_DIMENSIONS = 100
MOST_PARAMETERS = 1_128_700
"""The budget: as many as the article's network had."""
RHYTHM_GROUPS = 4
RHYTHM_LAGS = (4, 64)
"""Repeats are sought from 4 to 64 frames apart: 0.13 to 2.1 s."""


class Ear(nn.Module):
    """A trunk of four strided convolutions, whose last layer is also shown the statistics of every stage.

    Besides the trunk it sees each mel band's level and movement, each note's level, and how the onsets repeat.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        widths = (1, *EAR_CHANNELS)
        self.stages = nn.ModuleList(_stage(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True))
        with torch.inference_mode():
            self.statistics = self._statistics(torch.zeros(2, 1, 80, 192), torch.zeros(2, 1, 72, 24)).shape[1]
        self.level = nn.BatchNorm1d(self.statistics, affine=False)
        self.project = nn.Linear(self.statistics, EAR_DIMENSIONS)
        self.classify = nn.Linear(EAR_DIMENSIONS, classes)

    def forward(self, mel: Tensor, notes: Tensor) -> tuple[Tensor, Tensor]:
        """mel: (windows, 1, 80, 192), notes: (windows, 1, 72, 24), both 0 to 1."""
        features = self.project(self.level(self._statistics(mel, notes)))
        return features, self.classify(features)

    def _statistics(self, mel: Tensor, notes: Tensor) -> Tensor:
        parts = [*_band_statistics(mel[:, 0]), *_note_statistics(notes[:, 0]), _rhythm(mel[:, 0])]
        stage = mel
        for number, convolve in enumerate(self.stages):
            stage = convolve(stage)
            if number:
                parts.append(stage.mean(dim=3).flatten(1))
        parts += [stage.std(dim=3).flatten(1), stage.amax(dim=(2, 3))]
        return torch.cat(parts, dim=1)


class Article(nn.Module):
    """The article's way: one 224 x 224 picture, five convolutions with pooling, 100 features, then the classes."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        widths = (1, *ARTICLE_CHANNELS)
        self.stages = nn.ModuleList(_pooled_stage(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True))
        self.dropout = nn.Dropout(0.5)
        self.features = nn.Linear(ARTICLE_CHANNELS[-1] * 7 * 7, ARTICLE_DIMENSIONS)
        self.classify = nn.Linear(ARTICLE_DIMENSIONS, classes)

    def forward(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """picture: (windows, 1, 224, 224), 0 to 1."""
        for stage in self.stages:
            picture = stage(picture)
        features = self.features(self.dropout(picture.flatten(1)))
        return features, self.classify(F.relu(features))


KINDS: dict[str, type[Ear] | type[Article]] = {"ear": Ear, "article": Article}


def count_parameters(network: nn.Module) -> int:
    """Gives how many numbers training may change."""
    return sum(parameter.numel() for parameter in network.parameters())


def load(weights: Path, kind: str, classes: int) -> nn.Module:
    """Gives a network of a kind with its weights; raises KeyError or RuntimeError where they do not fit it."""
    torch.set_num_threads(1)  # a second one halves the speed where the machine is busy, and the window has the first
    network = KINDS[kind](classes)
    network.load_state_dict({name: numbers.float() for name, numbers in load_file(weights).items()})
    return network.eval()


def run(network: nn.Module, pictures: list[NDArray[np.float32]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Gives features and class scores, one row a window, of the windows' pictures, each (windows, rows, columns)."""
    with torch.inference_mode():
        features, scores = network(*(torch.from_numpy(picture)[:, None] for picture in pictures))
    return features.numpy(), scores.numpy()


def _stage(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


def _pooled_stage(inputs: int, outputs: int) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2))


def _band_statistics(mel: Tensor) -> list[Tensor]:
    steps = mel[:, :, 1:] - mel[:, :, :-1]
    return [mel.mean(dim=2), mel.std(dim=2), steps.abs().mean(dim=2)]


def _note_statistics(notes: Tensor) -> list[Tensor]:
    """Each note's mean above the picture's, and the same folded into one octave."""
    level = notes.mean(dim=2)
    level = level - level.mean(dim=1, keepdim=True)
    octave = notes.reshape(len(notes), -1, 12, notes.shape[2]).amax(dim=1)
    octave = octave - octave.mean(dim=1, keepdim=True)
    return [level, octave.mean(dim=2), octave.std(dim=2)]


def _rhythm(mel: Tensor) -> Tensor:
    """How strongly the onsets of a few stretches of bands repeat at each lag."""
    onsets = F.relu(mel[:, :, 1:] - mel[:, :, :-1])
    onsets = onsets.reshape(len(mel), RHYTHM_GROUPS, -1, onsets.shape[2]).mean(dim=2)
    onsets = onsets - onsets.mean(dim=2, keepdim=True)
    spectrum = torch.fft.rfft(onsets, n=2 * onsets.shape[2])
    repeats = torch.fft.irfft(spectrum.abs() ** 2)
    first, last = RHYTHM_LAGS
    return torch.flatten(repeats[:, :, first:last] / (repeats[:, :, :1] + 1e-4), 1)
