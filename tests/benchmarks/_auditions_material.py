"""The candidates of the auditions benchmark, and the judges of how far each is from the one that is wanted."""

import csv
import importlib
import importlib.util
import json
import re
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.paths import resource
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import SoundAt
from bgm_finder.workflows.analyse import file_windows
from lab.material.real_music import open_half
from lab.music.corpus import LABELS

COUNT = 730
_SEED = 20261128
_VARIATIONS = frozenset(("intro", "end", "fill", "sus", "plus", "walk"))
_FARTHEST_TAGS = 4.0


@dataclass(frozen=True)
class Judge:
    """What an editor has in mind: how far every candidate is from each that may be wanted."""

    name: str
    wanted: NDArray[np.int64]
    """Candidates that may be wanted."""
    distances: NDArray[np.float64]
    """(wanted, candidates)."""


@dataclass(frozen=True)
class Candidates:
    """Files with what is known of them: labels of the scores, of the composer, or tags."""

    files: list[Path]
    labels: list[dict[str, object]]


def candidates(args: Namespace) -> Candidates:
    """Return 730 tracks out of the folders, or the demo library where there are none."""
    if args.music is None:
        return _demo()
    real = [args.music / "wav" / f"{track.id}_A.wav" for track in open_half(args.bench, args.music)]
    found = Candidates([path for path in real if path.exists()], [])
    found.labels.extend({} for _ in found.files)
    rng, missing = np.random.default_rng(_SEED), COUNT - len(found.files)
    for folder, count in ((args.bands, missing - missing // 2), (args.corpus, missing // 2)):
        rows = sorted(map(json.loads, (folder / LABELS).read_text().splitlines()), key=lambda row: row["seed"])
        for number in sorted(rng.choice(len(rows), count, replace=False)):
            found.files.append(folder / rows[number]["file"])
            found.labels.append(rows[number])
    return found


def _demo() -> Candidates:
    folder = resource("demo")
    with (folder / "tags.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    categories = ("use", "genre", "mood", "instrument", "tempo")
    tags = [
        {f"{name}={word}" for name in categories for word in re.split("[,、]\\s*", row[name]) if word} for row in rows
    ]
    return Candidates([folder / row["file"] for row in rows], [{"tags": found} for found in tags])


def vectors(files: Sequence[Path], kept: Path | None) -> NDArray[np.float32]:
    """Return the network's unit vector of each file, made now or kept by an earlier run."""
    embedder = load_embedder()
    names = [path.name for path in files]
    if kept is not None and kept.exists():
        with np.load(kept) as found:
            if found["names"].tolist() == names and str(found["network"]) == embedder.name:
                return np.asarray(found["vectors"])
    made = np.stack([embedder.embed(file_windows(SoundAt(path), embedder)) for path in files])
    if kept is not None:
        np.savez(kept, names=names, vectors=made, network=embedder.name)
    return made


def judges(material: Candidates) -> list[Judge]:
    """Return the judges that can be asked about these candidates."""
    labels = material.labels
    scores = np.array([n for n, row in enumerate(labels) if "style" in row], np.int64)
    pieces = np.array([n for n, row in enumerate(labels) if "genre" in row], np.int64)
    tagged = np.array([n for n, row in enumerate(labels) if row.get("tags")], np.int64)
    everything = np.arange(len(labels))
    found = [
        Judge("styles", scores, _between([_words(row) for row in labels], scores)),
        Judge("tags", pieces, np.array([[_apart(labels[one], row) for row in labels] for one in pieces])),
        Judge("demo tags", tagged, _between([row.get("tags", set()) for row in labels], tagged)),
    ]
    if importlib.util.find_spec("bliss_audio"):
        song = importlib.import_module("bliss_audio").Song
        numbers = np.array([song(str(path)).analysis for path in material.files], np.float64)
        found.append(Judge("bliss", everything, np.linalg.norm(numbers[:, None] - numbers[None], axis=2)))
    return [judge for judge in found if len(judge.wanted)]


def _words(row: dict[str, object]) -> set[str]:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d\d+", str(row.get("style", "")))
    return {word.lower() for word in words} - _VARIATIONS


def _between(words: Sequence[object], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of words that two do not have in common, (wanted, all); one with no words shares none."""
    sets = [set(some) for some in words]  # type: ignore[call-overload]
    return np.array([[1 - len(sets[one] & other) / max(1, len(sets[one] | other)) for other in sets] for one in wanted])


def _apart(one: dict[str, object], other: dict[str, object]) -> float:
    if "genre" not in other:
        return _FARTHEST_TAGS
    octaves = abs(float(np.log2(float(str(one["tempo_bpm"])) / float(str(other["tempo_bpm"])))))
    return sum(one[key] != other[key] for key in ("genre", "mood", "main_instrument")) + min(1.0, octaves)
