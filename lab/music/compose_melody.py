"""Melodies: motifs that come back, bent to the chords."""

import random
from dataclasses import dataclass

from lab.music.compose_harmony import Chord, nearest, pitches_between, scale_over
from lab.music.compose_rhythm import Hit

_BEAT_CELLS = {
    "long": ("x---", "----", "x---"),
    "calm": ("x---", "x-x-", "----", "x--x"),
    "busy": ("x-x-", "x-x-", "xx x", "x-xx", "x--x", "-x-x"),
    "fast": ("xxxx", "x-xx", "xxx-", "x-x-"),
}
"""What may happen inside a beat: x strikes, - holds, space rests."""

_CONTOURS = (
    (1, 1, -1),
    (1, -2, 1),
    (2, -1, -1),
    (-1, -1, 2),
    (1, 1, 1),
    (-1, -1, -1),
    (0, 1, -1),
    (3, -1, -1),
    (0, 0, 2),
)


@dataclass(frozen=True, slots=True)
class Motif:
    """A bar of rhythm and the scale steps between its notes."""

    onsets: tuple[int, ...]
    lengths: tuple[int, ...]
    moves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tune:
    """The motifs of one section: a statement, its answer and its close."""

    statement: Motif
    answer: Motif
    close: Motif

    def bar(self, index: int) -> Motif:
        return (self.statement, self.answer, self.statement, self.close)[index % 4]


def invent_tune(rng: random.Random, density: float, steps: int) -> Tune:
    """Return the motifs of a section; density 0 to 1 says how many notes a beat holds."""
    statement = _motif(rng, density, steps)
    answer = _motif(rng, density, steps) if rng.random() < 0.5 else _varied(statement, rng)
    return Tune(statement, answer, _closing(rng, steps))


def _motif(rng: random.Random, density: float, steps: int) -> Motif:
    kinds = ("long", "calm", "busy", "fast")
    grid = ""
    for beat in range(steps // 4):
        place = min(3, max(0, round(density * 3 + rng.gauss(-0.3, 0.6))))
        grid += "x---" if beat == 0 and rng.random() < 0.6 else rng.choice(_BEAT_CELLS[kinds[place]])
    onsets = [step for step, mark in enumerate(grid) if mark == "x"] or [0]
    ends = [*onsets[1:], steps]
    lengths = []
    for onset, end in zip(onsets, ends, strict=True):
        rest = grid.find(" ", onset, end)
        lengths.append((rest if rest > 0 else end) - onset)
    moves: list[int] = []
    while len(moves) < len(onsets):
        moves += rng.choice(_CONTOURS)
    return Motif(tuple(onsets), tuple(lengths), (0, *moves[1 : len(onsets)]))


def _varied(motif: Motif, rng: random.Random) -> Motif:
    moves = [move if rng.random() < 0.6 else -move for move in motif.moves]
    return Motif(motif.onsets, motif.lengths, tuple(moves))


def _closing(rng: random.Random, steps: int) -> Motif:
    onsets = rng.choice(((0,), (0, 4), (0, 2, 4)))
    ends = [*onsets[1:], steps - rng.choice((0, 2, 4))]
    lengths = tuple(end - onset for onset, end in zip(onsets, ends, strict=True))
    return Motif(onsets, lengths, (0, *(rng.choice((-1, 1)) for _ in onsets[1:])))


class Singer:
    """Keep the place of a melody from bar to bar, inside a range of pitches."""

    def __init__(self, low: int, high: int, tonic: int, scale: str, rng: random.Random) -> None:
        self._low, self._high, self._tonic, self._scale, self._rng = low, high, tonic, scale, rng
        self._place = (low + high) / 2

    def sing(self, motif: Motif, chords: list[Chord], force: float) -> list[Hit]:
        """Return the notes of one bar; chords holds the chord of each beat."""
        hits = []
        for onset, length, move in zip(motif.onsets, motif.lengths, motif.moves, strict=True):
            chord = chords[min(onset // 4, len(chords) - 1)]
            pitch = self._next_pitch(chord, move, is_strong=onset % 8 == 0 or length >= 4)
            accent = 1.0 if onset % 4 == 0 else 0.86
            hits.append(Hit(onset / 4, length / 4 * 0.95, pitch, force * accent * self._rng.uniform(0.9, 1.0)))
        return hits

    def _next_pitch(self, chord: Chord, move: int, is_strong: bool) -> int:
        ladder = pitches_between(scale_over(chord, self._tonic, self._scale), self._low, self._high)
        here = ladder.index(nearest(ladder, self._place))
        move = move if 0 <= here + move < len(ladder) else -move
        target = ladder[min(max(here + move, 0), len(ladder) - 1)]
        if is_strong:
            tones = pitches_between(chord.tones[:3], self._low, self._high)
            onward = [tone for tone in tones if (tone - ladder[here]) * move > 0]
            # Without this a step that snaps back would make the tune stand still.
            target = nearest(onward if move and onward and self._rng.random() < 0.7 else tones, target)
        middle = (self._low + self._high) / 2
        self._place = target + 0.12 * (middle - target)
        return target
