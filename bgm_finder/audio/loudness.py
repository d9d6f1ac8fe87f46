"""How loud a track is to the ear: integrated loudness and true peak after ITU-R BS.1770-4."""

from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray

from bgm_finder.audio.source import Floats

_STEPS_A_SECOND = 10
_STEPS_A_BLOCK = 4
"""Blocks of 400 ms that overlap by three quarters."""
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_DB = -0.691
_SURROUND = {5: (1.0, 1.0, 1.0, 1.41, 1.41), 6: (1.0, 1.0, 1.0, 0.0, 1.41, 1.41)}
"""Weights of the channels L R C (LFE) Ls Rs; all other layouts count each channel once."""

_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_SHELF_SLOPE = 0.4996667741545416
_PASS_HZ, _PASS_Q = 38.13547087602444, 0.5003270373238773
"""The analogue filters behind the coefficients that the standard gives for 48 kHz only."""
_RESPONSE_S = 0.1
"""The filters' answer to one click has died away by then: to 4e-12."""
_OVERSAMPLED_HZ = 176_400
_PIECE_S = 10.0


class LoudnessMeter:
    """Take a sound in blocks of any size."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._step = rate_hz // _STEPS_A_SECOND
        self._weights = np.array(_SURROUND.get(channels, (1.0,) * channels))
        self._tail = np.zeros((len(_response(rate_hz)) - 1, channels), np.float32)
        self._rest = np.zeros((0, channels), np.float32)
        self._steps: list[NDArray[np.float64]] = []

    def add(self, samples: Floats) -> None:
        """Take the next samples, float32, (frames, channels)."""
        if not len(samples):
            return
        sound = np.concatenate([self._rest, self._weighted(samples)])
        whole = len(sound) // self._step * self._step
        self._rest = sound[whole:]
        steps = np.ascontiguousarray(sound[:whole].reshape(-1, self._step, sound.shape[1]).transpose(0, 2, 1))
        sums = np.matmul(steps[:, :, None, :], steps[:, :, :, None])[:, :, 0, 0]  # ten times as fast as squares' means
        self._steps.append(sums.astype(np.float64) @ self._weights / self._step)

    def integrated_lufs(self) -> float:
        """Return the loudness of all that was taken, -inf where nothing was loud enough to count."""
        steps = np.concatenate(self._steps) if self._steps else np.zeros(0)
        if 0 < len(steps) < _STEPS_A_BLOCK:  # shorter than one block: a sound effect is measured as it is
            steps = np.full(_STEPS_A_BLOCK, steps.mean())
        sums = np.concatenate([[0.0], np.cumsum(steps)])
        blocks = (sums[_STEPS_A_BLOCK:] - sums[:-_STEPS_A_BLOCK]) / _STEPS_A_BLOCK
        return _gated(np.maximum(blocks, 0.0))

    def _weighted(self, samples: Floats) -> Floats:
        """Return the samples as the ear weighs them, going on from the block before."""
        response = _response(self._rate_hz)
        sound = np.concatenate([self._tail, samples])
        self._tail = sound[len(sound) - len(response) + 1 :]
        return _convolved(sound, response)


def integrated_lufs(samples: Floats, rate_hz: int) -> float:
    """Return the loudness of samples, float32, (frames, channels) or (frames,), in LUFS; -inf for silence."""
    samples = samples[:, None] if samples.ndim == 1 else samples
    meter = LoudnessMeter(rate_hz, samples.shape[1])
    for start in range(0, len(samples), int(_PIECE_S * rate_hz)):
        meter.add(samples[start : start + int(_PIECE_S * rate_hz)])
    return meter.integrated_lufs()


class PeakMeter:
    """Take a sound in blocks and find the peak of the curve between the samples."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        times = 1 << max(0, int(np.ceil(np.log2(_OVERSAMPLED_HZ / rate_hz))))
        self._resampler = soxr.ResampleStream(rate_hz, rate_hz * times, channels, quality="HQ")
        self._empty = np.zeros((0, channels), np.float32)
        self._peak = 0.0

    def add(self, samples: Floats) -> None:
        """Take the next samples, float32, (frames, channels)."""
        self._see(samples)
        self._see(self._resampler.resample_chunk(samples))

    def true_peak_dbtp(self) -> float:
        """Take the end of the sound and return the peak, -inf for silence."""
        self._see(self._resampler.resample_chunk(self._empty, last=True))
        return float(20 * np.log10(self._peak)) if self._peak > 0 else -np.inf

    def _see(self, samples: Floats) -> None:
        if len(samples):
            self._peak = max(self._peak, float(samples.max()), -float(samples.min()))


