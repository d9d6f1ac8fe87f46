"""Lets the teacher hear windows of every track and keeps what it made of them; goes on where it was stopped.

python -m bgm_finder.training.teach --bench FOLDER --music FOLDER --teacher FOLDER --work FOLDER
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity import patches
from bgm_finder.training.musicnn import RATE_HZ, Heard, Musicnn
from bgm_finder.training.picture_store import read_mono
from bgm_finder.training.real_music import open_half

WINDOWS_PER_TRACK = 14
DIMENSIONS = 128
_AT_ONCE = 8


def main() -> None:
    arguments = _parser().parse_args()
    torch.set_num_threads(1)
    teacher = Musicnn(arguments.teacher)
    folder = arguments.work / "teach"
    folder.mkdir(parents=True, exist_ok=True)
    tracks = open_half(arguments.bench, arguments.music)
    for number, track in enumerate(tracks):
        if not (folder / f"{track.id}.npz").exists():
            _teach(teacher, track.path, folder / f"{track.id}.npz")
            print(f"{number + 1} of {len(tracks)}", flush=True)


def lessons(folder: Path, ids: list[str]) -> dict[int, tuple[NDArray[np.integer], NDArray[np.float32]]]:
    """Gives for each track (by its number in ids) that was heard: grid numbers of windows, and a unit vector of each.

    The vectors are the means of the teacher's maps, on their principal axes, evened out by half.
    """
    heard = {}
    for number, track in enumerate(ids):
        if (folder / f"{track}.npz").exists():
            with np.load(folder / f"{track}.npz") as held:
                heard[number] = (held["grid"], held["mean"].astype(np.float32))
    if not heard:
        return {}
    turned = _half_whitened(np.concatenate([means for _, means in heard.values()]))
    ends = np.cumsum([len(grid) for grid, _ in heard.values()])
    parts = np.split(turned, ends[:-1])
    return {number: (grid, part) for (number, (grid, _)), part in zip(heard.items(), parts, strict=True)}


def _teach(teacher: Musicnn, path: Path, target: Path) -> None:
    samples = read_mono(path, RATE_HZ)
    length = round(patches.EAR.window_s * RATE_HZ)
    whole = max(1, len(samples) // length)
    grid = np.unique(np.linspace(0, whole - 1, min(whole, WINDOWS_PER_TRACK)).round().astype(int))
    windows = [np.resize(samples[start : start + length], length) for start in grid * length]
    heard = [teacher.hear(windows[start : start + _AT_ONCE]) for start in range(0, len(windows), _AT_ONCE)]
    np.savez(target, grid=grid, mean=_joined(heard, "mean"), penultimate=_joined(heard, "penultimate"))


def _joined(heard: list[Heard], name: str) -> NDArray[np.float16]:
    return np.concatenate([getattr(part, name) for part in heard]).astype(np.float16)


def _half_whitened(values: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled = (values - values.mean(axis=0)) / (values.std(axis=0) + 1e-3)
    strengths, axes = np.linalg.eigh((scaled.T @ scaled / len(scaled)).astype(np.float64))
    turned = scaled @ (axes[:, ::-1][:, :DIMENSIONS] / np.maximum(strengths[::-1][:DIMENSIONS], 1e-6) ** 0.25)
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "teacher", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
