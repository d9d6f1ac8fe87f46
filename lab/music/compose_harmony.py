"""Chords, scales and voicings: what sounds together."""

import re
from dataclasses import dataclass

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "hijaz": (0, 1, 4, 5, 7, 8, 10),
    "yo": (0, 2, 5, 7, 9),
    "insen": (0, 1, 5, 7, 10),
}
"""Semitones above the tonic; yo and insen are Japanese scales, hijaz an Arabic one."""

KEY_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

_DEGREES = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
_EXTENSIONS: dict[str, tuple[int, ...]] = {
    "": (),
    "5": (),
    "7": (10,),
    "maj7": (11,),
    "9": (10, 14),
    "maj9": (11, 14),
    "add9": (14,),
    "6": (9,),
    "sus4": (),
    "sus2": (),
    "dim": (),
    "m7b5": (10,),
}
_GUITAR_STRINGS = (40, 45, 50, 55, 59, 64)
"""Standard tuning, E2 to E4."""


@dataclass(frozen=True, slots=True)
class Chord:
    """Pitch classes that sound together, the root first."""

    tones: tuple[int, ...]

    @property
    def root(self) -> int:
        return self.tones[0]


def parse_chord(symbol: str, tonic: int) -> Chord:
    """Return the chord of a roman numeral such as "vi7" or "bVII" in the key of the tonic (pitch class)."""
    match = re.fullmatch(r"([b#]?)([IViv]+)(.*)", symbol)
    if match is None or match[2].upper() not in _DEGREES or match[3] not in _EXTENSIONS:
        raise ValueError(f"not a chord symbol: {symbol}")
    root = tonic + _DEGREES[match[2].upper()] + {"b": -1, "#": 1, "": 0}[match[1]]
    intervals = _triad(match[2].islower(), match[3]) + _EXTENSIONS[match[3]]
    return Chord(tuple((root + interval) % 12 for interval in intervals))


def _triad(is_minor: bool, suffix: str) -> tuple[int, ...]:
    special = {"5": (0, 7), "sus4": (0, 5, 7), "sus2": (0, 2, 7), "dim": (0, 3, 6), "m7b5": (0, 3, 6)}
    return special.get(suffix, (0, 3, 7) if is_minor else (0, 4, 7))


def scale_over(chord: Chord, tonic: int, scale: str) -> tuple[int, ...]:
    """Return the pitch classes a melody may use over the chord: the scale, bent where a borrowed chord asks for it."""
    classes = {(tonic + step) % 12 for step in SCALES[scale]}
    for tone in chord.tones[:4]:
        if tone not in classes:
            is_raised = (tone - chord.root) % 12 in (4, 11)
            classes.discard((tone - 1 if is_raised else tone + 1) % 12)
            classes.add(tone)
    return tuple(sorted(classes))


def pitches_between(classes: tuple[int, ...], low: int, high: int) -> list[int]:
    """Return every pitch of the classes from low to high."""
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]


def nearest(pitches: list[int], target: float) -> int:
    """Return the pitch nearest to the target."""
    return min(pitches, key=lambda pitch: abs(pitch - target))


def voicing(chord: Chord, centre: int, count: int, previous: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Return count pitches of the chord around the centre that move as little as can be from the previous ones."""
    tones = chord.tones if len(chord.tones) <= count else (*chord.tones[1:count], chord.tones[-1])
    ladder = pitches_between(tuple(tones), centre - 14, centre + 14)
    choices = [tuple(ladder[i : i + count]) for i in range(len(ladder) - count + 1)]
    aim = previous if len(previous) == count else ()

    def strain(choice: tuple[int, ...]) -> float:
        moved = sum(abs(a - b) for a, b in zip(choice, aim, strict=True)) if aim else 0
        return moved + 0.7 * abs(sum(choice) / count - centre) * (1 if aim else 3)

    return min(choices, key=strain)


def guitar_shape(chord: Chord, position: int = 0) -> tuple[int, ...]:
    """Return the pitches of a chord grip on six strings in the position (fret), the lowest being the root."""
    grip: list[int] = []
    for string in _GUITAR_STRINGS:
        frets = [fret for fret in range(position, position + 5) if (string + fret) % 12 in chord.tones]
        if position > 0:
            frets = frets or [fret for fret in range(position + 5, position + 7) if (string + fret) % 12 in chord.tones]
        if not grip:
            frets = [fret for fret in frets if (string + fret) % 12 == chord.root]
        if frets:
            grip.append(string + frets[0])
    return tuple(sorted(set(grip)))
