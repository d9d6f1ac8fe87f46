"""Likeness on the open benchmark, ours beside hand-made features, musicnn, Musly and bliss-audio, in one run.

Needs BGM_BENCH (the folder of tracks.csv) and BGM_BENCH_MUSIC (what its build.py filled); without them there are no
rows. MUSICNN, where it is set, is the folder of the checkpoint MSD_musicnn out of the package musicnn; the packages
pymusly and bliss-audio join where they are installed (0.1.11: 0.2.0 wants AVX-512). The shipped ear was fitted on these
very tracks: a fair row needs BGM_EAR, weights that some packages were held out from, and BGM_PACKAGES, those packages,
separated by spaces.
"""

import os
from collections.abc import Sequence
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402
import soxr  # noqa: E402

from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.similarity.patches import window_starts  # noqa: E402
from bgm_finder.training.evaluate import likeness  # noqa: E402
from lab.styles.peers import Describe, Way, each, peers  # noqa: E402


def main() -> list[dict[str, object]]:
    if not {"BGM_BENCH", "BGM_BENCH_MUSIC"} <= os.environ.keys():
        return []
    music = Path(os.environ["BGM_BENCH_MUSIC"])
    files = sorted(path for path in (music / "wav").glob("*.wav") if "__" not in path.stem)
    ours: dict[str, Way] = {
        "ours, default": each(_ours(load_embedder(os.environ.get("BGM_EAR", "default")))),
        "ours, article": each(_ours(load_embedder("article"))),
    }
    return [_row(name, way, files, music) for name, way in {**ours, **_peers()}.items()]


def _peers() -> dict[str, Way]:
    folder = os.environ.get("MUSICNN")
    return peers(Path(folder) if folder else None)


def _row(name: str, way: Way, files: Sequence[Path], music: Path) -> dict[str, object]:
    vectors = way(files)
    held = music / "benchmark.npz"
    np.savez(held, ids=[path.stem for path in files], vectors=vectors)
    said = likeness(held, Path(os.environ["BGM_BENCH"]), os.environ.get("BGM_PACKAGES", "").split())
    held.unlink()
    wanted = ("R@1", "in_pkg_R@1_balanced", "artist_P@4", "package_P@4", "hub_skew")
    return {"way": name, "dimensions": vectors.shape[1], **{key: str(said[key]) for key in wanted}}


def _ours(embedder: Embedder) -> Describe:
    def describe(samples: np.ndarray, rate_hz: int) -> np.ndarray:
        input_spec = embedder.input_spec
        resampled = soxr.resample(samples, rate_hz, input_spec.rate_hz)
        starts = [round(start * input_spec.rate_hz) for start in window_starts(len(samples) / rate_hz, input_spec)]
        return embedder.embed([resampled[start : start + input_spec.window_frames] for start in starts])

    return describe
