"""A second look at a folder in which nothing has changed, against os.scandir with stat of the same tree.

The tree is made of small files, fifty a folder; by default 60,000 of them, BGM_BENCH_FILES for more, in the folder that
TMPDIR names. All count as analysed: what is measured is a whole `index` run that finds nothing to do. Processor time
stands beside the clock's, as a busy machine lets the clock run on.
"""

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path

import numpy as np

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import open_database
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.index_folder import IndexOptions, index
from tests.benchmarks import _synthetic

FILES = int(os.environ.get("BGM_BENCH_FILES", "60000"))
ROUNDS = 3
_A_FOLDER = 50


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory(prefix="bgm-finder-bench-") as home:
        root, catalogue = Path(home, "music"), Path(home, "catalogue.sqlite")
        _make_tree(root)
        _take_in(root, catalogue)
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(_spent(lambda: _walk(str(root))))
            ours.append(_spent(lambda: index(Job(), catalogue, [root], _no_workers)))
    (bare_s, bare_cpu_s), (ours_s, ours_cpu_s) = np.median(bare, axis=0), np.median(ours, axis=0)
    return [
        {
            "files": FILES,
            "scandir and stat, s": round(float(bare_s), 2),
            "second look, s": round(float(ours_s), 2),
            "ratio": round(float(ours_s / bare_s), 2),
            "scandir and stat, CPU s": round(float(bare_cpu_s), 2),
            "second look, CPU s": round(float(ours_cpu_s), 2),
            "ratio of CPU": round(float(ours_cpu_s / bare_cpu_s), 2),
        }
    ]


def _make_tree(root: Path) -> None:
    for number in range(FILES):
        folder = root / f"package {number // 5000:03}" / f"disc {number // _A_FOLDER:05}"
        if number % _A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"{number:06} a song of many.ogg").write_bytes(b"x")


def _take_in(root: Path, catalogue: Path) -> None:
    """Add the files as a scan does, and return each a vector."""
    job = Job()
    with Catalogue(catalogue):
        index(job, catalogue, [root], _no_workers, IndexOptions(after_scan=lambda: _hear(catalogue)))


def _hear(catalogue: Path) -> None:
    vector = np.ones(_synthetic.DIMENSIONS, np.float16).tobytes()
    with closing(open_database(catalogue)) as connection, connection:
        connection.execute(
            "INSERT INTO vectors (network, track_id, vector) SELECT ?, id, ? FROM tracks",
            (_synthetic.network(), vector),
        )
        connection.execute("UPDATE tracks SET content_hash = CAST(id AS BLOB), is_whole_read = 1")


def _walk(folder: str) -> int:
    """Return the bytes below a folder: the least that anyone has to do who looks for changes."""
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            total += _walk(entry.path) if entry.is_dir() else entry.stat().st_size
    return total


def _no_workers() -> Executor:
    raise AssertionError("there is nothing to analyse")


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock, and of processor time."""
    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began_s, time.process_time() - began_cpu_s
