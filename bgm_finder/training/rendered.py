"""The rendered corpus as the training sees it: files with their labels as numbers."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

MAIN = ("acoustic_guitar", "electric_guitar", "piano", "synthesizer")
GENRES = ("ambient", "ballad", "classical", "jazz", "pops", "rock", "techno", "world")
MOODS = ("bright", "calm", "dark", "driving", "exciting", "gentle", "grand", "happy", "light", "sad", "stylish")
INSTRUMENTS = (
    *MAIN,
    *("bass", "drums", "strings", "woodwind", "choir", "brass", "electric_piano", "mallets", "plucked", "organ"),
    *("percussion", "accordion"),
)
FONT_FAMILIES = (
    frozenset({"FluidR3_GM", "MuseScore_General"}),  # the second was made from the first
    frozenset({"TimGM6mb", "OPL3_FM"}),
    frozenset({"freepats", "csound_GMbank"}),
    frozenset({"modal", "synth"}),
    frozenset({"ZynAddSubFX", "amsynth", "hexter", "WhySynth", "mda_Piano"}),
)
"""Sounds that are held out together, so that no test hears a relative of what was trained on."""


@dataclass(frozen=True, slots=True)
class Render:
    """One piece of the corpus."""

    path: Path
    main: str
    fonts: frozenset[str]
    """The sounds that play its main instrument."""
    labels: dict[str, Any]


def read_corpus(folder: Path) -> list[Render]:
    """Return all pieces whose sound is there; the corpus may still be growing."""
    with (folder / "labels.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.endswith("}\n")]
    rows = [row for row in rows if row["main_instrument"] in MAIN]
    found = [Render(folder / row["file"], row["main_instrument"], frozenset(row["main_fonts"]), row) for row in rows]
    return [render for render in found if render.path.exists()]


def read_company(folder: Path, without: frozenset[str] = frozenset()) -> list[Path]:
    """Return the pieces that no main instrument plays in; without those of some sounds, or of some packages' tracks."""
    with (folder / "labels.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.endswith("}\n")]
    rows = [row for row in rows if row["main_instrument"] not in MAIN]
    found = [folder / row["file"] for row in rows if not without & {*row["fonts"], *row.get("packages", ())}]
    return [path for path in found if path.exists()]


def read_unlabelled(folders: Iterable[Path], without: frozenset[str]) -> list[Path]:
    """Return what read_company gives of several folders: company, bands or mixes."""
    return [path for folder in folders for path in read_company(folder, without)]


def family(number: int | None) -> frozenset[str]:
    """Return the sounds of a family that is held out; none where none is."""
    return frozenset() if number is None else FONT_FAMILIES[number]


def plays_any_of(render: Render, fonts: frozenset[str]) -> bool:
    return bool(render.fonts & fonts)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the heads learn, one row a piece."""

    main: Tensor
    shares: Tensor
    genre: Tensor
    mood: Tensor
    measures: Tensor
    """Tempo in octaves from 120, density of notes on a log scale, drums or not; each about 0 to 1 in size."""


def targets(renders: list[Render]) -> Targets:
    """Return the labels of all pieces as tensors."""
    rows = [render.labels for render in renders]
    return Targets(
        torch.tensor([MAIN.index(row["main_instrument"]) for row in rows]),
        torch.tensor([[row["instruments"].get(name, 0.0) for name in INSTRUMENTS] for row in rows]),
        torch.tensor([GENRES.index(row["genre"]) for row in rows]),
        torch.tensor([MOODS.index(row["mood"]) for row in rows]),
        torch.tensor(
            [
                [math.log2(row["tempo_bpm"] / 120), math.log2(1 + row["density"]) / 4, float(row["drums"])]
                for row in rows
            ]
        ),
    )
