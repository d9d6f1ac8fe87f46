"""From sound to what the networks look at: every number that ties a network to its input stands here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from bgm_finder import mel

Floats = mel.Floats
Spectra: TypeAlias = Callable[[Floats, int, int], Floats]
"""Return the power spectra of samples by n_fft and hop length, as mel.power_spectra does."""

RANGE_DB = 80.0
"""A picture shows this much below its own loudest point, so that the level of a recording does not matter."""
SILENT_PEAK = 1e-4
"""A window that never rises above -80 dB of full scale is silence, dither or the noise of a converter."""
LOWEST_NOTE_HZ = 55.0
NOTES_PER_OCTAVE = 12


@dataclass(frozen=True, slots=True)
class PictureKind:
    """How one picture of a window is made."""

    scale: str
    """"mel", "linear" (plain frequency bins) or "notes" (a band per semitone)."""
    n_fft: int
    hop_length: int
    bands: int
    frames: int
    low_hz: float = 0.0
    size: tuple[int, int] | None = None
    """(rows, columns) that the picture is stretched to, or None to keep (bands, frames)."""

    @property
    def shape(self) -> tuple[int, int]:
        return self.size or (self.bands, self.frames)


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What a network wants to be shown: which windows of a track, and which pictures of each."""

    name: str
    rate_hz: int
    window_s: float
    windows: int
    """How many windows, spread over a track, stand for the whole; 1 means the first window_s seconds."""
    pictures: tuple[PictureKind, ...]

    @property
    def window_frames(self) -> int:
        return round(self.window_s * self.rate_hz)


EAR_MEL = PictureKind("mel", n_fft=2048, hop_length=735, bands=80, frames=192, low_hz=30.0)
EAR_NOTES = PictureKind("notes", n_fft=8192, hop_length=5880, bands=72, frames=24)
EAR = InputSpec("ear", 22050, window_s=6.4, windows=4, pictures=(EAR_MEL, EAR_NOTES))

ARTICLE_MEL = InputSpec("article-mel", 8000, 24.0, 1, (PictureKind("mel", 1024, 256, 128, 751, size=(224, 224)),))
ARTICLE_LINEAR = InputSpec(
    "article-linear", 8000, 24.0, 1, (PictureKind("linear", 1024, 256, 513, 751, size=(224, 224)),)
)

INPUTS = {input_spec.name: input_spec for input_spec in (EAR, ARTICLE_MEL, ARTICLE_LINEAR)}


def window_starts(duration_s: float, input_spec: InputSpec) -> list[float]:
    """Return where the windows of a track begin, in seconds: each in the middle of its equal share of the track."""
    last_s = max(0.0, duration_s - input_spec.window_s)
    if input_spec.windows == 1 or last_s == 0.0:
        return [0.0]
    share_s = duration_s / input_spec.windows
    centres_s = [(number + 0.5) * share_s for number in range(input_spec.windows)]
    return [min(last_s, max(0.0, centre_s - input_spec.window_s / 2)) for centre_s in centres_s]


def is_silent(window: Floats) -> bool:
    """Return whether a window, float32, (n,), holds nothing that could be like anything."""
    return float(np.abs(window).max(initial=0.0)) <= SILENT_PEAK


def pictures(window: Floats, input_spec: InputSpec, spectra: Spectra = mel.power_spectra) -> list[Floats]:
    """Return the pictures of one window, 0 (RANGE_DB below the loudest, or silence) to 1, each float32, kind.shape.

    window: mono samples at input_spec.rate_hz, float32, (n,); a short one is repeated, a long one cut.
    """
    samples = _fitted(np.asarray(window, np.float32), input_spec.window_frames)
    return [
        _stretched(unit_scale(decibels(samples, input_spec.rate_hz, kind, spectra)), kind)
        for kind in input_spec.pictures
    ]


def decibels(samples: Floats, rate_hz: int, kind: PictureKind, spectra: Spectra = mel.power_spectra) -> Floats:
    """Return the power in dB of each band and frame, float32, (bands, frames), for sound of any length."""
    power = spectra(samples, kind.n_fft, kind.hop_length).T
    if kind.scale != "linear":
        filters = _filters(kind, rate_hz)
        power = filters @ power[: filters.shape[1]]
    return mel.power_to_db(power, range_db=None)


def unit_scale(decibels: Floats) -> Floats:
    """Return dB as 0 to 1: the loudest point is 1, RANGE_DB below it and digital silence are 0."""
    loudest = float(decibels.max(initial=-100.0))
    if loudest <= -99.0:
        return np.zeros_like(decibels)
    return np.asarray(np.maximum(0.0, 1.0 + (decibels - loudest) / RANGE_DB), np.float32)


def note_filters(rate_hz: int, n_fft: int, bands: int) -> Floats:
    """Return triangular filters a semitone to each side of every note, float32, (bands, n_fft // 2 + 1)."""
    bins_hz = np.fft.rfftfreq(n_fft, 1.0 / rate_hz)
    notes = NOTES_PER_OCTAVE * np.log2(np.maximum(bins_hz, 1.0) / LOWEST_NOTE_HZ)
    triangles = np.maximum(0.0, 1.0 - np.abs(notes[None, :] - np.arange(bands)[:, None]))
    return np.asarray(triangles / np.maximum(triangles.sum(axis=1, keepdims=True), 1e-6), np.float32)


@lru_cache(maxsize=8)
def _filters(kind: PictureKind, rate_hz: int) -> Floats:
    """Return the filters, (bands, bins), without the high bins that no note reaches."""
    if kind.scale == "notes":
        filters = note_filters(rate_hz, kind.n_fft, kind.bands)
        return np.ascontiguousarray(filters[:, : np.flatnonzero(filters.any(axis=0))[-1] + 1])
    return mel.mel_filters(rate_hz, kind.n_fft, kind.bands, kind.low_hz)


def _fitted(samples: Floats, length: int) -> Floats:
    if len(samples) >= length:
        return samples[:length]
    return np.resize(samples, length) if len(samples) else np.zeros(length, np.float32)


def _stretched(picture: Floats, kind: PictureKind) -> Floats:
    picture = picture[:, : kind.frames]
    if kind.size is None:
        return picture
    rows, columns = kind.size
    return _resize_columns(_resize_columns(picture, columns).T, rows).T.astype(np.float32)


def _resize_columns(picture: Floats, columns: int) -> Floats:
    """Return each new column as the mean of the stretch of old ones that it covers."""
    edges = np.linspace(0, picture.shape[1], columns + 1)
    summed = np.concatenate([np.zeros((len(picture), 1)), np.cumsum(picture, axis=1, dtype=np.float64)], axis=1)
    below = np.minimum(edges.astype(int), picture.shape[1] - 1)
    at_edges = summed[:, below] + (edges - below) * picture[:, below]
    return np.asarray(np.diff(at_edges, axis=1) / np.diff(edges), np.float32)