def true_peak_dbtp(samples: Floats, rate_hz: int) -> float:
    """Return the true peak of samples, float32, (frames, channels) or (frames,), in dBTP; -inf for silence."""
    samples = samples[:, None] if samples.ndim == 1 else samples
    meter = PeakMeter(rate_hz, samples.shape[1])
    for start in range(0, len(samples), int(_PIECE_S * rate_hz)):
        meter.add(np.ascontiguousarray(samples[start : start + int(_PIECE_S * rate_hz)]))
    return meter.true_peak_dbtp()


def _gated(blocks: NDArray[np.float64]) -> float:
    loud = blocks[blocks > _power(_ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return -np.inf
    loud = loud[loud > _power(_lufs(loud.mean()) + _RELATIVE_GATE_LU)]
    return _lufs(loud.mean())


def _lufs(power: float) -> float:
    return float(_OFFSET_DB + 10 * np.log10(power))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))


@lru_cache(maxsize=4)
def _response(rate_hz: int) -> Floats:
    """Return the answer of both filters to one click, float32, (n,)."""
    length = int(_RESPONSE_S * rate_hz)
    n_fft = 1 << (4 * length).bit_length()
    delay = np.exp(-2j * np.pi * np.arange(n_fft // 2 + 1) / n_fft)
    powers = np.stack([delay**0, delay, delay**2])
    spectrum = np.ones(len(delay), complex)
    for above, below in (_shelf(rate_hz), _high_pass(rate_hz)):
        spectrum *= (np.array(above) @ powers) / (np.array(below) @ powers)
    return np.asarray(np.fft.irfft(spectrum)[:length], np.float32)


def _shelf(rate_hz: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    k = np.tan(np.pi * _SHELF_HZ / rate_hz)
    high = 10 ** (_SHELF_DB / 20)
    middle = high**_SHELF_SLOPE
    above = (high + middle * k / _SHELF_Q + k * k, 2 * (k * k - high), high - middle * k / _SHELF_Q + k * k)
    return above, _poles(k, _SHELF_Q)


def _high_pass(rate_hz: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    k = np.tan(np.pi * _PASS_HZ / rate_hz)
    scale = 1 + k / _PASS_Q + k * k
    # the standard's numerator is 1 -2 1 against a denominator that begins with 1
    return (scale, -2 * scale, scale), _poles(k, _PASS_Q)


def _poles(k: float, q: float) -> tuple[float, float, float]:
    return 1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k


def _convolved(sound: Floats, response: Floats) -> Floats:
    """Return the part of the convolution for which all input is there, by pieces of FFT length."""
    n_fft = 1 << (4 * len(response)).bit_length()
    piece = n_fft - len(response) + 1
    spectrum = np.fft.rfft(response, n_fft)[:, None]
    out = np.empty((len(sound) - len(response) + 1, sound.shape[1]), np.float32)
    for start in range(0, len(out), piece):
        part = np.fft.irfft(np.fft.rfft(sound[start : start + n_fft], n_fft, axis=0) * spectrum, n_fft, axis=0)
        out[start : start + piece] = part[len(response) - 1 :][: len(out) - start]
    return out
