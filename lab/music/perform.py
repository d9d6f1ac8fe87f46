"""Play a written piece in one of many ways: short or ringing notes, other octaves, a firm or a light hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lab.music.compose_piece import Note, Part, Piece

_MOVED = 0.25
"""How often the main instrument plays an octave higher or lower."""
_SHORTENED, _RINGING = 0.3, 0.25
"""How often its notes are cut short or drawn out, and how often they ring on as under a pedal."""
_LOWEST, _HIGHEST = 33, 98


def performed(piece: Piece, rng: np.random.Generator) -> Piece:
    """Return the piece with its main instrument's parts played in their own way."""
    octave = int(rng.choice((-12, 12))) if rng.random() < _MOVED else 0
    way = rng.random()
    stretch = float(np.exp2(rng.uniform(-2.0, 0.8))) if way < _SHORTENED else 1.0
    ring_s = float(rng.uniform(0.8, 3.0)) if way > 1 - _RINGING else 0.0
    parts = []
    for part in piece.parts:
        if part.instrument == piece.main_instrument:
            part = replace(part, notes=_played(part, octave, stretch, ring_s))
        parts.append(part)
    return replace(piece, parts=tuple(parts))


def _played(part: Part, octave: int, stretch: float, ring_s: float) -> tuple[Note, ...]:
    inside = all(_LOWEST <= note.pitch + octave <= _HIGHEST for note in part.notes)
    ends_s = _next_of_same_pitch(part.notes)
    return tuple(
        replace(
            note,
            pitch=note.pitch + (octave if inside else 0),
            length_s=min(max(0.05, note.length_s * stretch, ring_s), end_s - note.start_s),
        )
        for note, end_s in zip(part.notes, ends_s, strict=True)
    )


def _next_of_same_pitch(notes: Sequence[Note]) -> list[float]:
    """Return when each note's own pitch sounds again: no note rings past that."""
    ends_s = [0.0] * len(notes)
    coming: dict[int, float] = {}
    for number in range(len(notes) - 1, -1, -1):
        note = notes[number]
        ends_s[number] = max(coming.get(note.pitch, float("inf")), note.start_s + 0.05)
        coming[note.pitch] = note.start_s
    return ends_s
