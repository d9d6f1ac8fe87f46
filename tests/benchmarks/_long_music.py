"""Music as long as an editor's, put together from the bundled demo library, in every common format."""

from pathlib import Path

import numpy as np
import soundfile

from bgm_finder import paths
from tests.audio import sound_files

FORMATS = ("16.wav", "a.flac", "a.mp3", "a.ogg", "a.m4a", "a.opus")


def write(folder: Path, minutes: float, names: tuple[str, ...] = FORMATS) -> list[Path]:
    """Writes the same music under each name, in the format that the name asks for; gives the paths."""
    samples, rate_hz = music(minutes)
    folder.mkdir(parents=True, exist_ok=True)
    return [sound_files.write(folder / name, samples, rate_hz) for name in names]


def music(minutes: float) -> tuple[np.ndarray, int]:
    """Gives so many minutes of the demo library, one track after the other, float32, (frames, 2), and its rate in Hz.

    A little noise makes every place unlike any other: the demo's own loops repeat to the sample.
    """
    parts, done, wanted, rate_hz = [], 0, 1, sound_files.RATE_HZ
    tracks = sorted(paths.resource("demo").glob("*.ogg"))
    while done < wanted:
        track = tracks[len(parts) % len(tracks)]
        samples, rate_hz = soundfile.read(track, dtype="float32", always_2d=True)
        wanted = round(minutes * 60 * rate_hz)
        parts.append(samples[: wanted - done])
        done += len(parts[-1])
    noise = np.random.default_rng(0).normal(0.0, 0.003, (wanted, 2))
    return np.clip(np.concatenate(parts) + noise, -1.0, 1.0).astype(np.float32), rate_hz
