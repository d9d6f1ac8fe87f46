"""What the second pass costs beside decoding the same file with nothing else, part by part, format by format.

One thread. BGM_BENCH_MUSIC, where it is set, is a folder with real ogg files; they get a row too.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402
import soxr  # noqa: E402

from bgm_finder.audio.decode import SoundReader  # noqa: E402
from bgm_finder.audio.loudness import LoudnessMeter  # noqa: E402
from bgm_finder.audio.mono import to_mono  # noqa: E402
from bgm_finder.audio.overview import OverviewMaker  # noqa: E402
from bgm_finder.audio.spectrogram import MelPictureMaker, preview  # noqa: E402
from bgm_finder.audio.tempo import estimate_bpm  # noqa: E402
from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.workflows.analyse_whole import analyse_whole  # noqa: E402
from bgm_finder.workflows.hear_sections import SectionHearer  # noqa: E402
from tests.benchmarks._processor_time import by_format, least_ms  # noqa: E402

Value = TypeVar("Value")

_TEMPO_HZ = 22050
_TEMPO_S = 120
_BLOCK_S = 10
_REPEATS = 3
_PICTURES = ("decoding", "mono", "overview", "preview")


def main() -> list[dict[str, object]]:
    ear = load_embedder()
    with tempfile.TemporaryDirectory() as folder:
        return [_row(name, files, ear) for name, files in by_format(Path(folder)).items()]


def _row(name: str, files: list[Path], ear: Embedder) -> dict[str, object]:
    parts: Counter[str] = Counter()
    for path in files:
        parts.update(_parts_ms(path, ear))
        parts["all of it"] += least_ms(lambda path=path: analyse_whole(path, "default"), _REPEATS)
    mean = {part: ms / len(files) for part, ms in parts.items()}
    pictures = sum(mean[part] for part in _PICTURES) / mean["decoding"]
    return {
        "format": name,
        **{f"{part}, ms": round(ms, 1) for part, ms in mean.items()},
        "with overview and preview, × decoding": round(pictures, 2),
        "all, × decoding": round(mean["all of it"] / mean["decoding"], 2),
    }


def _parts_ms(path: Path, ear: Embedder) -> dict[str, float]:
    """Return the least processor time of each part over a few runs."""
    runs = []
    for _ in range(_REPEATS):
        watch = _Watch()
        _read(path, ear, watch)
        runs.append(watch.spent_ms)
    return {part: min(run[part] for run in runs) for part in runs[0]}


def _read(path: Path, ear: Embedder, watch: "_Watch") -> None:
    """Do what the second pass does, with a watch on every part."""
    with SoundReader(path) as reader:
        picture = MelPictureMaker(reader.frames, reader.rate_hz, is_small=True)
        shape, loudness = OverviewMaker(reader.frames), LoudnessMeter(reader.rate_hz, reader.channels)
        sections, resampler = SectionHearer(ear), soxr.ResampleStream(reader.rate_hz, ear.input_spec.rate_hz, 1)
        kept = []
        while len(samples := watch.time("decoding", lambda: reader.read(_BLOCK_S * reader.rate_hz))):
            mono = watch.time("mono", lambda samples=samples: to_mono(samples))
            watch.time("overview", lambda mono=mono: shape.add(mono))
            watch.time("preview", lambda mono=mono: picture.add(mono))
            watch.time("loudness", lambda samples=samples: loudness.add(samples))
            kept.append(watch.time("resampling", lambda mono=mono: resampler.resample_chunk(mono)))
            watch.time("sections", lambda: sections.add(kept[-1]))
    watch.time("preview", lambda: preview(picture.finish()))
    watch.time("loudness", loudness.integrated_lufs)
    watch.time("sections", sections.finish)
    resampled = np.concatenate(kept)
    spare = max(0, len(resampled) - _TEMPO_S * _TEMPO_HZ) // 2
    watch.time("tempo", lambda: estimate_bpm(resampled[spare : len(resampled) - spare], _TEMPO_HZ))


class _Watch:
    def __init__(self) -> None:
        self.spent_ms: dict[str, float] = {}

    def time(self, part: str, work: Callable[[], Value]) -> Value:
        began = time.process_time()
        result = work()
        self.spent_ms[part] = self.spent_ms.get(part, 0.0) + 1000 * (time.process_time() - began)
        return result
