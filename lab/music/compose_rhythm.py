"""Drum grooves and bass lines, a bar at a time."""

import random
from dataclasses import dataclass

from lab.music.compose_harmony import Chord

KICK, STICK, SNARE, CLAP, HAT, OPEN_HAT, CRASH, RIDE = 36, 37, 38, 39, 42, 46, 49, 51
LOW_TOM, TOM, HIGH_TOM, TAMBOURINE, SHAKER = 41, 45, 48, 54, 70
LOW_CONGA, CONGA, BONGO, COWBELL, TRIANGLE, CLAVES = 64, 63, 60, 56, 81, 75
STEPS = 16
"""Steps of a bar of four; a bar of three uses the first twelve."""

_FORCE = {"X": 1.0, "x": 0.78, "o": 0.45, ".": 0.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A note inside a bar: in beats from the bar's start; force 0 to 1."""

    beat: float
    length: float
    pitch: int
    force: float


GROOVES: dict[str, dict[int, str]] = {
    "rock": {KICK: "X.....x.X.x.....", SNARE: "....X.......X...", HAT: "x.o.x.o.x.o.x.o."},
    "rock8": {KICK: "X.x...x.X.x...x.", SNARE: "....X.......X..o", HAT: "X.x.X.x.X.x.X.x.", CRASH: ""},
    "half": {KICK: "X.........x.....", SNARE: "........X.......", HAT: "x...o...x...o..."},
    "punk": {KICK: "X...x...X...x...", SNARE: "..X...X...X...X.", RIDE: "x.x.x.x.x.x.x.x."},
    "ballad": {KICK: "X.........x.....", STICK: "....x.......x...", HAT: "x.o.x.o.x.o.x.o."},
    "ballad6": {KICK: "X.......x.......", SNARE: "........x.......", HAT: "x..o..x..o..x.o.", SHAKER: ""},
    "four": {KICK: "X...X...X...X...", OPEN_HAT: "..x...x...x...x.", CLAP: "....x.......x..."},
    "four_clap": {KICK: "X...X...X...X...", HAT: "o.xoo.xoo.xoo.xo", CLAP: "....X.......X..o", RIDE: ""},
    "breakbeat": {KICK: "X.x.......xx....", SNARE: "....X..o.o..X..o", HAT: "x.x.x.x.x.x.x.x."},
    "electro": {KICK: "X..x..x...x..x..", CLAP: "....X.......X...", HAT: "xoxoxoxoxoxoxoxo"},
    "pop": {
        KICK: "X..x....x.x.....",
        SNARE: "....X.......X...",
        HAT: "x.x.x.x.x.x.x.xo",
        TAMBOURINE: "....x.......x...",
    },
    "disco": {
        KICK: "X...X...X...X...",
        SNARE: "....X.......X...",
        HAT: "x...x...x...x...",
        OPEN_HAT: "..x...x...x...x.",
    },
    "hand": {LOW_CONGA: "X..x..x...x.....", CONGA: "..o.x...o.x.x.o.", SHAKER: "xoxoxoxoxoxoxoxo"},
    "latin": {
        KICK: "X..x..x.X..x..x.",
        CLAVES: "x..x..x...x.x...",
        BONGO: "x.ox.ox.x.ox.oxo",
        SHAKER: "x.o.x.o.x.o.x.o.",
    },
    "taiko": {LOW_TOM: "X.....x.X..x..x.", TOM: "....o.......x.x.", COWBELL: "x.......x......."},
    "reel": {LOW_TOM: "X...x...X...x...", TAMBOURINE: "o.xoo.xoo.xoo.xo"},
    "march": {KICK: "X.......x.......", SNARE: "....x.oo....x.xx", TRIANGLE: "x..............."},
    "orchestral": {LOW_TOM: "X...............", TRIANGLE: "........o......."},
    "swing": {KICK: "o...o...o...o...", RIDE: "x...x.x.x...x.x.", HAT: "....x.......x...", SNARE: "......o........o"},
    "brushes": {SNARE: "o.o.x.o.o.o.x.o.", KICK: "x.......o.......", HAT: "....o.......o..."},
    "bossa": {KICK: "X.....x.X.....x.", STICK: "x.....x.....x...", SHAKER: "xoxoxoxoxoxoxoxo"},
    "slow": {KICK: "X...............", STICK: "........o.......", SHAKER: "o...o...o...o..."},
}

_BASSES: dict[str, tuple[tuple[int, int, str], ...]] = {
    "whole": ((0, 16, "R"),),
    "drone": ((0, 16, "R"), (8, 8, "5")),
    "root5": ((0, 6, "R"), (6, 2, "R"), (8, 6, "5"), (14, 2, "R")),
    "eighths": tuple((step, 2, "R") for step in range(0, 16, 2)),
    "drive": (
        (0, 2, "R"),
        (2, 2, "R"),
        (4, 2, "R"),
        (6, 2, "R"),
        (8, 2, "R"),
        (10, 2, "R"),
        (12, 2, "5"),
        (14, 2, "n"),
    ),
    "walkup": ((0, 8, "R"), (8, 4, "5"), (12, 4, "n")),
    "offbeat": ((2, 2, "R"), (6, 2, "R"), (10, 2, "R"), (14, 2, "R")),
    "sixteenths": tuple((step, 1, "8" if step % 8 == 7 else "R") for step in range(16) if step % 4),
    "octaves": tuple((step, 2, "8" if step % 4 else "R") for step in range(0, 16, 2)),
    "funk": ((0, 3, "R"), (3, 1, "8"), (6, 2, "R"), (10, 1, "5"), (11, 2, "8"), (14, 2, "n")),
    "tresillo": ((0, 3, "R"), (6, 3, "5"), (12, 4, "8")),
    "bossa": ((0, 6, "R"), (6, 2, "5"), (8, 6, "5"), (14, 2, "R")),
}


def drum_bar(groove: str, rng: random.Random, steps: int, force: float, is_last: bool, is_first: bool) -> list[Hit]:
    """Return one bar of a groove, with a fill in the last bar of a section and a crash in its first."""
    hits = []
    fill_from = steps - rng.choice((4, 8)) if is_last else steps
    for pitch, pattern in GROOVES[groove].items():
        for step, mark in enumerate(pattern[:fill_from]):
            strength = _FORCE[mark] * rng.uniform(0.9, 1.05)
            if strength > 0:
                hits.append(Hit(step / 4, 0.25, pitch, strength * (0.55 + 0.45 * force)))
    has_snare = SNARE in GROOVES[groove]
    if is_last and has_snare:
        hits += _fill(rng, fill_from, steps, force)
    if is_first and has_snare and force > 0.45:
        hits.append(Hit(0, 1, CRASH, 0.55 + 0.3 * force))
    return hits


def _fill(rng: random.Random, start: int, steps: int, force: float) -> list[Hit]:
    drums = sorted(rng.choice((SNARE, HIGH_TOM, TOM, LOW_TOM)) for _ in range(start, steps))
    drums.sort(key=lambda drum: {SNARE: 0, HIGH_TOM: 1, TOM: 2, LOW_TOM: 3}[drum])
    return [
        Hit(step / 4, 0.25, drum, (0.5 + 0.4 * force) * rng.uniform(0.75, 1.0))
        for step, drum in zip(range(start, steps), drums, strict=True)
        if step % 2 == 0 or rng.random() < 0.6
    ]


def bass_bar(pattern: str, chord: Chord, following: Chord, rng: random.Random, steps: int, force: float) -> list[Hit]:
    """Return one bar of bass under the chord, leading towards the following one."""
    root = _low(chord.root)
    if pattern == "walking":
        return _walk(root, chord, following, rng, steps, force)
    fifth = root + (7 if len(chord.tones) < 3 else (chord.tones[2] - chord.root) % 12)
    lead = _low(following.root) + rng.choice((-2, -1, 2))
    pitches = {"R": root, "5": fifth, "8": root + 12, "n": lead}
    return [
        Hit(step / 4, min(length, steps - step) / 4 * 0.92, pitches[tone], force * rng.uniform(0.85, 1.0))
        for step, length, tone in _BASSES[pattern]
        if step < steps
    ]


def _walk(root: int, chord: Chord, following: Chord, rng: random.Random, steps: int, force: float) -> list[Hit]:
    beats = steps // 4
    tones = sorted(root + (tone - chord.root) % 12 for tone in chord.tones[:4])
    line = [root, *(rng.choice(tones[1:]) for _ in range(beats - 2)), _low(following.root) + rng.choice((-1, 1))]
    return [Hit(beat, 0.9, pitch, force * rng.uniform(0.8, 1.0)) for beat, pitch in enumerate(line)]


def _low(pitch_class: int) -> int:
    """Return the pitch in the bass guitar's lowest octave, E1 up."""
    return 28 + (pitch_class - 4) % 12
