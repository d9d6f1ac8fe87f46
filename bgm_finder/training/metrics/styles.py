"""The exam of lab.styles: does a piece find others of its style on other sounds, and what moves its vector how far."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import decode_windows, probe
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.patches import window_starts
from bgm_finder.training.metrics.retrieval import NEIGHBOURS, Flags, Floats, Metric, Words, hub_skew_of, mean_of

CHANGES = ("mastering", "key", "font", "tempo", "lead", "groove")
"""What is changed in a score, in the order in which an editor would mind."""
LABELS = "labels.jsonl"


@dataclass(frozen=True, slots=True)
class Exam:
    """The pieces of an exam's folder: those of the styles, and the scores with their changed versions."""

    ids: Words
    """Of all pieces, (pieces,): file names without their ending."""
    styles: Words
    sounds: Words
    is_held_out: Flags
    """Whether nothing was learned from the piece's style and sounds."""
    scores: NDArray[np.int64]
    """Of a changed version its score, -1 for a piece of a style."""
    changes: Words
    """Of a version what was changed, "base" for the score as it is, and "" for a piece of a style."""


def read_exam(folder: Path) -> tuple[Exam, list[Path]]:
    """Return what is known of the pieces, and their files; raises OSError where there is none."""
    rows = [(part, row) for part in ("styles", "pairs") for row in read_rows(folder / part)]
    if not rows:
        raise OSError(f"{folder} holds no pieces of lab.styles")
    labels = [row for _, row in rows]
    exam = Exam(
        np.array([Path(str(row["file"])).stem for row in labels]),
        np.array([row["style"] for row in labels]),
        np.array([row["sounds"] for row in labels]),
        np.array([bool(row["held_out"]) for row in labels]),
        np.array([row.get("score", -1) for row in labels]),
        np.array([row.get("change", "") for row in labels]),
    )
    return exam, [folder / part / str(row["file"]) for part, row in rows]


def part_of(exam: Exam, kept: Flags | NDArray[np.integer]) -> Exam:
    """Return the exam of the kept pieces alone, by flags or places."""
    return Exam(
        exam.ids[kept],
        exam.styles[kept],
        exam.sounds[kept],
        exam.is_held_out[kept],
        exam.scores[kept],
        exam.changes[kept],
    )


def read_rows(folder: Path) -> list[dict[str, object]]:
    """Return what is known of every piece of a folder whose sound is there; it may still be growing."""
    path = folder / LABELS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    rows = [json.loads(line) for line in lines if line.endswith("}\n")]
    return [row for row in rows if (folder / row["file"]).exists()]


def embedded(embedder: Embedder, files: list[Path]) -> Floats:
    """Return the network's vectors of files, float64, (files, dimensions)."""
    spec = embedder.input_spec
    starts = (window_starts(probe(path).duration_s, spec) for path in files)
    windows = (decode_windows(path, at, spec.window_s, spec.rate_hz) for path, at in zip(files, starts, strict=True))
    return np.stack([embedder.embed(heard) for heard in windows]).astype(np.float64)


def measured(exam: Exam, vectors: dict[str, Floats]) -> dict[str, object]:
    """Return the figures of each set of vectors, (pieces, dimensions), by its name, and what the first gains."""
    said: dict[str, object] = {}
    for group, asked in (("all", np.ones(len(exam.ids), bool)), ("held out", exam.is_held_out)):
        of_group = {name: matrix[asked] for name, matrix in vectors.items()}
        said |= {f"{group}: {what}": value for what, value in _of_group(part_of(exam, asked), of_group).items()}
    return said


def _of_group(exam: Exam, vectors: dict[str, Floats]) -> dict[str, object]:
    pieces = exam.scores < 0
    first, *others = found = {name: style_precision(exam, matrix, pieces) for name, matrix in vectors.items()}
    said: dict[str, object] = {"pieces": int(pieces.sum()), "chance": round(_chance(exam, pieces), 3)}
    numbers = np.arange(int(pieces.sum()))
    said |= {f"style P@4, {name}": mean_of(values, numbers) for name, values in found.items()}
    said |= {f"gain over {name}": mean_of(found[first] - found[name], numbers) for name in others}
    said |= {f"hub skew, {name}": round(hub_skew_of(_unit(matrix[pieces])), 3) for name, matrix in vectors.items()}
    for name, matrix in vectors.items():
        said |= {f"share of {change}, {name}": share for change, share in shares(exam, matrix).items()}
    return said


def style_precision(exam: Exam, vectors: Floats, asked: Flags) -> Floats:
    """Return for each piece asked for how many of the nearest four on other sounds are of its style, (asked,).

    Only the pieces asked for are rivals.
    """
    unit, styles, sounds = _unit(vectors[asked]), exam.styles[asked], exam.sounds[asked]
    cosines = unit @ unit.T
    cosines[sounds[:, None] == sounds[None]] = -np.inf
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :NEIGHBOURS]
    return np.asarray((styles[nearest] == styles[:, None]).mean(axis=1))


def shares(exam: Exam, vectors: Floats) -> dict[str, Metric]:
    """Return how far each change moves a score, as a part of how far it lies from scores of other styles."""
    unit = _unit(vectors)
    base = np.flatnonzero(exam.changes == "base")
    row = {int(exam.scores[place]): number for number, place in enumerate(base)}
    apart = 1 - unit[base] @ unit[base].T
    other = exam.styles[base][:, None] != exam.styles[base][None]
    other &= exam.is_held_out[base][:, None] == exam.is_held_out[base][None]
    far = float(apart[other].mean()) if other.any() else float("nan")
    said = {}
    for change in CHANGES:
        places = [place for place in np.flatnonzero(exam.changes == change) if int(exam.scores[place]) in row]
        if places:
            own = base[[row[int(exam.scores[place])] for place in places]]
            moved = 1 - np.einsum("ij,ij->i", unit[places], unit[own])
            said[change] = mean_of(moved / far, np.arange(len(places)))
    return said


def _chance(exam: Exam, asked: Flags) -> float:
    styles, sounds = exam.styles[asked], exam.sounds[asked]
    rivals = sounds[:, None] != sounds[None]
    return float((rivals & (styles[:, None] == styles[None])).sum() / max(rivals.sum(), 1))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
