"""Tracks with one label each, for training a classifier: from a user's own tag list, or from the rendered corpus."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import AUDIO_SUFFIXES, VIDEO_SUFFIXES, Unreadable, decode
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.similarity import patches

Bytes = NDArray[np.uint8]

FEWEST_PER_CLASS = 5
"""A tag on fewer tracks than this cannot be learned and measured."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One track and what it is to be recognised as."""

    path: Path
    label: str
    sounds: frozenset[str] = frozenset()
    """The sounds that play it, where that is known: whole ones can be held out."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The tracks that can be learned from, and sentences about those that cannot."""

    tracks: list[Labelled]
    complaints: list[str]


def from_tag_list(tag_list: Path, folders: Sequence[Path], category: str) -> Gathered:
    """Gives the tracks of the folders that the list gives one tag in the category; raises UnreadableTagList."""
    complaints: list[str] = []
    found: list[Labelled] = []
    by_name = _files_by_name(folders)
    for row in read_tag_list(tag_list).rows:
        labels = [tag.name for tag in row.tags if tag.category == category]
        paths = by_name.get(row.file, set())
        if len(labels) == 1 and len(paths) == 1:
            found.append(Labelled(next(iter(paths)), labels[0]))
        elif len(labels) == 1:
            complaints.append(f"{row.file}: {'is ambiguous' if paths else 'is not in the folders'}")
    counts = Counter(track.label for track in found)
    rare = sorted(label for label, count in counts.items() if count < FEWEST_PER_CLASS)
    complaints += [f"{label}: only {counts[label]} tracks, {FEWEST_PER_CLASS} are needed" for label in rare]
    return Gathered([track for track in found if track.label not in rare], complaints)


def first_seconds(tracks: Sequence[Labelled], front: patches.Front, store: Path) -> tuple[Bytes, list[int], list[str]]:
    """Gives pictures, uint8, (read, rows, columns), the numbers of the tracks read, and sentences about the others."""
    store.mkdir(parents=True, exist_ok=True)
    pictures, read, complaints = [], [], []
    for number, track in enumerate(tracks):
        try:
            pictures.append(_picture(track.path, front, store))
            read.append(number)
        except Unreadable as error:
            complaints.append(f"{track.path.name}: {error.reason}")
    shape = (0, *front.pictures[0].shape)
    return (np.stack(pictures) if pictures else np.zeros(shape, np.uint8)), read, complaints


def split(labels: Sequence[str], share: float, seed: int) -> tuple[list[int], list[int]]:
    """Gives (kept, held out) numbers, with the same share of every label held out, at least one."""
    rng = np.random.default_rng(seed)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        numbers[label].append(number)
    held: set[int] = set()
    for label in sorted(numbers):
        held.update(int(n) for n in rng.permutation(numbers[label])[: max(1, round(share * len(numbers[label])))])
    return [n for n in range(len(labels)) if n not in held], sorted(held)


def _files_by_name(folders: Iterable[Path]) -> dict[str, set[Path]]:
    """Gives the files under whole path, name, and name without its ending."""
    names: dict[str, set[Path]] = defaultdict(set)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in AUDIO_SUFFIXES | VIDEO_SUFFIXES:
                for name in (str(path), str(path.relative_to(folder)), path.name, path.stem):
                    names[name].add(path)
    return names


def _picture(path: Path, front: patches.Front, store: Path) -> Bytes:
    changed = path.stat().st_mtime_ns if path.exists() else 0
    stored = store / f"{hashlib.sha1(f'{front} {path} {changed}'.encode()).hexdigest()}.npy"
    if not stored.exists():
        sound = decode(path, front.rate_hz, duration_s=front.window_s, mono=True)
        np.save(stored, np.rint(patches.pictures(sound.samples, front)[0] * 255).astype(np.uint8))
    return np.asarray(np.load(stored))
