"""Whole tracks as pictures on disk, one byte a point: what the training draws its windows from.

A track is stored once, as dB below its loudest point; windows are cut from it and scaled as the network will see them.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from bgm_finder.similarity import patches

Bytes = NDArray[np.uint8]

STORED_RANGE_DB = 100.0
"""More than a window shows, for the quiet stretches of a loud track."""
STEP_S = patches.EAR_NOTES.hop_length / patches.EAR.rate_hz
"""Windows of an ear's stored pictures begin at whole steps of so many seconds."""
_DB_PER_STEP = STORED_RANGE_DB / 255


@dataclass(frozen=True, slots=True)
class StoredTrack:
    """One track as pictures, each uint8, (bands, frames)."""

    path: Path
    input_spec: patches.InputSpec
    pictures: tuple[Bytes, ...]

    @property
    def steps(self) -> int:
        """How many columns of the slowest picture there are: windows start at whole ones."""
        return int(self.pictures[-1].shape[1])

    def window(self, start_step: int) -> list[Bytes]:
        """Cut a window's pictures, uint8 in dB steps; a track shorter than the window is repeated."""
        cuts = []
        slowest = self.input_spec.pictures[-1]
        for kind, picture in zip(self.input_spec.pictures, self.pictures, strict=True):
            first = start_step * slowest.hop_length // kind.hop_length
            columns = np.arange(first, first + kind.frames) % picture.shape[1]
            cuts.append(picture[:, columns])
        return cuts

    def last_start(self) -> int:
        """Return the last step at which a whole window begins; 0 where the track is shorter than one."""
        return max(0, self.steps - self.input_spec.pictures[-1].frames)


def as_units(steps: Bytes) -> NDArray[np.float32]:
    """Return windows of dB steps, (..., bands, frames), as the network sees them, by their own loudest point."""
    decibels = steps.astype(np.float32) * _DB_PER_STEP
    loudest = decibels.max(axis=(-2, -1), keepdims=True)
    units = np.maximum(0.0, 1.0 + (decibels - loudest) / patches.RANGE_DB)
    return np.asarray(np.where(loudest > 0, units, 0.0), np.float32)


def read_mono(path: Path, rate_hz: int, seconds: float | None = None) -> patches.Floats:
    """Return the sound of a file, mono, float32, (n,), at a rate of one's choice."""
    with soundfile.SoundFile(path) as file:
        frames = -1 if seconds is None else round(seconds * file.samplerate)
        samples = file.read(frames, dtype="float32", always_2d=True).mean(axis=1)
        return np.asarray(soxr.resample(samples, file.samplerate, rate_hz), np.float32)


def load_or_make(path: Path, input_spec: patches.InputSpec, folder: Path) -> StoredTrack:
    """Return a track's pictures from the store, making them first where they are not there yet."""
    stored = folder / f"{hashlib.sha1(f'{input_spec.name} {path}'.encode()).hexdigest()}.npz"
    if not stored.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(stored, [_as_steps(picture) for picture in _whole(read_mono(path, input_spec.rate_hz), input_spec)])
    with np.load(stored) as held:
        return StoredTrack(path, input_spec, tuple(held[f"arr_{number}"] for number in range(len(input_spec.pictures))))


def _whole(samples: patches.Floats, input_spec: patches.InputSpec) -> list[patches.Floats]:
    return [patches.decibels(samples, input_spec.rate_hz, kind) for kind in input_spec.pictures]


def _as_steps(decibels: patches.Floats) -> Bytes:
    loudest = float(decibels.max())
    if loudest <= -99.0:
        return np.zeros(decibels.shape, np.uint8)
    return np.asarray(np.clip(np.rint(255 + (decibels - loudest) / _DB_PER_STEP), 0, 255), np.uint8)


def _write(target: Path, pictures: Sequence[Bytes]) -> None:
    """Write beside and renames; under a name of its own, as two trainings may make the same pictures."""
    part = target.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez(file, *pictures)
    part.replace(target)
