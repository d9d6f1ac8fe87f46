"""The free game music that the network learns from, read from the lists of the open benchmark."""

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDS = 4


@dataclass(frozen=True, slots=True)
class RealTrack:
    """One track of the open half."""

    id: str
    path: Path
    package: str


def open_half(bench: Path, music: Path) -> list[RealTrack]:
    """Return the tracks to learn from: those neither marked as no music nor as a copy of another.

    bench: the folder of tracks.csv; music: the folder that its packages were unpacked in.
    """
    with (bench / "tracks.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        RealTrack(row["id"], music / row["path"], row["package"])
        for row in rows
        if row["split"] == "open" and not row["nonmusic"] and not row["dup"]
    ]


def held_out_packages(tracks: list[RealTrack], fold: int, folds: int = FOLDS) -> frozenset[str]:
    """Return every so-manieth package, by size, so that each fold holds large and small ones."""
    sizes: dict[str, int] = {}
    for track in tracks:
        sizes[track.package] = sizes.get(track.package, 0) + 1
    by_size = sorted(sizes, key=lambda package: (-sizes[package], package))
    return frozenset(by_size[fold::folds])


def held_out_tracks(tracks: list[RealTrack], folds: list[int]) -> set[int]:
    """Return the numbers of the tracks whose packages belong to the folds."""
    packages = frozenset().union(*(held_out_packages(tracks, fold) for fold in folds))
    return {number for number, track in enumerate(tracks) if track.package in packages}
