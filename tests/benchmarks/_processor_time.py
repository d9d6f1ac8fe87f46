"""Processor time of one thread, and the music that the analysis is measured on."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import _long_music

MINUTES = 3.0
_REPEATS = 5
_SMALLEST_TRACK = 800_000
"""In bytes: about a minute."""


def least_ms(work: Callable[[], object], repeats: int = _REPEATS) -> float:
    """Return the least processor time of several runs after a first one: the run that the machine disturbed least."""
    work()
    spent = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return 1000 * min(spent)


def by_format(folder: Path) -> dict[str, list[Path]]:
    """Return three minutes of music in each common format, and real tracks where BGM_BENCH_MUSIC has some."""
    found = {path.suffix[1:]: [path] for path in _long_music.write(folder, MINUTES)}
    if real := real_tracks(12):
        found["ogg, 12 real tracks"] = real
    return found


def real_tracks(most: int) -> list[Path]:
    """Return ogg files spread over the packages in BGM_BENCH_MUSIC; none where that is not set."""
    if "BGM_BENCH_MUSIC" not in os.environ:
        return []
    files = [path for path in sorted(Path(os.environ["BGM_BENCH_MUSIC"]).rglob("*.ogg")) if _is_music(path)]
    return files[:: max(1, len(files) // most)][:most]


def _is_music(path: Path) -> bool:
    """Leaves out the short sounds of games."""
    return path.stat().st_size >= _SMALLEST_TRACK
