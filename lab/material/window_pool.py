"""All stored tracks at hand, and batches of windows cut from them as dB pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bgm_finder.similarity import patches
from lab.ear.augment import Windows
from lab.material import picture_store
from lab.material.picture_store import StoredTrack

WINDOW_STEPS = patches.EAR_NOTES.frames
"""A window's length in steps of the notes' picture; windows of the grid lie this far apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """One window: a track's number in the pool and the step that it begins at."""

    track: int
    step: int


class WindowPool:
    """Tracks held in memory as bytes (ten megabytes an hour)."""

    def __init__(self, files: Sequence[Path], store: Path) -> None:
        self.tracks: list[StoredTrack] = [picture_store.load_or_make(path, patches.EAR, store) for path in files]

    def grid(self, tracks: Sequence[int], most: int | None = None) -> list[Place]:
        """Return windows side by side over the tracks; where there are more than most in one, evenly chosen ones."""
        return [Place(track, int(step)) for track in tracks for step in self._steps(track, most)]

    def anywhere(self, track: int, rng: np.random.Generator) -> Place:
        """Return one window from anywhere in a track."""
        return Place(track, int(rng.integers(0, self.tracks[track].last_start() + 1)))

    def cut(self, places: Sequence[Place]) -> Windows:
        """Return the windows' pictures in dB."""
        cuts = [self.tracks[place.track].window(place.step) for place in places]
        return Windows(_decibels([mel for mel, _ in cuts]), _decibels([notes for _, notes in cuts]))

    def batches(self, places: Sequence[Place], size: int = 128) -> Iterator[Windows]:
        """Return the windows' pictures in batches, in order."""
        for start in range(0, len(places), size):
            yield self.cut(places[start : start + size])

    def _steps(self, track: int, most: int | None) -> NDArray[np.integer]:
        steps = np.arange(0, self.tracks[track].last_start() + 1, WINDOW_STEPS)
        if most is None or len(steps) <= most:
            return steps
        return np.asarray(steps[np.unique(np.linspace(0, len(steps) - 1, most).round().astype(int))])


def speech_windows(pool: WindowPool) -> Windows:
    """Return overlapping windows of all tracks of a pool of speech."""
    places = [
        Place(number, step)
        for number, track in enumerate(pool.tracks)
        for step in range(0, track.last_start() + 1, WINDOW_STEPS // 4)
    ]
    return pool.cut(places)


def _decibels(cuts: list[picture_store.Bytes]) -> Tensor:
    steps = torch.from_numpy(np.stack(cuts)).float()
    return (steps - 255.0) * (picture_store.STORED_RANGE_DB / 255)
