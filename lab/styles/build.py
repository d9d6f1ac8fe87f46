"""Render the exam's pieces and controlled pairs into a folder; goes on where it was stopped."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from bgm_finder.drafts import draft_of
from bgm_finder.training.metrics.styles import LABELS, read_rows
from lab.styles.play import LEARNED, RATE_HZ, UNHEARD, Production, at_tempo, led_by, play, transposed
from lab.styles.style import Style
from lab.styles.table import HELD_OUT, STYLES
from lab.styles.write import Score, write

LENGTH_S = 13.0
PIECES_A_STYLE = 30
SCORES = 300
CHANGES = ("base", "font", "key", "tempo", "lead", "groove", "mastering")
_LEADS = ("piano", "woodwind", "brass", "strings", "synthesizer", "mallets", "electric_guitar", "plucked", "accordion")
_TEMPO = 1.03, 1.2
_MOST_SEMITONES = 6
_SPARE_S = 3.0
"""Longer than the render, so that a faster version does not end early."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to render, and what the exam knows of it."""

    file: str
    labels: dict[str, object]
    render: Callable[[], tuple[Score, Production]]


def pairs(scores: int = SCORES) -> Iterator[Item]:
    """Yield every score as it is and with each of the changes."""
    for number in range(scores):
        for change in CHANGES:
            labels = {"kind": "pair", "score": number, "change": change, **_place(number)}
            yield Item(f"pair_{number:04d}_{change}.flac", labels, partial(_changed, number, change))


def styles(pieces: int = PIECES_A_STYLE) -> Iterator[Item]:
    """Yield pieces of every style, one of each in turn, on the family's sounds in turn."""
    for number in range(pieces):
        for place, name in enumerate(STYLES):
            seed = 10_000 + number * 100 + place
            held = name in HELD_OUT
            sounds = (UNHEARD if held else LEARNED)[number % 3]
            labels = {"kind": "style", "style": name, "held_out": held, "sounds": sounds, "seed": seed}
            yield Item(f"style_{name}_{number:02d}.flac", labels, partial(_piece, name, seed, sounds))


def render(items: Iterator[Item], folder: Path) -> Iterator[str]:
    """Render what is not there yet; yield each file's name."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = read_rows(folder)
    done = {row["file"] for row in rows}
    with draft_of(folder / LABELS) as draft:  # without the line that a stop may have cut
        draft.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with (folder / LABELS).open("a", encoding="utf-8") as listing:
        for item in items:
            if item.file in done:
                continue
            score, production = item.render()
            with draft_of(folder / item.file) as draft:
                soundfile.write(draft, play(score, production, LENGTH_S), RATE_HZ, format="FLAC", subtype="PCM_16")
            row = {"file": item.file, **item.labels, "tempo_bpm": round(score.tempo_bpm, 2)}
            listing.write(json.dumps(row) + "\n")
            listing.flush()
            yield item.file


def _place(number: int) -> dict[str, object]:
    """Return style and sounds of a score: learned ones and held out ones never meet."""
    held = number % 3 == 2
    names = [name for name in STYLES if (name in HELD_OUT) == held and _lenders(name)]
    sounds = UNHEARD if held else LEARNED
    return {"style": names[number // 3 % len(names)], "held_out": held, "sounds": sounds[number // 7 % 3]}


def _piece(name: str, seed: int, sounds: str) -> tuple[Score, Production]:
    return write(name, STYLES[name], seed, LENGTH_S + _SPARE_S), Production(sounds, seed, seed + 1)


def _changed(number: int, change: str) -> tuple[Score, Production]:
    place = _place(number)
    name, sounds = str(place["style"]), str(place["sounds"])
    rng = np.random.default_rng([number, CHANGES.index(change)])
    style = replace(STYLES[name], led=1.0)
    production = Production(sounds, number, number + 50_000)
    score = write(name, style, number, LENGTH_S + _SPARE_S)
    if change == "font":
        family = UNHEARD if place["held_out"] else LEARNED
        others = [font for font in family if font != sounds]
        return score, replace(production, sounds=str(rng.choice(others)), patch_seed=number + 90_000)
    if change == "mastering":
        return score, replace(production, master_seed=number + 70_000)
    return _rewritten(score, style, change, rng), production


def _rewritten(score: Score, style: Style, change: str, rng: np.random.Generator) -> Score:
    if change == "key":
        return transposed(score, int(rng.choice([n for n in range(-_MOST_SEMITONES, _MOST_SEMITONES + 1) if n])))
    if change == "tempo":
        factor = float(np.exp(rng.uniform(*np.log(_TEMPO))))
        return at_tempo(score, factor if rng.random() < 0.5 else 1 / factor)
    if change == "lead":
        leading = {part.instrument for part in score.parts if part.role == "lead"}
        return led_by(score, str(rng.choice([name for name in _LEADS if name not in leading])))
    if change == "groove":
        lender = STYLES[str(rng.choice(_lenders(score.style)))]
        return write(score.style, style, score.seed, LENGTH_S + _SPARE_S, lender)
    return score


def _lenders(name: str) -> list[str]:
    """Return the styles whose groove another one can take; held out ones only from each other."""
    others = [other for other in STYLES if other != name and (other in HELD_OUT) == (name in HELD_OUT)]
    return [other for other in others if _can_lend(STYLES[other], STYLES[name])]


def _can_lend(groove: Style, style: Style) -> bool:
    """Return whether a style's groove fits another one's bars, with as many kinds of players."""
    return (groove.beats, groove.is_triple, bool(groove.drums), bool(groove.bass)) == (
        style.beats,
        style.is_triple,
        bool(style.drums),
        bool(style.bass),
    )
