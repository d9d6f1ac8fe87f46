"""Write pieces of a style: a seed and a style in, parts full of notes out. The same seed gives the same notes."""

import random
from dataclasses import dataclass

from lab.music.compose_band import LEAD_RANGE
from lab.music.compose_harmony import Chord, parse_chord, pitches_between, voicing
from lab.music.compose_melody import Singer, invent_tune
from lab.music.compose_piece import Note, Part
from lab.styles.style import DRUMS, Chair, Style

_FORCE = {"X": 1.0, "x": 0.78, "o": 0.45}
_SPREAD = 0.1
"""Of the force of a stroke."""
_LOOSE_S = 0.006
"""How far a player strays from the beat."""
_SHORT_BEATS = 0.22
_DAMPED_BEATS = 0.13
_LEAD_RANGE = (60, 82)
_THIRDS = {0.0: 0.0, 0.25: 1 / 3, 0.5: 2 / 3, 0.75: 2 / 3}
"""Where sixteenths of a melody fall in a beat of three."""


@dataclass(frozen=True, slots=True)
class Score:
    """A written piece, before anyone plays it; its notes are in seconds."""

    style: str
    seed: int
    tempo_bpm: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    beat: float
    length: float
    pitch: int
    force: float


def write(name: str, style: Style, seed: int, length_s: float, groove: Style | None = None) -> Score:
    """Return the piece of a seed; a groove lends drums, bass and accompaniment another style's patterns."""
    rng = random.Random(f"{name} {seed}")
    tonic, tempo = rng.randrange(12), rng.uniform(*style.tempo_bpm)
    line = rng.choice(style.progressions).split()
    bars = max(2, round(length_s * tempo / 60 / style.beats))
    chords = [_chords(line[bar % len(line)], tonic, style.beats) for bar in range(bars + 1)]
    writer = _Writer(style, tonic, chords, tempo, rng)
    led, tune_seed = rng.random() < style.led, rng.random()
    rhythm = random.Random(tune_seed)
    lead = writer.melody(random.Random(tune_seed)) if led else []
    parts = [*lead, *writer.rhythm_section(groove or style, rhythm)]
    return Score(name, seed, tempo, tuple(part for part in parts if part.notes))


