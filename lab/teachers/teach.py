"""Let the teachers hear windows of every piece and keeps what they made of them; goes on where it was stopped.

python -m lab.teachers.teach --bench FOLDER --music FOLDER --corpus FOLDER... --work FOLDER \\
    --musicnn FOLDER --aisfx FILE
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity import patches
from bgm_finder.training import rendered
from bgm_finder.training.teacher_features import TEACHERS, Heard, heard_file, keep, read_heard
from lab.material.picture_store import STEP_S, read_mono
from lab.material.real_music import open_half
from lab.teachers import aisfx, musicnn

Floats = NDArray[np.float32]

WINDOWS = 6
"""That they hear of each real track; of a rendered piece, which is short and of one kind, they hear one."""
DIMENSIONS = 128
"""Of a target, shared evenly by the teachers."""
_EVENED_OUT = 0.5
"""Of the strength of a teacher's principal axes, so that its few strongest do not say everything."""


@dataclass(frozen=True, slots=True)
class TeacherTarget:
    """What all teachers make of a piece, as unit vectors."""

    piece: Floats
    """(DIMENSIONS,)"""
    steps: NDArray[np.int64]
    windows: Floats
    """(windows, DIMENSIONS), one for each step."""


def main() -> None:
    args = _parser().parse_args()
    torch.set_num_threads(1)
    real = [track.path for track in open_half(args.bench, args.music)]
    renders = [render.path for folder in args.corpus for render in rendered.read_corpus(folder)]
    renders += [path for folder in args.bands for path in rendered.read_company(folder)]
    for name, (rate_hz, hear) in _teachers(args).items():
        if name not in args.teachers:
            continue
        for paths, most in ((real, WINDOWS), (renders, 1)):
            missing = [path for path in paths if not heard_file(args.work, name, path).exists()]
            for number, path in enumerate(missing):
                steps, windows = taught_windows(path, rate_hz, most)
                keep(heard_file(args.work, name, path), Heard(steps, hear(windows)))
                print(f"{name}: {number + 1} of {len(missing)}", flush=True)


def targets(work: Path, paths: Sequence[Path], measured_on: Sequence[int]) -> dict[int, TeacherTarget]:
    """Return what the teachers make of each piece that all of them heard, by its number in paths.

    The product of two vectors is the mean of what the teachers think of their likeness. How each teacher's features
    are scaled and turned is measured on the pieces of these numbers only. Without any heard one there are no targets.
    """
    files = {n: [heard_file(work, name, path) for name in TEACHERS] for n, path in enumerate(paths)}
    taught = [n for n in files if all(file.exists() for file in files[n])]
    known = np.isin(taught, measured_on)
    if not known.any():
        return {}
    of_windows, of_pieces, steps = [], [], []
    for number in range(len(TEACHERS)):
        heard = [read_heard(files[n][number]) for n in taught]
        turn = _Turn.measured(np.stack([part.features.mean(axis=0) for part in heard])[known])
        of_pieces.append([turn(part.features.mean(axis=0, keepdims=True))[0] for part in heard])
        of_windows.append([turn(part.features) for part in heard])
        steps = [part.steps for part in heard]
    joined = [np.concatenate(parts, axis=1) / np.sqrt(len(TEACHERS)) for parts in zip(*of_windows, strict=True)]
    pieces = [np.concatenate(parts) / np.sqrt(len(TEACHERS)) for parts in zip(*of_pieces, strict=True)]
    return {n: TeacherTarget(*parts) for n, *parts in zip(taught, pieces, steps, joined, strict=True)}


@dataclass(frozen=True, slots=True)
class _Turn:
    """To unit vectors on the principal axes of known pieces, evened out by half."""

    mean: Floats
    spread: Floats
    axes: Floats
    """(features, dimensions)"""

    @staticmethod
    def measured(known: Floats) -> "_Turn":
        dimensions = DIMENSIONS // len(TEACHERS)
        mean, spread = known.mean(axis=0), known.std(axis=0) + 1e-3
        _, strengths, axes = np.linalg.svd((known - mean) / spread, full_matrices=False)
        strengths, axes = strengths[:dimensions], axes[:dimensions]
        turned = axes.T / np.maximum(strengths, 1e-3 * strengths[0]) ** _EVENED_OUT
        return _Turn(mean, spread, np.pad(turned, ((0, 0), (0, dimensions - turned.shape[1]))))

    def __call__(self, features: Floats) -> Floats:
        turned = (features - self.mean) / self.spread @ self.axes
        return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9), np.float32)


def _teachers(args: argparse.Namespace) -> dict[str, tuple[int, Callable[[list[Floats]], Floats]]]:
    """Return what each teacher wants (its rate) and does."""
    one, other = musicnn.Musicnn(args.musicnn), aisfx.Aisfx(args.aisfx)

    def hear(windows: list[Floats]) -> Floats:
        heard = one.hear(windows)
        return np.concatenate([heard.mean, heard.maximum], axis=1)

    return {"musicnn": (musicnn.RATE_HZ, hear), "aisfx": (aisfx.RATE_HZ, other.hear)}


def taught_windows(path: Path, rate_hz: int, most: int) -> tuple[NDArray[np.int64], list[Floats]]:
    """Return windows spread over the piece, each in the middle of its equal share, and the steps that they begin at."""
    samples = read_mono(path, rate_hz)
    length = round(patches.EAR.window_s * rate_hz)
    count = max(1, min(most, len(samples) // length))
    centres = (np.arange(count) + 0.5) * len(samples) / count
    starts = np.clip(centres - length / 2, 0, max(0, len(samples) - length)) / rate_hz
    steps = (starts / STEP_S).astype(np.int64)
    firsts = np.rint(steps * STEP_S * rate_hz).astype(int)
    return steps, [np.resize(samples[first : first + length], length) for first in firsts]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="rendered corpora to be heard too")
    parser.add_argument("--bands", type=Path, nargs="*", default=[], help="the same, without labels; mixes too")
    parser.add_argument("--teachers", nargs="*", default=TEACHERS, choices=TEACHERS, help="those who are to hear now")
    parser.add_argument("--musicnn", type=Path, required=True, help="the folder MSD_musicnn of its package")
    parser.add_argument("--aisfx", type=Path, required=True, help="the file checkpoint.pth of its package")
    return parser


if __name__ == "__main__":
    main()
