"""Music as long as an editor's, put together from the bundled demo library, in every common format.

Ten minutes in six formats take longer to write than to measure by: what was written once is kept where the synthetic
catalogues are.
"""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from bgm_finder import paths
from tests.audio import sound_files
from tests.benchmarks import _synthetic

FORMATS = ("16.wav", "a.flac", "a.mp3", "a.ogg", "a.m4a", "a.opus")


def write(folder: Path, minutes: float, names: tuple[str, ...] = FORMATS) -> list[Path]:
    """Write the same music under each name, in the format that the name asks for; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = _synthetic.CACHE / f"music of {minutes:g} minutes"
    _keep(kept, minutes, [name for name in names if not (kept / name).exists()])
    return [shutil.copy(kept / name, folder / name) for name in names]


def _keep(kept: Path, minutes: float, names: list[str]) -> None:
    """Write files to be kept; one that another run is still writing is not there yet."""
    if not names:
        return
    kept.mkdir(parents=True, exist_ok=True)
    samples, rate_hz = music(minutes)
    with tempfile.TemporaryDirectory(dir=kept) as draft:
        for name in names:
            sound_files.write(Path(draft, name), samples, rate_hz).replace(kept / name)


def music(minutes: float) -> tuple[np.ndarray, int]:
    """Return so many minutes of the demo library, one track after the other, float32, (frames, 2), and its rate in Hz.

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
