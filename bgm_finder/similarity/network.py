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
from torch.nn.utils.fusion import fuse_conv_bn_eval

from bgm_finder.similarity import patches, statistics

EAR_CHANNELS = (32, 64, 128, 192)
EAR_HIDDEN = 256
EAR_DIMENSIONS = 128
EAR_STYLE = 24
"""How many numbers of an ear's vector, the last ones, tell the style; those before them tell the piece again."""
EAR_STYLE_SHARE = 0.4
"""How much of a likeness is that of the style."""
EAR_COMPRESSION = 0.8
"""The exponent that every number of an ear's vector is raised to, its sign kept.

Without it a few large numbers decide most likenesses, and few tracks lie near many others (hubs).
"""
EAR_VOICES, EAR_HEARD = 96, 96
"""Channels of the stage that only the instruments have, and what distinguishes them."""
ARTICLE_CHANNELS = (8, 16, 32, 64, 96)
ARTICLE_DIMENSIONS = 100
MOST_PARAMETERS = 1_128_700
"""The budget: as many as the article's network had."""


class Ear(nn.Module):
    """Four strided convolutions over the mel picture, joined with what is measured without learning.

    The hidden layer carries what was learned from labels and teachers; the vector is a linear view of it and of the
    measures in two parts, each brought to the same length: in one, windows of one track lie close and tracks far
    apart; in the other, what teachers find alike lies close. A linear turn of both comes last: what another key, tempo
    or sound changes in a piece is made small. It has no bias, so that it also turns the mean of vectors stored before.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        widths = (1, *EAR_CHANNELS)
        self.stages = nn.ModuleList(_stage(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True))
        self.voices = _stage(EAR_CHANNELS[-2], EAR_VOICES)
        mel, notes = (torch.zeros(1, 1, *kind.shape) for kind in patches.EAR.pictures)
        with torch.inference_mode():
            measures, middle = statistics.measured(mel[:, 0], notes[:, 0]).shape[1], self._middle(mel)
            seen, voiced = (_pooled(middle, stage(middle)).shape[1] for stage in (self.stages[-1], self.voices))
        self.level = nn.BatchNorm1d(measures, affine=False)
        self.balance = nn.BatchNorm1d(seen, affine=False)
        self.hidden = nn.Linear(measures + seen, EAR_HIDDEN)
        self.project = nn.Linear(measures + EAR_HIDDEN, EAR_DIMENSIONS)
        self.turn = nn.Linear(EAR_DIMENSIONS, EAR_DIMENSIONS, bias=False)
        self.turn.weight = nn.Parameter(torch.eye(EAR_DIMENSIONS), requires_grad=False)
        self.register_load_state_dict_pre_hook(_with_turn)  # type: ignore[no-untyped-call]  # as torch has it
        self.voice_balance = nn.BatchNorm1d(voiced, affine=False)
        self.classify = nn.Sequential(
            nn.Dropout(0.2),
            nn.Linear(EAR_HIDDEN + voiced, EAR_HEARD),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(EAR_HEARD, classes),
        )

    def forward(self, mel: Tensor, notes: Tensor) -> tuple[Tensor, Tensor]:
        """mel: (windows, 1, 80, 192), notes: (windows, 1, 72, 24), both 0 to 1."""
        joined, middle = self.views(mel, notes)
        return self._vector(joined), self.instruments(joined[:, -EAR_HIDDEN:], middle)

    def vectors(self, mel: Tensor, notes: Tensor) -> Tensor:
        """Return the features alone, without the time that the class scores take."""
        return self._vector(self.joined(mel, notes))

    def views(self, mel: Tensor, notes: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the vector is a view of: the measures, then the hidden layer, (windows, measures + EAR_HIDDEN),
        and what the middle stage saw, (windows, channels, 10, 24).
        """
        level, middle = self.level(statistics.measured(mel[:, 0], notes[:, 0])), self._middle(mel)
        seen = self.balance(_pooled(middle, self.stages[-1](middle)))
        return torch.cat([level, F.relu(self.hidden(torch.cat([level, seen], dim=1)))], dim=1), middle

    def joined(self, mel: Tensor, notes: Tensor) -> Tensor:
        """Return what the vector is a view of, alone."""
        return self.views(mel, notes)[0]

    def instruments(self, hidden: Tensor, middle: Tensor) -> Tensor:
        """Return the class scores by the hidden layer and a last stage that was trained after all else."""
        heard = self.voice_balance(_pooled(middle, self.voices(middle)))
        scores: Tensor = self.classify(torch.cat([hidden, heard], dim=1))
        return scores

    def _vector(self, joined: Tensor) -> Tensor:
        parts = self.project(joined).split((EAR_DIMENSIONS - EAR_STYLE, EAR_STYLE), dim=1)
        even = [F.normalize(part.sign() * part.abs() ** EAR_COMPRESSION, dim=1) for part in parts]
        vector = torch.cat([(1 - EAR_STYLE_SHARE) ** 0.5 * even[0], EAR_STYLE_SHARE**0.5 * even[1]], dim=1)
        turned: Tensor = self.turn(vector)
        return turned

    def _middle(self, mel: Tensor) -> Tensor:
        for stage in self.stages[:-1]:
            mel = stage(mel)
        return mel


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

    def vectors(self, picture: Tensor) -> Tensor:
        """Return the features alone."""
        features: Tensor = self(picture)[0]
        return features


