"""A jump to any far row, and a seek to anywhere, by format: from the key to the first sample, and where it lands."""

import os
import tempfile
import time
from pathlib import Path

import numpy as np

from bgm_finder.audio.decode import SoundReader, decode
from bgm_finder.audio.playing.engine import Engine
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.source import Floats
from tests.benchmarks import _long_music
from tests.benchmarks._stop_watch import StopWatch

MINUTES = float(os.environ.get("BENCH_MINUTES", "10"))
TRIES = 100
LANDINGS = 40
LOOKED_AT = 4096
"""Frames that are compared with the full decode; three hundredths of a second to either side are searched."""

_SEED = 5


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        return [_row(path) for path in _long_music.write(Path(folder), MINUTES)]


def _row(path: Path) -> dict[str, object]:
    rng = np.random.default_rng(_SEED)
    whole = decode(path).samples
    places_s = rng.uniform(0.0, 60 * MINUTES - 1.0, TRIES)
    rows_ms, seeks_ms = _times_ms(path, places_s)
    return {
        "format": path.suffix[1:],
        "minutes": MINUTES,
        "far row, median ms": round(float(np.median(rows_ms)), 1),
        "far row, p99 ms": round(float(np.percentile(rows_ms, 99)), 1),
        "seek, median ms": round(float(np.median(seeks_ms)), 1),
        "seek, p99 ms": round(float(np.percentile(seeks_ms, 99)), 1),
        "lands off by at most, ms": round(max(_off_ms(path, whole, place_s) for place_s in places_s[:LANDINGS]), 3),
    }


def _times_ms(path: Path, places_s: Floats) -> tuple[list[float], list[float]]:
    """Return how long loads without prefetch take, and seeks in what plays."""
    watch = StopWatch()
    engine = Engine(lambda: watch, Prefetch())
    rows, seeks = [], []
    try:
        for place_s in map(float, places_s):
            rows.append(watch.measure_ms(lambda: engine.load(path), lambda block: engine.state().position_s > 0.0))
            time.sleep(0.02)
            seeks.append(
                watch.measure_ms(
                    lambda place_s=place_s: engine.seek(place_s),
                    lambda block, place_s=place_s: engine.state().position_s > place_s,
                )
            )
            time.sleep(0.02)
    finally:
        engine.close()
    return rows, seeks


def _off_ms(path: Path, whole: Floats, place_s: float) -> float:
    """Return how far from its goal a seek lands, by finding its samples in the full decode."""
    with SoundReader(path) as reader:
        goal, around = round(place_s * reader.rate_hz), round(0.03 * reader.rate_hz)
        reader.seek(goal)
        found = reader.read(LOOKED_AT)[:, 0]
        first = max(0, goal - around)
        stretch = whole[first : goal + LOOKED_AT + around, 0]
        differences = [
            float(np.abs(stretch[start : start + len(found)] - found).sum())
            for start in range(len(stretch) - len(found) + 1)
        ]
        return 1000 * abs(first + int(np.argmin(differences)) - goal) / reader.rate_hz
