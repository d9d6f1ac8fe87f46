"""What stands best for a track: four windows, all of its sections, a few centroids, or the section that fits best.

Needs BGM_BENCH (the folder of tracks.csv and excerpts.csv) and BGM_BENCH_MUSIC (what its build.py filled, the packages'
whole tracks among it); without them there are no rows. A fair row needs BGM_EAR, weights that some packages were held
out from, and BGM_PACKAGES, those packages, separated by spaces: only their tracks are asked for, all are rivals.
"""

import csv
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

# One thread a process, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402

from bgm_finder.audio.decode import SoundReader, decode_blocks  # noqa: E402
from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.track import Section, SoundAt  # noqa: E402
from bgm_finder.training.metrics.retrieval import paired_gain  # noqa: E402
from bgm_finder.workflows.analyse import embed_file  # noqa: E402
from bgm_finder.workflows.hear_sections import SectionHearer  # noqa: E402
from lab.material.real_music import RealTrack, open_half  # noqa: E402

Way = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Heard:
    """One track: its four windows' vector, its sections, and its excerpts with their short middles."""

    track: RealTrack
    four: np.ndarray
    sections: np.ndarray
    starts_s: np.ndarray
    length_s: float
    asked: list[tuple[float, float, np.ndarray, np.ndarray]]
    """Start and end, the vector of all of it, and that of 6.4 s in its middle."""


def main() -> list[dict[str, object]]:
    if not {"BGM_BENCH", "BGM_BENCH_MUSIC"} <= os.environ.keys():
        return []
    tracks = open_half(Path(os.environ["BGM_BENCH"]), Path(os.environ["BGM_BENCH_MUSIC"]))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as workers:
        heard = list(workers.map(_hear, tracks, chunksize=4))
    return [_row(name, way, heard) for name, way in _WAYS.items()]


def _row(name: str, way: Way | None, heard: list[Heard]) -> dict[str, object]:
    library = [one.four[None] if way is None else way(one.sections) for one in heard]
    long, short = ([(n, a[kind]) for n, one in enumerate(heard) for a in one.asked] for kind in (2, 3))
    halves = [one.starts_s <= one.starts_s.max() / 2 for one in heard]
    seconds = [_kept(one.sections, ~half, way) for one, half in zip(heard, halves, strict=True)]
    firsts = [
        (n, _unit(_four(one.sections[half]).mean(axis=0)))
        for n, (one, half) in enumerate(zip(heard, halves, strict=True))
    ]
    return {
        "a track is": name,
        "numbers a track, median": int(np.median([vectors.size for vectors in library])),
        **_found("24 s of it", long, library, heard),
        **_found("6.4 s of it", short, library, heard),
        **_found("24 s cut out of it", long, library, heard, lambda n: _without(heard[n], way)),
        **_found("its first half", firsts, seconds, heard),
        "passage lies in the 24 s": _located(heard) if way is _best else "",
    }


def _found(
    what: str,
    queries: list[tuple[int, np.ndarray]],
    library: list[np.ndarray],
    heard: list[Heard],
    own: Callable[[int], Iterator[np.ndarray]] | None = None,
) -> dict[str, object]:
    """Return how often a query finds its track first: among all, and among its own package.

    own: what stands for the query's own track, for each of its queries in turn, where that is not the library's.
    """
    packages = np.array([one.track.package for one in heard])
    firsts = np.cumsum([0, *(len(vectors) for vectors in library)])[:-1]
    rows = np.concatenate(library)
    instead = {n: own(n) for n in {n for n, _ in queries}} if own else {}
    first, near = [], []
    for number, query in queries:
        scores = np.maximum.reduceat(rows @ query, firsts)
        if own:
            scores[number] = (next(instead[number]) @ query).max()
        is_better = scores >= scores[number] - 1e-9
        first.append(is_better.sum() == 1)
        near.append((is_better & (packages == packages[number])).sum() == 1)
    tracks = np.array([number for number, _ in queries])
    wanted = np.isin(packages[tracks], os.environ.get("BGM_PACKAGES", "").split() or packages)
    nothing = np.zeros(int(wanted.sum()), bool)
    return {
        f"{what}: R@1": str(paired_gain(np.array(first)[wanted], nothing, tracks[wanted])),
        f"{what}: in its package": round(float(np.array(near)[wanted].mean()), 3),
    }


