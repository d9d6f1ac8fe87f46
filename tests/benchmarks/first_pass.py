"""What the first pass costs beside decoding the same windows with nothing else, format by format, one thread.

BGM_BENCH_MUSIC, where it is set, is a folder with real ogg files; they get a row too.
"""

import os
import tempfile
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402
import soxr  # noqa: E402

from bgm_finder.audio.decode import SoundReader, probe  # noqa: E402
from bgm_finder.audio.mono import to_mono  # noqa: E402
from bgm_finder.similarity import network  # noqa: E402
from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.similarity.patches import pictures, window_starts  # noqa: E402
from bgm_finder.track import SoundAt  # noqa: E402
from bgm_finder.workflows.analyse import read_windows  # noqa: E402
from tests.benchmarks._processor_time import by_format, least_ms  # noqa: E402

_PARTS = ("decoding the same windows, ms", "first pass, ms", "of it resampling, ms", "pictures, ms", "network, ms")


def main() -> list[dict[str, object]]:
    ear = load_embedder()
    with tempfile.TemporaryDirectory() as folder:
        return [_row(name, files, ear) for name, files in by_format(Path(folder)).items()]


def _row(name: str, files: list[Path], ear: Embedder) -> dict[str, object]:
    spent = np.mean([_measured(path, ear) for path in files], axis=0)
    parts = {part: round(float(ms), 1) for part, ms in zip(_PARTS, spent, strict=True)}
    return {
        "format": name,
        **parts,
        "ratio": round(float(spent[1] / spent[0]), 2),
        "tracks a minute a core": round(60_000 / float(spent[1])),
    }


def _measured(path: Path, ear: Embedder) -> list[float]:
    input_spec = ear.input_spec
    starts = window_starts(probe(path).duration_s, input_spec)
    decoded, rate_hz = _windows(path, starts, input_spec.window_s)
    mono = [to_mono(window) for window in decoded]
    resampled = [np.asarray(soxr.resample(window, rate_hz, input_spec.rate_hz), np.float32) for window in mono]
    shown = [np.stack(kind) for kind in zip(*(pictures(window, input_spec) for window in resampled), strict=True)]
    return [
        least_ms(lambda: _windows(path, starts, input_spec.window_s)),
        least_ms(lambda: read_windows(SoundAt(path), ear)),
        least_ms(lambda: [soxr.resample(window, rate_hz, input_spec.rate_hz) for window in mono]),
        least_ms(lambda: [pictures(window, input_spec) for window in resampled]),
        least_ms(lambda: network.run(ear.load(), shown)),
    ]


def _windows(path: Path, starts_s: list[float], length_s: float) -> tuple[list[np.ndarray], int]:
    """Decodes windows and does nothing else with them."""
    with SoundReader(path) as reader:
        found = []
        for start_s in starts_s:
            reader.seek(round(start_s * reader.rate_hz))
            found.append(reader.read(round(length_s * reader.rate_hz)))
        return found, reader.rate_hz
