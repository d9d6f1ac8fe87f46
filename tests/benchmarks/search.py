"""From the key S to the painted ranking in the real window, and the ranking itself against faiss-cpu's exact index.

faiss-cpu is asked for only here, where it is installed (`pip install faiss-cpu`); without it that column is empty.
Vectors and threads are the same for both: one. BGM_BENCH_TRACKS: the sizes, 10,000 and 600,000 where it is not set.
"""

import importlib
import os
import time
from importlib.util import find_spec

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402

from bgm_finder.catalogue.catalogue import Catalogue  # noqa: E402
from bgm_finder.similarity.ranking import best, rank  # noqa: E402
from tests.benchmarks import _synthetic, _window  # noqa: E402

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
SEARCHES = 30
TOP = 200


def main() -> list[dict[str, object]]:
    return [_row(size) for size in SIZES]


def _row(size: int) -> dict[str, object]:
    shown, gaps = _in_window(size)
    ours, theirs = _ranked(size)
    return {
        "tracks": size,
        "S to painted, median ms": _window.share(shown, 50),
        "S to painted, p95 ms": _window.share(shown, 95),
        "longest event-loop gap, ms": round(max(gaps), 1),
        "ranking alone, median ms": _window.share(ours, 50),
        "faiss IndexFlatIP, median ms": _window.share(theirs, 50) if theirs else None,
        "S to painted / faiss": round(float(np.median(shown) / np.median(theirs)), 2) if theirs else None,
        "ranking / faiss": round(float(np.median(ours) / np.median(theirs)), 2) if theirs else None,
    }


def _in_window(size: int) -> tuple[list[float], list[float]]:
    """Searches by one track after the other; the first search, which reads the vectors, is not among the times."""
    with _window.opened(_synthetic.catalogue(size)) as bench:
        table, search, command = bench.window.table, bench.app.search, bench.window.commands["find_similar"]
        spent = []
        for number in range(SEARCHES + 1):
            search.clear()
            bench.rest(50)
            table.select_silently(number * 7919 % size)
            bench.rest(50)
            bench.pulse.begin() if number == 1 else None
            spent.append(bench.until(command.trigger, search.found))
        return spent[1:], bench.pulse.gaps_ms


def _ranked(size: int) -> tuple[list[float], list[float]]:
    with Catalogue(_synthetic.catalogue(size)) as opened:
        _, matrix = opened.vectors.all(_synthetic.network())
    queries = matrix[:: max(1, size // SEARCHES)][:SEARCHES]
    ours = [_ms(lambda query=query: best(rank(query[None], matrix), TOP)) for query in queries]
    if find_spec("faiss") is None:
        return ours, []
    faiss = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(matrix.shape[1])
    index.add(matrix)
    return ours, [_ms(lambda query=query: index.search(query[None], TOP)) for query in queries]


def _ms(work: object) -> float:
    assert callable(work)
    began_s = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began_s)