class _Writer:
    """Write the parts of one piece over its chords."""

    def __init__(self, style: Style, tonic: int, chords: list[list[Chord]], tempo: float, rng: random.Random) -> None:
        self._style, self._tonic, self._chords, self._tempo, self._rng = style, tonic, chords, tempo, rng
        self._bars = len(chords) - 1

    def melody(self, rng: random.Random) -> list[Part]:
        style = self._style
        instrument = rng.choice(style.leads)
        low, high = LEAD_RANGE.get(instrument, _LEAD_RANGE)
        singer = Singer(low, high, self._tonic, style.scale, rng)
        tune = invent_tune(rng, style.density, style.beats * 4)
        hits = []
        for bar in range(self._bars):
            for hit in singer.sing(tune.bar(bar), self._chords[bar], 0.8):
                whole, part = divmod(hit.beat, 1)
                beat = whole + (_THIRDS[part] if style.is_triple else part)
                hits.append(_Hit(bar * style.beats + beat, hit.length, hit.pitch, hit.force))
        return [self._part(instrument, "lead", rng.uniform(-2, 2), _apart(hits), rng)]

    def rhythm_section(self, groove: Style, rng: random.Random) -> list[Part]:
        """Return what this style's players play in the groove of a style, over this piece's chords."""
        parts = []
        for number, chair in enumerate(groove.chairs):
            own = self._style.chairs[number % len(self._style.chairs)]
            instrument, pattern, plays = rng.choice(own.instruments), rng.choice(chair.patterns), rng.random()
            if plays < chair.chance:
                hits = self._accompaniment(chair, pattern, rng)
                parts.append(self._part(instrument, "comp", rng.uniform(-7, -2), hits, rng))
        if groove.bass:
            parts.append(self._part("bass", "bass", rng.uniform(-5, -1), self._bass(rng.choice(groove.bass), rng), rng))
        kit = rng.choice(groove.drums) if groove.drums else ()
        if kit:
            parts.append(self._part("drums", "drums", rng.uniform(-6, -1), self._drums(kit, rng), rng))
        return parts

    def _drums(self, kit: tuple[str, ...], rng: random.Random) -> list[_Hit]:
        hits = []
        for line in kit:
            pitch, pattern = DRUMS[line[0]], line[2:]
            step = self._style.beats / len(pattern)
            left_out = {n for n, mark in enumerate(pattern) if mark == "o" and rng.random() < 0.15}
            for bar in range(self._bars):
                hits += [
                    _Hit(bar * self._style.beats + n * step, 0.25, pitch, _FORCE[mark])
                    for n, mark in enumerate(pattern)
                    if mark in _FORCE and n not in left_out
                ]
        return hits

    def _bass(self, pattern: str, rng: random.Random) -> list[_Hit]:
        hits = []
        step = self._style.beats / len(pattern)
        for bar, chords in enumerate(self._chords[:-1]):
            for start, mark, length in _events(pattern):
                chord = chords[min(int(start * step), len(chords) - 1)]
                pitch = _bass_pitch(mark, chord, self._chords[bar + 1][0], start == 0, rng)
                hits.append(_Hit(bar * self._style.beats + start * step, length * step * 0.92, pitch, 0.8))
        return hits

    def _accompaniment(self, chair: Chair, pattern: str, rng: random.Random) -> list[_Hit]:
        hits = []
        hand: tuple[int, ...] = ()
        step = self._style.beats / len(pattern)
        count = rng.choice((3, 4))
        for bar in range(self._bars):
            for start, mark, length in _events(pattern):
                chord = self._chords[bar][min(int(start * step), self._style.beats - 1)]
                hand = voicing(chord, chair.centre, count, hand)
                lasts = {"s": min(_SHORT_BEATS, step), "p": _DAMPED_BEATS}.get(mark, length * step * 0.95)
                accent = 0.78 if start * step % 1 == 0 else 0.68
                beat = bar * self._style.beats + start * step
                hits += [_Hit(beat, lasts, pitch, accent) for pitch in _grip(mark, chord, hand, chair.centre)]
        return hits

    def _part(self, instrument: str, role: str, level_db: float, hits: list[_Hit], rng: random.Random) -> Part:
        """Return the hits as notes in seconds, with the style's swing and a player's looseness."""
        beat_s = 60 / self._tempo
        notes = []
        strayed: dict[float, float] = {}
        for hit in sorted(hits, key=lambda hit: (hit.beat, hit.pitch)):
            whole, part = divmod(hit.beat, 1)
            part = self._style.swing if abs(part - 0.5) < 0.02 else part
            loose_s = strayed.setdefault(hit.beat, rng.gauss(0, _LOOSE_S))
            start_s = max(0.0, (whole + part) * beat_s + loose_s)
            force = min(1.0, max(0.1, hit.force * rng.uniform(1 - _SPREAD, 1 + _SPREAD)))
            notes.append(Note(start_s, max(0.05, hit.length * beat_s), hit.pitch, force))
        return Part(instrument, role, level_db, tuple(notes))


def _chords(bar: str, tonic: int, beats: int) -> list[Chord]:
    chords = [parse_chord(symbol, tonic) for symbol in bar.split("|")]
    return [chords[beat * len(chords) // beats] for beat in range(beats)]


def _events(pattern: str) -> list[tuple[int, str, int]]:
    """Return step, mark and length in steps of what a pattern strikes."""
    struck = [n for n, mark in enumerate(pattern) if mark not in ".-"]
    ends = [next((m for m in range(n + 1, len(pattern)) if pattern[m] != "-"), len(pattern)) for n in struck]
    return [(n, pattern[n], end - n) for n, end in zip(struck, ends, strict=True)]


def _bass_pitch(mark: str, chord: Chord, following: Chord, is_first: bool, rng: random.Random) -> int:
    root = _low(chord.root)
    if mark == "w":
        return root if is_first else root + (rng.choice(chord.tones) - chord.root) % 12 + rng.choice((0, 0, -1, 2))
    third = (chord.tones[1] - chord.root) % 12
    return {"R": root, "5": root + 7, "8": root + 12, "3": root + third, "n": _low(following.root) - 1}[mark]


def _grip(mark: str, chord: Chord, hand: tuple[int, ...], centre: int) -> tuple[int, ...]:
    root = _low(chord.root)
    root += 12 if root + 12 <= centre - 8 else 0
    if mark.isdigit():
        ladder = pitches_between(chord.tones, hand[0], hand[0] + 40)
        return (ladder[int(mark)],)
    return {"b": (root,), "f": (root + 7,), "P": (root, root + 7, root + 12), "p": (root, root + 7)}.get(mark, hand)


def _low(pitch_class: int) -> int:
    """Return the pitch in the bass guitar's lowest octave, E1 up."""
    return 28 + (pitch_class - 4) % 12


def _apart(hits: list[_Hit]) -> list[_Hit]:
    """Return a melody's hits without those that fall on the same moment as the one before."""
    return list({round(hit.beat, 3): hit for hit in reversed(hits)}.values())
