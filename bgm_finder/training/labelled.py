"""Tracks with one label each, for training a classifier: from a user's own tag list, or from the rendered corpus."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import AUDIO_SUFFIXES, VIDEO_SUFFIXES, decode
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.drafts import draft_of
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Unreadable
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
    """Return the tracks of the folders that the list gives one tag in the category; raises UnreadableTagList."""
    listed = read_tag_list(tag_list)
    complaints = [f"{tag_list}, line {c.line}: {sentence_of(c.refusal)}" for c in listed.complaints]
    if category not in listed.categories:
        complaints.append(f"{tag_list} has no column {category}; it has {', '.join(listed.categories) or 'no tags'}")
    files = _sound_files(folders)
    names = TrackNames((number, str(path)) for number, path in enumerate(files))
    found: dict[int, Labelled] = {}
    several = 0
    for row in listed.rows:
        labels = [tag.name for tag in row.tags if tag.category == category]
        several += len(labels) > 1
        if len(labels) != 1:
            continue
        meant = names.find(row.file)
        if len(meant) == 1 and meant[0] not in found:
            found[meant[0]] = Labelled(files[meant[0]], labels[0])
        else:
            complaints.append(f"{row.file}: {_not_found(len(meant))}")
    if several:
        complaints.append(f"{several} tracks with several tags of {category} are passed over: only one can be learned")
    tracks = list(found.values())
    kept, rare = common_enough([track.label for track in tracks])
    return Gathered([tracks[number] for number in kept], complaints + rare)


def common_enough(labels: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the numbers of those whose label is on enough tracks, and sentences about the labels that are not."""
    counts = Counter(labels)
    rare = sorted(label for label, count in counts.items() if count < FEWEST_PER_CLASS)
    complaints = [f"{label}: only {counts[label]} tracks, {FEWEST_PER_CLASS} are needed" for label in rare]
    return [number for number, label in enumerate(labels) if label not in rare], complaints


def first_seconds(
    tracks: Sequence[Labelled], input_spec: patches.InputSpec, store: Path
) -> tuple[Bytes, list[int], list[str]]:
    """Return pictures, uint8, (read, rows, columns), the numbers of the tracks read, and sentences about the others."""
    store.mkdir(parents=True, exist_ok=True)
    pictures, read, complaints = [], [], []
    for number, track in enumerate(tracks):
        try:
            pictures.append(_picture(track.path, input_spec, store))
            read.append(number)
        except Unreadable as error:
            complaints.append(f"{track.path.name}: {sentence_of(error.refusal)}")
    shape = (0, *input_spec.pictures[0].shape)
    return (np.stack(pictures) if pictures else np.zeros(shape, np.uint8)), read, complaints


def split(labels: Sequence[str], share: float, seed: int) -> tuple[list[int], list[int]]:
    """Return (kept, held out) numbers, with the same share of every label held out, at least one."""
    rng = np.random.default_rng(seed)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        numbers[label].append(number)
    held: set[int] = set()
    for label in sorted(numbers):
        held.update(int(n) for n in rng.permutation(numbers[label])[: max(1, round(share * len(numbers[label])))])
    return [n for n in range(len(labels)) if n not in held], sorted(held)


def _not_found(meant: int) -> str:
    if meant > 1:
        return "is ambiguous"
    return "is named twice" if meant else "is not in the folders"


def _sound_files(folders: Sequence[Path]) -> list[Path]:
    """Return the files below the folders, each once, by their whole paths, as exported tag lists name them."""
    found = {path for folder in folders for path in folder.resolve().rglob("*")}
    return sorted(path for path in found if path.suffix.lower() in AUDIO_SUFFIXES | VIDEO_SUFFIXES and path.is_file())


def _picture(path: Path, input_spec: patches.InputSpec, store: Path) -> Bytes:
    changed = path.stat().st_mtime_ns if path.exists() else 0
    stored = store / f"{hashlib.sha1(f'{input_spec} {path} {changed}'.encode()).hexdigest()}.npy"
    if not stored.exists():
        sound = decode(path, input_spec.rate_hz, duration_s=input_spec.window_s, mono=True)
        picture = np.rint(patches.pictures(sound.samples, input_spec)[0] * 255).astype(np.uint8)
        with draft_of(stored) as draft, draft.open("wb") as file:  # half a picture would be read the next time
            np.save(file, picture)
    return np.asarray(np.load(stored))