KINDS: dict[str, type[Ear] | type[Article]] = {"ear": Ear, "article": Article}


def count_parameters(network: nn.Module) -> int:
    """Return how many numbers training may change."""
    return sum(parameter.numel() for parameter in network.parameters())


def load(weights: Path, kind: str, classes: int) -> nn.Module:
    """Return a network of a kind with its weights; raises KeyError or RuntimeError where they do not fit it."""
    torch.set_num_threads(1)  # a second one halves the speed where the machine is busy, and the window has the first
    network = KINDS[kind](classes)
    network.load_state_dict({name: numbers.float() for name, numbers in load_file(weights).items()})
    return _folded(network.eval())


def run(network: nn.Module, pictures: list[NDArray[np.float32]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return features and class scores, one row a window, of the windows' pictures, each (windows, rows, columns)."""
    with torch.inference_mode():
        features, scores = network(*_as_tensors(pictures))
    return features.numpy(), scores.numpy()


def run_vectors(network: nn.Module, pictures: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the features alone, as run does."""
    assert isinstance(network, Ear | Article)
    with torch.inference_mode():
        return network.vectors(*_as_tensors(pictures)).numpy()


def _as_tensors(pictures: list[NDArray[np.float32]]) -> list[Tensor]:
    return [torch.from_numpy(picture)[:, None] for picture in pictures]


def _folded(network: Ear | Article) -> nn.Module:
    """Fold each normalisation into the convolution before it: the same answers in three quarters of the time."""
    for stage in [*network.stages, *([network.voices] if isinstance(network, Ear) else [])]:
        assert isinstance(stage, nn.Sequential)
        convolution, normalisation = stage[0], stage[1]
        assert isinstance(convolution, nn.Conv2d)
        assert isinstance(normalisation, nn.BatchNorm2d)
        stage[0], stage[1] = fuse_conv_bn_eval(convolution, normalisation), nn.Identity()
    return network


def _with_turn(_module: nn.Module, numbers: dict[str, Tensor], prefix: str, *_rest: object) -> None:
    """Add the turn that changes nothing to the numbers of a network that has none."""
    numbers.setdefault(f"{prefix}turn.weight", torch.eye(EAR_DIMENSIONS))


def _pooled(middle: Tensor, last: Tensor) -> Tensor:
    """Return the middle stage's mean, and the last one's mean over time of each row and its loudest point."""
    return torch.cat([middle.mean(dim=(2, 3)), last.mean(dim=3).flatten(1), last.amax(dim=(2, 3))], dim=1)


def _stage(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


def _pooled_stage(inputs: int, outputs: int) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2))
