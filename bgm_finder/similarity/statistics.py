"""What can be measured of a window's pictures without learning: bands, notes, and how the onsets repeat.

Fixed arithmetic in torch, so that it runs inside the network and its training.
"""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

ONSET_GROUPS = 4
LAGS_PER_OCTAVE = 8
LAGS = 44
SHORTEST_LAG = 2.0
"""In frames; the longest is 83 of them, 2.8 s."""
OCTAVE = 12


def measured(mel: Tensor, notes: Tensor) -> Tensor:
    """Return what is measured of each window, (windows, measures), of (windows, bands, frames) pictures."""
    return torch.cat([_bands(mel), _notes(notes), _rhythm(mel)], dim=1)


def _bands(mel: Tensor) -> Tensor:
    """Each band's level, spread and movement."""
    movement = (mel[:, :, 1:] - mel[:, :, :-1]).abs().mean(dim=2)
    return torch.cat([mel.mean(dim=2), mel.std(dim=2), movement], dim=1)


def _notes(notes: Tensor) -> Tensor:
    """Each note's level, and the octave's twelve: by the loudest octave, and by what stands out of its neighbours."""
    level = _centred(notes.mean(dim=2))
    loudest = _centred(_by_octave(notes).amax(dim=1))
    around = F.avg_pool1d(notes.transpose(1, 2), 5, stride=1, padding=2, count_include_pad=False).transpose(1, 2)
    outstanding = _by_octave(F.relu(notes - around)).mean(dim=1)
    parts = [level, loudest.mean(dim=2), loudest.std(dim=2), outstanding.mean(dim=2), outstanding.std(dim=2)]
    return torch.cat(parts, dim=1)


def _by_octave(notes: Tensor) -> Tensor:
    """Return notes by octave, (windows, octaves, 12, frames)."""
    return notes.reshape(len(notes), -1, OCTAVE, notes.shape[2])


def _centred(values: Tensor) -> Tensor:
    return values - values.mean(dim=1, keepdim=True)


def _rhythm(mel: Tensor) -> Tensor:
    """How strongly the onsets of a few groups of bands repeat, over lags that grow evenly in octaves.

    Even in octaves, a tempo two percent off moves every lag by the same small part of a step.
    """
    onsets = F.relu(mel[:, :, 1:] - mel[:, :, :-1])
    groups = onsets.reshape(len(mel), ONSET_GROUPS, -1, onsets.shape[2]).mean(dim=2)
    groups = groups - groups.mean(dim=2, keepdim=True)
    frames = groups.shape[2]
    repeats = torch.fft.irfft(torch.fft.rfft(groups, n=2 * frames).abs() ** 2)[:, :, :frames]
    return torch.flatten(repeats / (repeats[:, :, :1] + 1e-4) @ _lag_shares(frames).T, 1)


def _lag_shares(frames: int) -> Tensor:
    """Return how much each frame's lag counts for each step, (steps, frames); each row sums to 1."""
    steps = SHORTEST_LAG * 2.0 ** (torch.arange(LAGS) / LAGS_PER_OCTAVE)
    lags = torch.arange(frames).clamp(min=0.5)
    in_octaves = F.relu(1 - 6 * (torch.log2(lags)[None] - torch.log2(steps)[:, None]).abs())
    nearest = F.relu(1 - (lags[None] - steps[:, None]).abs())
    shares = in_octaves + 0.2 * nearest
    return shares / shares.sum(dim=1, keepdim=True)
