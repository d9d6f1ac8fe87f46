"""Folds the channels of a sound to one for analysis and pictures, so that opposite channels do not cancel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.source import Floats
from bgm_finder.mel import hann

_HALVES = np.array([0.5, 0.5], np.float32)
_N_FFT = 2048
_HOP = _N_FFT // 2
_STRETCH = 1 << 17
"""Frames, about 3 s, over which the channels are compared: shorter ones would take chance for opposition."""
_MOMENTS = 8
"""Spectra that stand for a stretch, spread evenly: an eighth of it."""
_BINS_AROUND = 9
_CANCELS, _KEEPS = 0.1, 0.2
"""The power of the sum, in shares of the powers' sum (1 where the channels are unrelated, 0 where they cancel):
below the first all opposite channels are turned over, above the second none, between them in part."""
_ALL = 1e-8
"""The share of all bins in each one: those with next to nothing in them follow the whole."""
_LEADS = 0.25
"""The first channel with at least this share of the loudest one's power keeps its sign."""


def to_mono(samples: Floats) -> Floats:
    """Return the mean of all channels, float32, (frames,), of float32, (frames, channels).

    Where the mean would lose a part of the spectrum, since channels are opposite there, those are turned over first:
    what is left is at least as strong as one of the strongest channels.
    """
    if samples.shape[1] == 1:
        return samples[:, 0]
    edges = np.linspace(0, len(samples), max(1, round(len(samples) / _STRETCH)) + 1).astype(int)
    weights = [_weights(samples[start:end]) for start, end in zip(edges, edges[1:], strict=False)]
    if all(weight is None for weight in weights):
        return _mean(samples)
    same = np.ones((samples.shape[1], _N_FFT // 2 + 1), np.float32)
    return _weighted_mean(samples, edges, np.stack([same if weight is None else weight for weight in weights]))


def _mean(samples: Floats) -> Floats:
    if samples.shape[1] == 2:
        return np.asarray(samples @ _HALVES, np.float32)  # in one go over the memory
    return np.asarray(samples.mean(axis=1), np.float32)


def _weights(samples: Floats) -> Floats | None:
    """Return each channel's factor, -1 to 1, float32, (channels, bins), or None where nothing cancels."""
    spectra = _some_spectra(samples)
    powers = np.stack([_power(channel) for channel in spectra])
    total = _smooth(powers.sum(axis=0))
    if total[0] <= 0.0:
        return None
    kept = _smooth(_power(spectra.sum(axis=0))) / total
    turned = np.clip((_KEEPS - kept) / (_KEEPS - _CANCELS), 0.0, 1.0)
    if not turned.any():
        return None
    around = _smooth(powers)
    leader = np.argmax(around >= _LEADS * around.max(axis=0), axis=0)
    leading = np.take_along_axis(spectra, leader[None, None, :], axis=0)
    is_opposite = _smooth((spectra * leading.conj()).real.sum(axis=1)) < 0.0
    return np.asarray(1.0 - 2.0 * turned * is_opposite, np.float32)


def _some_spectra(samples: Floats) -> NDArray[np.complex64]:
    """Return the spectra of moments spread over the samples, complex64, (channels, moments, bins)."""
    if (missing := _N_FFT - len(samples)) > 0:
        samples = np.pad(samples, ((missing // 2, missing - missing // 2), (0, 0)))
    starts = np.linspace(0, len(samples) - _N_FFT, _MOMENTS).astype(int)
    windows = np.stack([samples[start : start + _N_FFT].T for start in starts], axis=1)
    return np.ascontiguousarray(np.fft.rfft(windows * hann(_N_FFT)), np.complex64)


def _power(spectra: NDArray[np.complex64]) -> Floats:
    """Return the power of all moments together, float32, (bins,), of complex64, (moments, bins)."""
    parts = spectra.view(np.float32)
    squares: Floats = np.einsum("mb,mb->b", parts, parts)
    return squares[0::2] + squares[1::2]


def _smooth(values: Floats) -> NDArray[np.float64]:
    """Return the sums over neighbouring bins, along the last axis, with a little of all others."""
    around = _BINS_AROUND // 2
    padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(around + 1, around)])
    sums = np.cumsum(padded, axis=-1, dtype=np.float64)
    return np.asarray(sums[..., _BINS_AROUND:] - sums[..., :-_BINS_AROUND] + _ALL * sums[..., -1:], np.float64)


def _weighted_mean(samples: Floats, edges: NDArray[np.int_], weights: Floats) -> Floats:
    """Return the mean with each channel's bins weighted, by overlapping spectra: seams between stretches fade.

    weights: float32, (stretches, channels, bins).
    """
    frames = len(samples)
    count = -(-frames // _HOP) + 1
    padded = np.pad(samples.T, ((0, 0), (_HOP, count * _HOP - frames)))
    mono = np.zeros(padded.shape[1], np.float32)
    for number in range(count):
        place = slice(number * _HOP, number * _HOP + _N_FFT)
        stretch = min(int(np.searchsorted(edges, number * _HOP, side="right")), len(weights)) - 1
        spectrum = (np.fft.rfft(padded[:, place] * _fade()) * weights[stretch]).mean(axis=0)
        mono[place] += np.asarray(np.fft.irfft(spectrum), np.float32) * _fade()
    return mono[_HOP : _HOP + frames]


@lru_cache(maxsize=1)
def _fade() -> Floats:
    """Return the square root of the window, whose overlapping squares sum to 1, float32, (n_fft,)."""
    return np.sqrt(hann(_N_FFT))