def _without(one: Heard, way: Way | None) -> Iterator[np.ndarray]:
    """Yield what stands for a track once the sections that overlap each of its excerpts are cut out."""
    for start_s, end_s, _, _ in one.asked:
        is_apart = (one.starts_s + one.length_s <= start_s) | (one.starts_s >= end_s)
        yield _kept(one.sections, is_apart, way)


def _kept(sections: np.ndarray, is_kept: np.ndarray, way: Way | None) -> np.ndarray:
    kept = sections[is_kept] if is_kept.any() else sections
    return _unit(_four(kept).mean(axis=0))[None] if way is None else way(kept)


def _located(heard: list[Heard]) -> float:
    packages = os.environ.get("BGM_PACKAGES", "").split()
    hits = []
    for one in heard:
        if not packages or one.track.package in packages:
            for start_s, end_s, query, _ in one.asked:
                found_s = one.starts_s[int((_best(one.sections) @ query).argmax())]
                hits.append(found_s + one.length_s > start_s and found_s < end_s)
    return round(float(np.mean(hits)), 3)


def _four(sections: np.ndarray) -> np.ndarray:
    places = ((np.arange(4) + 0.5) / 4 * len(sections)).astype(int)
    return sections[np.unique(places)]


def _mean(sections: np.ndarray) -> np.ndarray:
    return _unit(sections.mean(axis=0))[None]


def _centroids(count: int) -> Way:
    def find(sections: np.ndarray) -> np.ndarray:
        centres = sections[np.linspace(0, len(sections) - 1, min(count, len(sections))).astype(int)]
        for _ in range(10):
            nearest = (sections @ centres.T).argmax(axis=1)
            own = [sections[nearest == n] for n in range(len(centres))]
            centres = _unit(np.stack([m.mean(axis=0) if len(m) else c for m, c in zip(own, centres, strict=True)]))
        return centres

    return find


def _best(sections: np.ndarray) -> np.ndarray:
    """As the catalogue keeps them, at a byte a number."""
    return _unit(np.rint(sections / np.abs(sections).max(axis=1, keepdims=True) * 127))


def _best_float(sections: np.ndarray) -> np.ndarray:
    return sections


def _three(sections: np.ndarray) -> np.ndarray:
    count = min(3, len(sections))
    return _unit(np.stack([sections[n : n + count].mean(axis=0) for n in range(len(sections) - count + 1)]))


_WAYS: dict[str, Way | None] = {
    "the mean of 4 windows": None,
    "the mean of all sections": _mean,
    "2 centroids": _centroids(2),
    "4 centroids": _centroids(4),
    "8 centroids": _centroids(8),
    "its best section, float32": _best_float,
    "its best section, a byte a number": _best,
    "its best three in a row": _three,
}


def _unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


@lru_cache(maxsize=1)
def _ear() -> Embedder:
    return load_embedder(os.environ.get("BGM_EAR", "default"))


def _hear(track: RealTrack) -> Heard:
    ear = _ear()
    hearer = SectionHearer(ear)
    with SoundReader(track.path) as reader:
        for samples in decode_blocks(reader, ear.input_spec.rate_hz, mono=True):
            hearer.add(samples)
    found = hearer.finish()
    numbers = np.arange(len(found.vectors))
    starts_s = np.maximum(0.0, np.minimum(numbers * found.step_s, found.end_s - found.length_s))
    return Heard(
        track, embed_file(SoundAt(track.path), ear), found.vectors, starts_s, found.length_s, list(_excerpts(track))
    )


def _excerpts(track: RealTrack) -> Iterator[tuple[float, float, np.ndarray, np.ndarray]]:
    ear, folder = _ear(), Path(os.environ["BGM_BENCH_MUSIC"]) / "wav"
    with (Path(os.environ["BGM_BENCH"]) / "excerpts.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["track_id"] == track.id]
    for row in rows:
        start_s, length_s = float(row["start_s"]), float(row["dur_s"])
        file_ = folder / f"{row['excerpt_id']}.wav"
        middle_s = (length_s - ear.input_spec.window_s) / 2
        short = embed_file(SoundAt(file_), ear, Section(middle_s, middle_s + ear.input_spec.window_s))
        yield start_s, start_s + length_s, embed_file(SoundAt(file_), ear), short
