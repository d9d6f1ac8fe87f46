"""The teacher: musicnn (ISC licence), read from its package's checkpoint and run with torch, as its paper describes it.

The network: Pons and Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging", 2019.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

from bgm_finder import mel
from lab.teachers.tensor_bundle import read_checkpoint

Floats = NDArray[np.float32]

RATE_HZ = 16000
_N_FFT, _HOP_LENGTH, _BANDS = 512, 256, 96
_LEVEL_DBFS = -17.0
"""The level is fixed first: the network hears a soft copy as another piece."""
_EPSILON = 1e-3
"""TensorFlow's default for batch normalisation."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the teacher makes of windows: the time means and maxima of its maps (753 each) and its last layer (200)."""

    mean: Floats
    maximum: Floats
    penultimate: Floats


class Musicnn:
    """The network of one checkpoint folder of the package, such as MSD_musicnn."""

    def __init__(self, folder: Path) -> None:
        arrays = read_checkpoint(folder / ".index", folder / ".data-00000-of-00001")
        self._numbers = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}

    def hear(self, samples: list[Floats]) -> Heard:
        """Return the features of windows of equal length: mono, float32, (n,), at RATE_HZ."""
        with torch.inference_mode():
            picture = torch.from_numpy(np.stack([_picture(window) for window in samples]))[:, None]
            mean, maximum, penultimate = self._forward(picture)
        return Heard(mean.numpy(), maximum.numpy(), penultimate.numpy())

    def _forward(self, picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """picture: (windows, 1, frames, bands)."""
        shown = self._normalised(picture, 0)
        padded = F.pad(shown, (0, 0, 3, 3))
        input_spec = [self._normalised(self._convolved(padded, n), n + 1).amax(dim=3) for n in (0, 1)]
        for number in (2, 3, 4):
            before = (self._kernel(number).shape[2] - 1) // 2
            after = self._kernel(number).shape[2] - 1 - before
            same = F.pad(shown, (0, 0, before, after))
            input_spec.append(self._normalised(self._convolved(same, number), number + 1).amax(dim=3))
        maps = [torch.cat(input_spec, dim=1)]
        flow = self._middle(maps[0], 5)
        maps.append(flow)
        for number in (6, 7):
            flow = self._middle(flow, number) + flow
            maps.append(flow)
        everything = torch.cat(maps, dim=1)
        mean, maximum = everything.mean(dim=2), everything.amax(dim=2)
        pooled = self._normalised(torch.stack([maximum, mean], dim=2).flatten(1), 9)
        dense = F.relu(pooled @ self._numbers["dense/kernel"] + self._numbers["dense/bias"])
        return mean, maximum, self._normalised(dense, 10)

    def _middle(self, flow: Tensor, number: int) -> Tensor:
        """flow: (windows, maps, frames); a convolution over 7 frames of all maps."""
        shown = F.pad(flow.transpose(1, 2)[:, None], (0, 0, 3, 3))
        return self._normalised(self._convolved(shown, number)[:, :, :, 0], number + 1)

    def _convolved(self, shown: Tensor, number: int) -> Tensor:
        return F.relu(F.conv2d(shown, self._kernel(number), self._numbers[f"{_numbered('conv2d', number)}/bias"]))

    def _kernel(self, number: int) -> Tensor:
        return self._numbers[f"{_numbered('conv2d', number)}/kernel"].permute(3, 2, 0, 1)

    def _normalised(self, values: Tensor, number: int) -> Tensor:
        layer = _numbered("batch_normalization", number)
        mean, variance, scale, shift = (
            self._numbers[f"{layer}/{part}"] for part in ("moving_mean", "moving_variance", "gamma", "beta")
        )
        return F.batch_norm(values, mean, variance, scale, shift, eps=_EPSILON)


def _numbered(layer: str, number: int) -> str:
    return f"{layer}_{number}" if number else layer


def _picture(samples: Floats) -> Floats:
    level = float(np.sqrt(np.mean(samples**2)) + 1e-9)
    power = mel.mel_power(samples * np.float32(10 ** (_LEVEL_DBFS / 20) / level), RATE_HZ, _N_FFT, _HOP_LENGTH, _BANDS)
    return np.log10(10000 * power + 1).T.astype(np.float32)
