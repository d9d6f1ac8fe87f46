"""Accompaniments, a bar at a time: strummed, picked, broken, held or pulsing chords."""

import random

from lab.music.compose_harmony import Chord, guitar_shape, voicing
from lab.music.compose_rhythm import Hit

_BLOCKS = {
    "block4": "x---x---x---x---",
    "block8": "x-x-x-x-x-x-x-x-",
    "pulse": "x-----x---x-x---",
    "stab": "x--x--x---x--x--",
    "comp": "--x---x-------x-",
    "comp2": "x-----x---------",
    "montuno": "x-xx-xx-x-xx-xx-",
    "hold": "x---------------",
    "half": "x-------x-------",
}
_BROKEN = {
    "arpeggio8": (2, (0, 1, 2, 3, 2, 1)),
    "arpeggio16": (1, (0, 1, 2, 3)),
    "sequence": (1, (0, 0, 2, 0, 3, 0, 1, 2)),
    "alberti": (2, (0, 2, 1, 2)),
    "broken": (2, (0, 2, 3, 2)),
    "drift": (4, (0, 2, 1, 3)),
}
"""Steps between notes, and which chord tone comes when."""

_PICKS = {
    "travis": "p.i.p.m.p.i.p.m.",
    "pima": "p.i.m.a.m.i.m.i.",
    "ballad_pick": "p...i.m.a...m.i.",
    "roll": "pimapimapimapima",
    "waltz_pick": "p...a...a...",
}
PICKS = tuple(_PICKS)
_RIFFS = ("x.xx.xx.x.xx.xx.", "xxx.xxx.xxx.xxxx", "x..x..x.x..x.xx.", "x-------x---x-x-", "xxxxxxxxxxxxxxxx")


class Accompanist:
    """Keep the hand of one player from bar to bar, so that chords move smoothly."""

    def __init__(self, pattern: str, centre: int, rng: random.Random) -> None:
        self._pattern, self._centre, self._rng = pattern, centre, rng
        self._hand: tuple[int, ...] = ()
        self._riff = rng.choice(_RIFFS)
        self._count = rng.choice((3, 4, 4))

    def bar(self, chords: list[Chord], force: float) -> list[Hit]:
        """Return the notes of one bar; chords holds the chord of each beat."""
        if self._pattern in _BROKEN:
            return self._broken(chords, force)
        if self._pattern in _PICKS:
            return self._picked(chords, force)
        if self._pattern == "riff":
            return self._power(chords, force)
        if set(self._pattern) <= set("DU."):
            return self._strummed(chords, force)
        return self._blocks(chords, force)

    def _hands(self, chords: list[Chord], count: int) -> list[tuple[int, ...]]:
        """Return the grip of each beat."""
        grips: list[tuple[int, ...]] = []
        for index, chord in enumerate(chords):
            if index == 0 or chord != chords[index - 1]:
                self._hand = voicing(chord, self._centre, count, self._hand)
            grips.append(self._hand)
        return grips

    def _broken(self, chords: list[Chord], force: float) -> list[Hit]:
        stride, order = _BROKEN[self._pattern]
        grips = self._hands(chords, 4)
        hits = []
        for index, step in enumerate(range(0, len(chords) * 4, stride)):
            pitch = grips[step // 4][order[index % len(order)]]
            accent = 1.0 if step % 4 == 0 else 0.82
            hits.append(Hit(step / 4, stride / 4 * 1.6, pitch, force * accent * self._rng.uniform(0.88, 1.0)))
        return hits

    def _blocks(self, chords: list[Chord], force: float) -> list[Hit]:
        grips = self._hands(chords, self._count)
        pattern = _BLOCKS[self._pattern][: len(chords) * 4]
        strikes = _strikes(pattern)
        strikes = strikes + [beat * 4 for beat in range(1, len(chords)) if chords[beat] != chords[beat - 1]]
        strikes = sorted(set(strikes))
        hits = []
        for onset, end in zip(strikes, [*strikes[1:], len(pattern)], strict=True):
            length = min(end - onset, 4) if self._pattern in ("stab", "comp", "comp2", "montuno") else end - onset
            strength = force * self._rng.uniform(0.88, 1.0) * (1.0 if onset % 8 == 0 else 0.88)
            hits += [Hit(onset / 4, length / 4 * 0.93, pitch, strength) for pitch in grips[onset // 4]]
        return hits

    def _strummed(self, chords: list[Chord], force: float) -> list[Hit]:
        """Sound the strings one after another: low to high on a down-stroke, the upper ones on an up-stroke."""
        hits = []
        strokes = [(index, mark) for index, mark in enumerate(self._pattern) if mark != "." and index < len(chords) * 2]
        ends = [index for index, _ in strokes[1:]] + [len(chords) * 2]
        for (index, stroke), end in zip(strokes, ends, strict=True):
            grip = guitar_shape(chords[index // 2])
            strings = grip if stroke == "D" else grip[:-5:-1]
            delay = self._rng.uniform(0.012, 0.03) / len(strings) * 2
            for number, pitch in enumerate(strings):
                strength = force * self._rng.uniform(0.8, 1.0) * (1.0 if stroke == "D" else 0.75)
                hits.append(Hit(index / 2 + number * delay, (end - index) / 2, pitch, strength))
        return hits

    def _picked(self, chords: list[Chord], force: float) -> list[Hit]:
        hits = []
        pattern = _PICKS[self._pattern][: len(chords) * 4]
        for step, finger in enumerate(pattern):
            if finger == ".":
                continue
            grip = guitar_shape(chords[step // 4])
            thumb = grip[0] if step % 8 == 0 else grip[1]
            pitch = thumb if finger == "p" else grip[max(-"ami".index(finger) - 1, -len(grip))]
            strength = force * (0.95 if finger == "p" else 0.8) * self._rng.uniform(0.88, 1.0)
            hits.append(Hit(step / 4, 1.5 if finger == "p" else 1.0, pitch, strength))
        return hits

    def _power(self, chords: list[Chord], force: float) -> list[Hit]:
        """Play roots, fifths and octaves; the short ones between the accents are damped with the palm."""
        hits = []
        pattern = self._riff[: len(chords) * 4]
        for step, mark in enumerate(pattern):
            if mark != "x":
                continue
            root = 40 + (chords[step // 4].root - 40) % 12
            is_accent = step % 8 == 0 or self._riff.count("x") < 8
            end = next((s for s in range(step + 1, len(pattern)) if pattern[s] == "x"), len(pattern))
            length = (end - step) / 4 * 0.95 if is_accent else 0.14
            tones = (root, root + 7, root + 12) if is_accent else (root, root + 7)
            hits += [Hit(step / 4, length, pitch, force * (1.0 if is_accent else 0.7)) for pitch in tones]
        return hits


def _strikes(pattern: str) -> list[int]:
    return [step for step, mark in enumerate(pattern) if mark == "x"]
