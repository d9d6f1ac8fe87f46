"""Tracks a minute on one core, ours beside bliss-audio and musicnn's network, on the same whole files in one run.

BGM_BENCH_MUSIC, where it is set, is a folder with real ogg files to use; else three minutes of the demo library.
MUSICNN, where it is set, is the folder of the checkpoint MSD_musicnn out of the package musicnn. bliss-audio is not
part of any extra: pip install bliss-audio==0.1.11.
"""

import importlib
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402

from bgm_finder.audio.decode import SoundReader, decode, decode_blocks, probe  # noqa: E402
from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.similarity.patches import window_starts  # noqa: E402
from bgm_finder.track import SoundAt  # noqa: E402
from bgm_finder.workflows.analyse import read_windows  # noqa: E402
from bgm_finder.workflows.hear_sections import SectionHearer  # noqa: E402
from lab.teachers.musicnn import RATE_HZ, Musicnn  # noqa: E402
from tests.benchmarks import _long_music  # noqa: E402
from tests.benchmarks._processor_time import MINUTES, least_ms, real_tracks  # noqa: E402

BLISS = "0.1.11"
"""0.2.0 ends at once on processors without AVX-512."""
_MUSICNN_S = 3.0
"""What its network was trained to look at; its own program cuts a file so."""
_TRACKS = 8
_REPEATS = 2

Hear = Callable[[Path], object]


def main() -> list[dict[str, object]]:
    ear = load_embedder()
    ways: dict[str, Hear | str] = {
        "decoding the whole file, nothing else": _decoded,
        "ours, first pass (four windows)": lambda path: read_windows(SoundAt(path), ear),
        "ours, every second embedded": lambda path: _every_second(path, ear),
        f"bliss-audio {BLISS}": _bliss(),
        "musicnn's network, whole file": _musicnn(_whole),
        "musicnn's network, the same four windows": _musicnn(lambda path: _windows(path, ear)),
    }
    with tempfile.TemporaryDirectory() as folder:
        files = real_tracks(_TRACKS) or _long_music.write(Path(folder), MINUTES, ("a.ogg",))
        lengths_s = [probe(path).duration_s for path in files]
        spent = {name: _seconds(way, files) for name, way in ways.items() if callable(way)}
    ours = spent["ours, first pass (four windows)"]
    rows = [_row(name, spent[name], ours, float(np.mean(lengths_s))) for name in spent]
    return rows + [_not_there(name, why, rows[0]) for name, why in ways.items() if isinstance(why, str)]


def _row(name: str, seconds: float, ours: float, length_s: float) -> dict[str, object]:
    return {
        "way": name,
        "mean length, s": round(length_s),
        "processor time a track, s": round(seconds, 3),
        "tracks a minute a core": round(60 / seconds, 1),
        "our first pass is × as fast": round(seconds / ours, 1),
    }


def _not_there(name: str, why: str, like: dict[str, object]) -> dict[str, object]:
    return {**dict.fromkeys(like, "-"), "way": f"{name}: {why}"}


def _seconds(hear: Hear, files: list[Path]) -> float:
    return float(np.mean([least_ms(lambda path=path: hear(path), _REPEATS) for path in files])) / 1000


def _decoded(path: Path) -> None:
    with SoundReader(path) as reader:
        while len(reader.read(10 * reader.rate_hz)):
            pass


def _every_second(path: Path, ear: Embedder) -> None:
    hearer = SectionHearer(ear)
    with SoundReader(path) as reader:
        for samples in decode_blocks(reader, ear.input_spec.rate_hz, mono=True):
            hearer.add(samples)
    hearer.finish()


def _bliss() -> Hear | str:
    try:
        if version("bliss-audio") != BLISS:
            return f"{version('bliss-audio')} is installed instead"
    except PackageNotFoundError:
        return "is not installed"
    song = importlib.import_module("bliss_audio").Song
    return lambda path: song(str(path))


def _musicnn(samples_of: Callable[[Path], np.ndarray]) -> Hear | str:
    if "MUSICNN" not in os.environ:
        return "its checkpoint is not named by MUSICNN"
    teacher = Musicnn(Path(os.environ["MUSICNN"]))
    length = round(_MUSICNN_S * RATE_HZ)

    def hear(path: Path) -> None:
        samples = samples_of(path)
        starts = range(0, len(samples) - length + 1, length)
        for first in range(0, len(starts), 16):
            teacher.hear([samples[start : start + length] for start in starts[first : first + 16]])

    return hear


def _whole(path: Path) -> np.ndarray:
    return decode(path, RATE_HZ, mono=True).samples


def _windows(path: Path, ear: Embedder) -> np.ndarray:
    """The sound that our first pass looks at, at musicnn's rate."""
    input_spec, length_s = ear.input_spec, probe(path).duration_s
    starts = window_starts(length_s, input_spec)
    return np.concatenate(
        [decode(path, RATE_HZ, start_s, input_spec.window_s, mono=True).samples for start_s in starts]
    )
