"""Searches in a library whose tracks were all heard section by section: 40 of each, on made-up vectors.

BGM_BENCH_SECTION_TRACKS is the number of tracks. The reference is a real file whose vector is there already, so that
the figures are those of the search alone.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402

from bgm_finder import paths  # noqa: E402
from bgm_finder.catalogue.catalogue import Catalogue  # noqa: E402
from bgm_finder.catalogue.database import open_database  # noqa: E402
from bgm_finder.catalogue.sections import Sections, TrackSections  # noqa: E402
from bgm_finder.catalogue.vectors import Vectors  # noqa: E402
from bgm_finder.controllers.search import TOP  # noqa: E402
from bgm_finder.jobs.job import Job  # noqa: E402
from bgm_finder.similarity.embedder import load_embedder  # noqa: E402
from bgm_finder.similarity.section_scores import best_of_each, section_scores  # noqa: E402
from bgm_finder.track import Reference, Section, SoundAt  # noqa: E402
from bgm_finder.workflows.find_similar import Query, Ranking, find_similar  # noqa: E402
from bgm_finder.workflows.kept_vectors import KeptVectors  # noqa: E402
from tests.benchmarks import _synthetic  # noqa: E402

TRACKS = int(os.environ.get("BGM_BENCH_SECTION_TRACKS", "10000"))
SECTIONS = 40
_LENGTH_S = 6.4
_REPEATS = 15
_CHECKED = 100


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with Catalogue(_synthetic.catalogue(TRACKS)) as source:
            source.back_up(path)
        plain = _Search(path)
        rows = [_row("S, sections not known", plain.whole)]
        _hear_sections(path)
        search = _Search(path)
        rows.append(_row("S, with the passage of every match", search.whole))
        began_s = time.perf_counter()
        search.marked()
        rows.append(_row("Shift+S, the first time: the sections are read", [time.perf_counter() - began_s]))
        rows.append(_row("Shift+S, every section of every track compared", search.marked))
        rows.append(_agreement(path))
        return rows


class _Search:
    """What the window does at S and at Shift+S."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue, self._ear, self._kept = catalogue, load_embedder(), KeptVectors()
        with Catalogue(catalogue) as opened:
            self._columns = opened.columns(self._ear.name)
        self._file = sorted(paths.resource("demo").glob("*.ogg"))[0]
        self._kept.of_file(Job(), SoundAt(self._file), self._ear, Section(2.0, 10.0))
        self.whole()

    def whole(self) -> Ranking:
        return self._ask(Reference(self._file))

    def marked(self) -> Ranking:
        return self._ask(Reference(self._file, section=Section(2.0, 10.0)))

    def _ask(self, reference: Reference) -> Ranking:
        columns, ear = self._columns, self._ear
        return find_similar(Job(), self._catalogue, columns, ear, Query([reference], top=TOP), self._kept)


def _hear_sections(path: Path) -> None:
    """Return every track sections that lie about its own vector."""
    name, rng = load_embedder().name, np.random.default_rng(0)
    with closing(open_database(path)) as connection, connection:
        sections = Sections(connection)
        for ids, vectors in Vectors(connection).blocks(name):
            for track_id, vector in zip(ids.tolist(), vectors, strict=True):
                heard = _unit(vector + 0.08 * rng.standard_normal((SECTIONS, len(vector)), np.float32))
                sections.put(track_id, name, TrackSections(heard, _LENGTH_S, _LENGTH_S, end_s=SECTIONS * _LENGTH_S))


def _agreement(path: Path) -> dict[str, object]:
    """Return how many of the queries have the ten best tracks that a plain cosine in float64 of the sections has."""
    with Catalogue(path) as opened:
        table = opened.sections.table(load_embedder().name, _synthetic.DIMENSIONS)
    exact = _unit(table.numbers.astype(np.float64))
    right = 0
    for query in _synthetic.vectors(_CHECKED, seed=1):
        found, _ = best_of_each(section_scores(query, table.numbers, table.lengths), table.firsts)
        plain = np.maximum.reduceat(exact @ query.astype(np.float64), table.firsts[:-1])
        tenth = np.sort(plain)[-10]
        right += bool(plain[np.argsort(-found)[:10]].min() >= tenth - 1e-6)
    return {"search": f"ten best as in float64: {right} of {_CHECKED} queries", "median, ms": "-", "worst, ms": "-"}


def _row(name: str, work: Callable[[], object]) -> dict[str, object]:
    work()
    spent = []
    for _ in range(_REPEATS):
        began_s = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began_s)
    return _row(name, spent)


def _row(name: str, spent_s: list[float]) -> dict[str, object]:
    label = f"{TRACKS} × {SECTIONS}: {name}"
    return {"search": label, "median, ms": 1000 * statistics.median(spent_s), "worst, ms": 1000 * max(spent_s)}


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
