"""From the key G to the painted groups in the real window, and the groups alone, among 10,000 candidates.

BGM_BENCH_TRACKS: the sizes, 10,000 where it is not set; above 50,000 the window makes no groups.
"""

import os

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import time  # noqa: E402

from bgm_finder.catalogue.catalogue import Catalogue  # noqa: E402
from bgm_finder.similarity.groups import group_by_sound  # noqa: E402
from tests.benchmarks import _synthetic, _window  # noqa: E402

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000").split()]
TIMES = 20


def main() -> list[dict[str, object]]:
    return [_row(size) for size in SIZES]


def _row(size: int) -> dict[str, object]:
    shown, gaps = _in_window(size)
    alone = _alone(size)
    return {
        "candidates": size,
        "G to painted, median ms": _window.share(shown, 50),
        "G to painted, p95 ms": _window.share(shown, 95),
        "longest event-loop gap, ms": round(max(gaps), 1),
        "groups alone, median ms": _window.share(alone, 50),
    }


def _in_window(size: int) -> tuple[list[float], list[float]]:
    with _window.opened(_synthetic.catalogue(size)) as bench:
        spent = []
        for number in range(TIMES + 1):
            bench.app.track_list.leave_groups()
            bench.rest(50)
            bench.pulse.begin() if number == 1 else None
            spent.append(bench.until(bench.window.commands["groups"].trigger, bench.app.groups.made))
        return spent[1:], bench.pulse.gaps_ms


def _alone(size: int) -> list[float]:
    with Catalogue(_synthetic.catalogue(size)) as opened:
        ids, matrix = opened.vectors.all(_synthetic.network())
    spent = []
    for _ in range(TIMES):
        began_s = time.perf_counter()
        group_by_sound(ids, matrix)
        spent.append(1000 * (time.perf_counter() - began_s))
    return spent
