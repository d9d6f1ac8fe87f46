"""A second teacher: aisfx (weights CC BY 4.0), which tells the sounds of effect libraries apart; read from its wheel.

The network: Ma and Lerch, "Representation Learning for the Automatic Indexing of Sound Effects Libraries", 2022.
The pictures are our own, made after the numbers that its authors give.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

from bgm_finder import mel

Floats = NDArray[np.float32]

RATE_HZ = 44100
_N_FFT, _HOP_LENGTH, _BANDS = 2048, 1024, 96
_BLOCK_FRAMES = 100
_LOUDEST = 9.457798957824707
"""What the authors divide their pictures by."""
_EPSILON = 1e-5
"""PyTorch's default for batch normalisation."""
_COUNTS: list[Any] = [
    (np.float64(0).__reduce__()[0], "numpy.core.multiarray.scalar"),
    np.dtype,
    type(np.dtype(np.int64)),
]
"""How the file holds the numbers of its classes, beside the weights; nothing else in it may be code."""


class Aisfx:
    """The network of the package's checkpoint.pth."""

    def __init__(self, checkpoint: Path) -> None:
        with torch.serialization.safe_globals(_COUNTS):
            numbers, _ = torch.load(checkpoint, map_location="cpu", weights_only=True)
        self._numbers: dict[str, Tensor] = numbers

    def hear(self, samples: list[Floats]) -> Floats:
        """Return the features of windows of equal length: float32, (windows, 512), of mono, float32, (n,), at RATE_HZ.

        A feature is the mean over blocks of 2.3 s, half of each block shared with the next.
        """
        blocks = [blocks_of(picture_of(window)) for window in samples]
        with torch.inference_mode():
            heard = self._forward(torch.from_numpy(np.concatenate(blocks))[:, None]).numpy()
        ends = np.cumsum([len(part) for part in blocks])[:-1]
        return np.stack([part.mean(axis=0) for part in np.split(heard, ends)])

    def _forward(self, shown: Tensor) -> Tensor:
        """shown: (blocks, 1, frames, bands)."""
        for number in (1, 2, 3, 4):
            shown = self._convolved(self._convolved(shown, number, 1), number, 2)
            if number < 4:
                shown = F.max_pool2d(shown, 2)
        return shown.mean(dim=3).amax(dim=2)

    def _convolved(self, shown: Tensor, stage: int, layer: int) -> Tensor:
        block = f"embedding_net.conv_block{stage}"
        mean, variance, scale, shift = (
            self._numbers[f"{block}.bn{layer}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")
        )
        maps = F.conv2d(shown, self._numbers[f"{block}.conv{layer}.weight"], padding=1)
        return F.relu(F.batch_norm(maps, mean, variance, scale, shift, eps=_EPSILON))


def picture_of(samples: Floats) -> Floats:
    """Return logarithms of the bands' power of the sound at full level, float32, (frames, bands)."""
    loudest = float(np.abs(samples).max(initial=1e-9))
    power = mel.power_spectra(samples / np.float32(loudest), _N_FFT, _HOP_LENGTH) @ _filters().T
    return np.asarray(np.log10(1 + 10000 * power) / _LOUDEST, np.float32)


def _filters() -> Floats:
    """Return triangles evenly spaced on the older mel scale, each of sum 1, float32, (bands, bins)."""
    highest = 2595 * np.log10(1 + RATE_HZ / 2 / 700)
    corners = 700 * (10 ** (np.linspace(0, highest, _BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_N_FFT, 1 / RATE_HZ)
    rising = (bins - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - bins) / np.diff(corners)[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles / np.maximum(triangles.sum(axis=1, keepdims=True), 1e-9), np.float32)


def blocks_of(picture: Floats) -> Floats:
    starts = range(0, max(1, len(picture) - _BLOCK_FRAMES + 1), _BLOCK_FRAMES // 2)
    return np.stack([picture[start : start + _BLOCK_FRAMES] for start in starts])
