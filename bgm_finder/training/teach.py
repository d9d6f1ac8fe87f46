"""Lets the teachers hear windows of every piece and keeps what they made of them; goes on where it was stopped.

python -m bgm_finder.training.teach --bench FOLDER --music FOLDER --corpus FOLDER... --work FOLDER \\
    --musicnn FOLDER --aisfx FILE
"""

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity import patches
from bgm_finder.training import aisfx, musicnn, rendered
from bgm_finder.training.picture_store import read_mono
from bgm_finder.training.real_music import open_half

Floats = NDArray[np.float32]

WINDOWS = {"musicnn": 5, "aisfx": 3}
"""Of each real track; of a rendered piece, which is short and of one kind, they hear one."""
DIMENSIONS = 128
"""Of a lesson, shared evenly by the teachers."""
_EVENED_OUT = 0.5
"""Of the strength of a teacher's principal axes, so that its few strongest do not say everything."""


def main() -> None:
    arguments = _parser().parse_args()
    torch.set_num_threads(1)
    real = [track.path for track in open_half(arguments.bench, arguments.music)]
    renders = [render.path for folder in arguments.corpus for render in rendered.read_corpus(folder)]
    for name, (rate_hz, hear) in _teachers(arguments).items():
        for paths, most in ((real, WINDOWS[name]), (renders, 1)):
            missing = [path for path in paths if not heard_file(arguments.work, name, path).exists()]
            for number, path in enumerate(missing):
                _keep(heard_file(arguments.work, name, path), hear(_windows(path, rate_hz, most)))
                print(f"{name}: {number + 1} of {len(missing)}", flush=True)


def heard_file(work: Path, teacher: str, path: Path) -> Path:
    """Gives where a teacher's features of a piece are kept: float16, (windows, features)."""
    return work / "heard" / teacher / f"{hashlib.sha1(str(path).encode()).hexdigest()}.npy"


def lessons(work: Path, paths: Sequence[Path], measured_on: Sequence[int]) -> dict[int, Floats]:
    """Gives a unit vector of each piece that all teachers heard, by its number in paths, float32, (DIMENSIONS,).

    The products of two vectors are the mean of what the teachers think of their likeness. How each teacher's features
    are scaled and turned is measured on the pieces of these numbers only. Without any heard one there are no lessons.
    """
    names = list(WINDOWS)
    taught = [n for n, path in enumerate(paths) if all(heard_file(work, name, path).exists() for name in names)]
    known = np.isin(taught, measured_on)
    if not known.any():
        return {}
    parts = []
    for name in names:
        heard = [np.load(heard_file(work, name, paths[n])).astype(np.float32).mean(axis=0) for n in taught]
        parts.append(_turned(np.stack(heard), known, DIMENSIONS // len(names)))
    return dict(zip(taught, np.concatenate(parts, axis=1) / np.sqrt(len(names)), strict=True))


def _turned(heard: Floats, known: NDArray[np.bool_], dimensions: int) -> Floats:
    """Gives unit vectors on the principal axes of the known pieces, evened out by half; (pieces, dimensions)."""
    spread = heard[known].std(axis=0) + 1e-3
    scaled = (heard - heard[known].mean(axis=0)) / spread
    _, strengths, axes = np.linalg.svd(scaled[known], full_matrices=False)
    strengths, axes = strengths[:dimensions], axes[:dimensions]
    turned = scaled @ axes.T / np.maximum(strengths, 1e-3 * strengths[0]) ** _EVENED_OUT
    turned = np.pad(turned, ((0, 0), (0, dimensions - turned.shape[1])))
    return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9), np.float32)


def _teachers(arguments: argparse.Namespace) -> dict[str, tuple[int, Callable[[list[Floats]], Floats]]]:
    """Gives what each teacher wants (its rate) and does."""
    one, other = musicnn.Musicnn(arguments.musicnn), aisfx.Aisfx(arguments.aisfx)

    def hear(windows: list[Floats]) -> Floats:
        heard = one.hear(windows)
        return np.concatenate([heard.mean, heard.maximum], axis=1)

    return {"musicnn": (musicnn.RATE_HZ, hear), "aisfx": (aisfx.RATE_HZ, other.hear)}


def _windows(path: Path, rate_hz: int, most: int) -> list[Floats]:
    """Gives windows spread over the piece, each in the middle of its equal share."""
    samples = read_mono(path, rate_hz)
    length = round(patches.EAR.window_s * rate_hz)
    count = max(1, min(most, len(samples) // length))
    centres = (np.arange(count) + 0.5) * len(samples) / count
    starts = np.clip(centres - length / 2, 0, max(0, len(samples) - length)).astype(int)
    return [np.resize(samples[start : start + length], length) for start in starts]


def _keep(target: Path, heard: Floats) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, heard.astype(np.float16))
    part.replace(target)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="rendered corpora to be heard too")
    parser.add_argument("--musicnn", type=Path, required=True, help="the folder MSD_musicnn of its package")
    parser.add_argument("--aisfx", type=Path, required=True, help="the file checkpoint.pth of its package")
    return parser


if __name__ == "__main__":
    main()
