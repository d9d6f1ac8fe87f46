"""Beats per minute, estimated; for the analysis workers, as librosa must not be loaded in the window's process."""

import numpy as np

from bgm_finder.audio.source import Floats
from bgm_finder.mel import mel_power, power_to_db

_SHORTEST_S = 4.0
_LONGEST_S = 120.0
_N_FFT, _HOP, _BANDS = 2048, 512, 128
_LIKELIEST_BPM = 110.0
_LOWEST_BPM, _HIGHEST_BPM = 40.0, 240.0
_SILENCE = 1e-4
_FAINTEST_ONSETS_DB = 0.1
"""A tone that simply stays varies by a tenth of this, a drum by thirty times."""
_WEAKEST_PULSE = 0.1
"""A pulse whose autocorrelation is weaker than this share of the whole is none: drones, noise, speech."""


def estimate_bpm(samples: Floats, rate_hz: int) -> float | None:
    """Return the tempo of mono samples, float32, (n,), or None where there is no pulse.

    22,050 Hz are enough. Half and double tempo cannot be told apart for sure.
    """
    if len(samples) < _SHORTEST_S * rate_hz or float(np.abs(samples).max()) < _SILENCE:
        return None
    from librosa.feature import tempo
    from librosa.onset import onset_strength

    spare = max(0, len(samples) - int(_LONGEST_S * rate_hz)) // 2
    middle = samples[spare : len(samples) - spare]
    # librosa's own mel picture is the same, in half as much time again
    picture = power_to_db(mel_power(middle, rate_hz, _N_FFT, _HOP, _BANDS))
    onsets = onset_strength(S=picture, sr=rate_hz, hop_length=_HOP)
    if onsets.std() < _FAINTEST_ONSETS_DB or _pulse(onsets, rate_hz / _HOP) < _WEAKEST_PULSE:
        return None
    estimate = tempo(onset_envelope=onsets, sr=rate_hz, hop_length=_HOP, start_bpm=_LIKELIEST_BPM)
    bpm = float(estimate[0])
    return round(_sharpened(onsets, bpm, rate_hz / _HOP), 1) if _LOWEST_BPM <= bpm <= _HIGHEST_BPM else None


def _pulse(onsets: Floats, frames_a_second: float) -> float:
    """Return how clearly the onsets repeat, 0 to 1: the strongest autocorrelation at any lag of a beat."""
    repeats = _autocorrelation(onsets)
    lags = repeats[int(60 / _HIGHEST_BPM * frames_a_second) : int(60 / _LOWEST_BPM * frames_a_second)]
    return float(lags.max() / repeats[0]) if len(lags) and repeats[0] > 0 else 0.0


def _sharpened(onsets: Floats, bpm: float, frames_a_second: float) -> float:
    """Refine a tempo, which whole frames give in coarse steps, by the lag of eight beats."""
    repeats = _autocorrelation(onsets)
    for beats in (2, 4, 8):
        lag = beats * 60 / bpm * frames_a_second
        spread = 60 / bpm * frames_a_second / 4
        first, last = int(lag - spread), int(lag + spread) + 2
        if last + 1 >= len(repeats) // 2:
            break
        best = first + int(np.argmax(repeats[first:last]))
        bpm = 60 * beats * frames_a_second / (best + _bend(repeats, best))
    return bpm


def _bend(values: Floats, peak: int) -> float:
    """Return how far the top of a parabola through three points lies from the middle one, where that is the highest."""
    before, at, after = (float(value) for value in values[peak - 1 : peak + 2])
    if at <= max(before, after):  # the top lies elsewhere, maybe far away
        return 0.0
    return 0.5 * (before - after) / (before - 2 * at + after)


def _autocorrelation(values: Floats) -> Floats:
    centred = values - values.mean()
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2)[: len(centred)], np.float32)
