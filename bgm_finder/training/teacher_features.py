"""What a teacher network heard of a piece, kept in a file a piece; the lab writes it, evaluate compares with it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.drafts import draft_of

Floats = NDArray[np.float32]

TEACHERS = ("musicnn", "aisfx")


@dataclass(frozen=True, slots=True)
class Heard:
    """A teacher's features of some windows of a piece."""

    steps: NDArray[np.int64]
    """Where each window begins, in steps of the stored pictures."""
    features: Floats
    """(windows, features)"""


def heard_file(work: Path, teacher: str, path: Path) -> Path:
    """Return where a teacher's features of a piece are kept."""
    return work / "heard" / teacher / f"{hashlib.sha1(str(path).encode()).hexdigest()}.npz"


def keep(target: Path, heard: Heard) -> None:
    """Write what a teacher made of a piece."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(target) as draft, draft.open("wb") as file:
        np.savez(file, steps=heard.steps, features=heard.features.astype(np.float16))


def read_heard(file: Path) -> Heard:
    """Return what keep has written."""
    with np.load(file) as held:
        return Heard(held["steps"], held["features"].astype(np.float32))
