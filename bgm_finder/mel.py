"""Mel filters and decibels, for the picture and for the network alike.

Follows librosa's definitions (Slaney's mel scale and area normalisation, periodic Hann window, centred frames padded
with zeros), so that its documentation holds here too: https://librosa.org/doc/main/generated/librosa.feature.melspectrogram.html
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_HZ_PER_MEL = 200.0 / 3
_LOG_FROM_HZ = 1000.0
_LOG_FROM_MEL = _LOG_FROM_HZ / _HZ_PER_MEL
_LOG_STEP = np.log(6.4) / 27.0
_SAMPLES_AT_ONCE = 1 << 15
"""What is transformed in one block stays in the processor's cache: half the time of long blocks."""


def hz_to_mel(hz: float | NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the place on Slaney's mel scale: linear below 1 kHz, logarithmic above."""
    hz = np.asarray(hz, dtype=np.float64)
    high = _LOG_FROM_MEL + np.log(np.maximum(hz, 1e-9) / _LOG_FROM_HZ) / _LOG_STEP
    return np.where(hz < _LOG_FROM_HZ, hz / _HZ_PER_MEL, high)


def mel_to_hz(mel: float | NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the frequency of a place on Slaney's mel scale."""
    mel = np.asarray(mel, dtype=np.float64)
    high = _LOG_FROM_HZ * np.exp(_LOG_STEP * (mel - _LOG_FROM_MEL))
    return np.where(mel < _LOG_FROM_MEL, mel * _HZ_PER_MEL, high)


def band_centres_hz(bands: int, low_hz: float, high_hz: float) -> NDArray[np.float64]:
    """Return the bands + 2 corner frequencies of the filters; band i spans corners i to i + 2 and peaks at i + 1."""
    return mel_to_hz(np.linspace(hz_to_mel(low_hz), hz_to_mel(high_hz), bands + 2))


@lru_cache(maxsize=8)
def mel_filters(rate_hz: int, n_fft: int, bands: int, low_hz: float = 0.0, high_hz: float | None = None) -> Floats:
    """Return the triangular filters, float32, (bands, n_fft // 2 + 1), each of equal area."""
    corners = band_centres_hz(bands, low_hz, high_hz or rate_hz / 2)
    bins = np.fft.rfftfreq(n_fft, 1.0 / rate_hz)
    widths = np.diff(corners)
    slopes = corners[:, None] - bins[None, :]
    rising = -slopes[:-2] / widths[:-1, None]
    falling = slopes[2:] / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    filters: Floats = np.asarray(triangles * (2.0 / (corners[2:] - corners[:-2]))[:, None], np.float32)
    filters.setflags(write=False)
    return filters


@lru_cache(maxsize=8)
def hann(n_fft: int) -> Floats:
    """Return the periodic Hann window, float32, (n_fft,)."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)).astype(np.float32)


def power_spectra(samples: Floats, n_fft: int, hop_length: int, centred: bool = True) -> Floats:
    """Return the power spectrum of each frame, float32, (frames, n_fft // 2 + 1), of mono samples, float32, (n,).

    Centred frames give 1 + n // hop_length of them; others 1 + (n - n_fft) // hop_length, or none.
    """
    if centred:
        samples = np.pad(samples, n_fft // 2)
    if len(samples) < n_fft:
        return np.zeros((0, n_fft // 2 + 1), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, n_fft)[::hop_length]
    power = np.empty((len(frames), n_fft // 2 + 1), np.float32)
    at_once = max(1, _SAMPLES_AT_ONCE // n_fft)
    for start in range(0, len(frames), at_once):
        spectra = np.fft.rfft(frames[start : start + at_once] * hann(n_fft))
        power[start : start + at_once] = spectra.real**2 + spectra.imag**2
    return power


def mel_power(
    samples: Floats,
    rate_hz: int,
    n_fft: int,
    hop_length: int,
    bands: int,
    low_hz: float = 0.0,
    high_hz: float | None = None,
    centred: bool = True,
) -> Floats:
    """Return the power in each mel band, float32, (bands, frames), of mono samples, float32, (n,)."""
    filters = mel_filters(rate_hz, n_fft, bands, low_hz, high_hz)
    return filters @ power_spectra(samples, n_fft, hop_length, centred).T


def power_to_db(power: Floats, reference: float = 1.0, floor: float = 1e-10, range_db: float | None = 80.0) -> Floats:
    """Return power in dB above the reference; nothing lies more than range_db below the loudest value."""
    decibels = 10.0 * np.log10(np.maximum(power, floor)) - 10.0 * np.log10(max(reference, floor))
    if range_db is not None and decibels.size:
        decibels = np.maximum(decibels, decibels.max() - range_db)
    return np.asarray(decibels, np.float32)
