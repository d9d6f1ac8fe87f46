"""Likeness on the open benchmark, ours beside hand-made features and musicnn, in one run.

Needs BGM_BENCH (the folder of tracks.csv) and BGM_BENCH_MUSIC (what its build.py filled); without them there are no
rows. MUSICNN, where it is set, is the folder of the checkpoint MSD_musicnn out of the package musicnn. The shipped ear
was fitted on these very tracks: a fair row needs BGM_EAR, weights that some packages were held out from, and
BGM_PACKAGES, those packages, separated by spaces.
"""

import os
from collections.abc import Callable
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import librosa  # noqa: E402
import numpy as np  # noqa: E402
import soundfile  # noqa: E402
import soxr  # noqa: E402
from librosa.feature.rhythm import tempo  # noqa: E402

from bgm_finder.similarity.embedder import Embedder, load_embedder  # noqa: E402
from bgm_finder.similarity.patches import window_starts  # noqa: E402
from bgm_finder.training.evaluate import likeness  # noqa: E402
from bgm_finder.training.musicnn import RATE_HZ, Musicnn  # noqa: E402

Describe = Callable[[np.ndarray, int], np.ndarray]


def main() -> list[dict[str, object]]:
    if not {"BGM_BENCH", "BGM_BENCH_MUSIC"} <= os.environ.keys():
        return []
    music = Path(os.environ["BGM_BENCH_MUSIC"])
    files = sorted(path for path in (music / "wav").glob("*.wav") if "__" not in path.stem)
    ways: dict[str, tuple[Describe, bool]] = {
        "ours, default": (_ours(load_embedder(os.environ.get("BGM_EAR", "default"))), False),
        "ours, article": (_ours(load_embedder("article")), False),
        "MFCC-20 mean and spread, z-scored": (_mfcc, True),
        "chroma, contrast, tempo, z-scored": (_by_hand, True),
    }
    if "MUSICNN" in os.environ:
        ways["musicnn MSD mean and maximum, z-scored"] = (_musicnn(Musicnn(Path(os.environ["MUSICNN"]))), True)
    return [_row(name, describe, is_scaled, files, music) for name, (describe, is_scaled) in ways.items()]


def _row(name: str, describe: Describe, is_scaled: bool, files: list[Path], music: Path) -> dict[str, object]:
    vectors = np.stack([describe(*soundfile.read(path, dtype="float32")) for path in files])
    if is_scaled:
        vectors = (vectors - vectors.mean(axis=0)) / (vectors.std(axis=0) + 1e-9)
    held = music / "benchmark.npz"
    np.savez(held, ids=[path.stem for path in files], vectors=vectors)
    said = likeness(held, Path(os.environ["BGM_BENCH"]), os.environ.get("BGM_PACKAGES", "").split())
    held.unlink()
    wanted = ("R@1", "in_pkg_R@1_balanced", "artist_P@4", "package_P@4", "hub_skew")
    return {"way": name, "dimensions": vectors.shape[1], **{key: str(said[key]) for key in wanted}}


def _ours(embedder: Embedder) -> Describe:
    def describe(samples: np.ndarray, rate_hz: int) -> np.ndarray:
        front = embedder.front
        resampled = soxr.resample(samples, rate_hz, front.rate_hz)
        starts = [round(start * front.rate_hz) for start in window_starts(len(samples) / rate_hz, front)]
        return embedder.embed([resampled[start : start + front.window_frames] for start in starts])

    return describe


def _mfcc(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    mfcc = librosa.feature.mfcc(y=samples, sr=rate_hz, n_mfcc=20)
    return np.concatenate([mfcc.mean(axis=1), mfcc.std(axis=1)])


def _by_hand(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    chroma = librosa.feature.chroma_stft(y=samples, sr=rate_hz)
    contrast = librosa.feature.spectral_contrast(y=samples, sr=rate_hz)
    beats = np.ravel(tempo(y=samples, sr=rate_hz))
    parts = [part for picture in (chroma, contrast) for part in (picture.mean(axis=1), picture.std(axis=1))]
    return np.concatenate([*parts, np.log2(beats)])


def _musicnn(teacher: Musicnn) -> Describe:
    def describe(samples: np.ndarray, rate_hz: int) -> np.ndarray:
        heard = teacher.hear([soxr.resample(samples, rate_hz, RATE_HZ)])
        return np.concatenate([heard.mean[0], heard.maximum[0]])

    return describe
