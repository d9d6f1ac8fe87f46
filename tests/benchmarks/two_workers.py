"""What a second worker process gains, beside what it gains for two loops that only decode the same windows.

Wall-clock time on an otherwise idle machine, from the moment that all workers are warm. BGM_BENCH_MUSIC, where it is
set, is a folder with real ogg files to use; else three minutes of the demo library, again and again.
"""

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path

# One thread a process, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

from bgm_finder.audio.decode import SoundReader, probe  # noqa: E402
from bgm_finder.jobs.each_file import each_file  # noqa: E402
from bgm_finder.jobs.job import Job  # noqa: E402
from bgm_finder.jobs.workers import make_executor  # noqa: E402
from bgm_finder.similarity.patches import EAR, window_starts  # noqa: E402
from bgm_finder.workflows.analyse import analyse_windows  # noqa: E402
from tests.benchmarks import _long_music  # noqa: E402
from tests.benchmarks._processor_time import MINUTES, real_tracks  # noqa: E402

TRACKS = int(os.environ.get("BGM_BENCH_TRACKS", "120"))
_ROUNDS = 3


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        files = real_tracks(TRACKS) or _long_music.write(Path(folder), MINUTES, ("a.ogg",))
        files = (files * TRACKS)[:TRACKS]
        rounds = [
            {(name, jobs): way(files, jobs) for name, way in _WAYS.items() for jobs in (1, 2)} for _ in range(_ROUNDS)
        ]
    least = {key: min(one[key] for one in rounds) for key in rounds[0]}
    bare = least["decoding the same windows", 1] / least["decoding the same windows", 2]
    return [_row(name, least[name, 1], least[name, 2], bare) for name in _WAYS]


def _row(name: str, one_s: float, two_s: float, bare: float) -> dict[str, object]:
    return {
        "work": name,
        "one worker, tracks a minute": round(60 * TRACKS / one_s),
        "two workers, tracks a minute": round(60 * TRACKS / two_s),
        "gain": round(one_s / two_s, 2),
        "of the bare loops' gain": round(one_s / two_s / bare, 2),
    }


def _bare(files: list[Path], jobs: int) -> float:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        _warm(partial(pool.submit, _decode), files, jobs)
        began_s = time.perf_counter()
        list(pool.map(_decode, files))
        return time.perf_counter() - began_s


def _ours(files: list[Path], jobs: int) -> float:
    pool = make_executor(jobs)
    _warm(partial(pool.submit, partial(analyse_windows, network="default")), files, jobs)
    began_s = time.perf_counter()
    for _ in each_file(Job(), lambda: pool, partial(analyse_windows, network="default"), enumerate(files)):
        pass
    return time.perf_counter() - began_s


def _warm(submit: Callable[[Path], object], files: list[Path], jobs: int) -> None:
    """Has every worker load what it needs: files enough that the first one ready cannot take them all."""
    wait([submit(path) for path in files[: 8 * jobs]])  # type: ignore[misc]


def _decode(path: Path) -> None:
    with SoundReader(path) as reader:
        for start_s in window_starts(probe(path).duration_s, EAR):
            reader.seek(round(start_s * reader.rate_hz))
            reader.read(round(EAR.window_s * reader.rate_hz))


_WAYS = {"decoding the same windows": _bare, "first pass": _ours}
