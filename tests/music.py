"""Small real sound files for the tests: a few seconds each, every one unlike the others."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

RATE_HZ = 44_100
FORMATS = ("wav", "flac", "ogg", "mp3", "aiff")


def chord(seed: int, seconds: float) -> np.ndarray:
    """Return a chord with a beat, float32, (frames, 2): notes, timbre and tempo follow from the seed."""
    rng = np.random.default_rng(seed)
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    sound = np.zeros_like(times)
    for note in rng.choice(np.arange(40, 76), 3, replace=False):
        for overtone in range(1, 1 + rng.integers(1, 9)):
            sound += np.sin(2 * np.pi * 440 * 2 ** ((note - 69) / 12) * overtone * times) / overtone**1.5
    beat = np.exp(-((times * rng.uniform(1, 5)) % 1.0) * rng.uniform(0.5, 6))
    sound = 0.25 * sound * beat / np.abs(sound).max() + 0.002 * rng.standard_normal(len(times))
    return np.stack([sound, np.roll(sound, 200)], axis=1).astype(np.float32)


def write_tracks(folder: Path, count: int, seconds: float = 8.0, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write tracks named track00.wav, track01.flac, … and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"track{number:02}.{formats[number % len(formats)]}"
        sound = chord(number, seconds)
        with soundfile.SoundFile(path, "w", RATE_HZ, 2) as file:
            for start in range(0, len(sound), RATE_HZ):  # libsndfile can crash on long blocks of Ogg
                file.write(sound[start : start + RATE_HZ])
        paths.append(path)
    return paths
