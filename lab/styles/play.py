"""Play a written piece: all parts on one family of sounds, mixed, and released as one of many masters would sound."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import mido
import numpy as np
from numpy.typing import NDArray

from lab.music import render_effects as effects
from lab.music.compose_piece import Part
from lab.music.mastering import mastered
from lab.music.render import render_part
from lab.music.render_fonts import PROGRAMS, play_file
from lab.music.render_sounds import DRUM_MACHINE, MODAL, MODAL_INSTRUMENTS, SYNTH, Sound
from lab.styles.write import Score

Floats = NDArray[np.float32]

RATE_HZ = 22_050
OWN = "own"
"""Our own synthesizers in the place of a soundfont."""
LEARNED = ("FluidR3_GM", "TimGM6mb", "OPL3_FM")
UNHEARD = ("csound_GMbank", "freepats", OWN)
"""Sounds that nothing is learned from."""
_TICKS_PER_S = 960
_DRUM_CHANNEL = 9
_MOST_TONE_DB = 3.5
_PROGRAMS = {
    **{name: programs for name, programs in PROGRAMS.items() if name not in ("drums", "strings")},
    "drums": (0, 0, 8, 16, 24, 25, 32),
    "strings": (40, 42, 48, 48, 49, 50, 51),
    "pizzicato": (45,),
    "square": (80,),
    "harpsichord": (6,),
    "honky_tonk": (3,),
    "sitar": (104,),
}


@dataclass(frozen=True, slots=True)
class Production:
    """What is chosen when a score is played and released."""

    sounds: str
    """A soundfont of render_fonts, or OWN."""
    patch_seed: int
    """Draws the program of each part."""
    master_seed: int


def play(score: Score, production: Production, length_s: float) -> Floats:
    """Return the mono sound of a score, float32, (n,)."""
    if production.sounds == OWN:
        mixed = _own(score.parts, production.patch_seed)
    else:
        mixed = _font(score.parts, production.sounds, production.patch_seed)
    rng = np.random.default_rng(production.master_seed)
    mixed = effects.tone_curve(mixed, rng.uniform(0, _MOST_TONE_DB), RATE_HZ, rng)
    return mastered(mixed, None, RATE_HZ, rng)[0, : int(length_s * RATE_HZ)]


def _program(part: Part, number: int, patch_seed: int) -> int:
    rng = np.random.default_rng([patch_seed, number])
    return int(rng.choice(_PROGRAMS[part.instrument]))


def _font(parts: Sequence[Part], font: str, patch_seed: int) -> Floats:
    """Return all parts through one soundfont in one go, (1, n)."""
    file = mido.MidiFile(ticks_per_beat=480)
    channels = [channel for channel in range(16) if channel != _DRUM_CHANNEL]
    for number, part in enumerate(parts):
        channel = _DRUM_CHANNEL if part.role == "drums" else channels[number]
        file.tracks.append(_track(part, channel, _program(part, number, patch_seed)))
    with tempfile.TemporaryDirectory(prefix="bgm-style-") as folder:
        path = Path(folder, "piece.mid")
        file.save(path)
        return np.asarray(play_file(path, font, RATE_HZ).mean(axis=0, keepdims=True))


def _track(part: Part, channel: int, program: int) -> mido.MidiTrack:
    moments: list[tuple[int, int, mido.Message]] = []
    for note in part.notes:
        start, end = round(note.start_s * _TICKS_PER_S), round((note.start_s + note.length_s) * _TICKS_PER_S)
        on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=max(1, round(note.force * 127)))
        off = mido.Message("note_off", channel=channel, note=note.pitch)
        moments += [(start, 1, on), (max(end, start + 1), 0, off)]
    volume = min(127, round(100 * 10 ** (part.level_db / 40)))  # General MIDI: 40 log10 of the value is the level
    track = mido.MidiTrack(
        [
            mido.Message("control_change", channel=channel, control=7, value=volume),
            mido.Message("program_change", channel=channel, program=program),
        ]
    )
    now = 0
    for tick, _, message in sorted(moments, key=lambda moment: moment[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    return track


def _own(parts: Sequence[Part], patch_seed: int) -> Floats:
    """Return all parts through our own synthesizers, (1, n)."""
    stems = []
    for number, part in enumerate(parts):
        source = DRUM_MACHINE if part.role == "drums" else MODAL if part.instrument in MODAL_INSTRUMENTS else SYNTH
        sound = Sound(source, seed=patch_seed * 16 + number, shade=False)
        stems.append(effects.set_level(render_part(part, sound, RATE_HZ, 1), part.level_db - 20))
    mixed = np.zeros((1, max(stem.shape[1] for stem in stems)), np.float32)
    for stem in stems:
        mixed[:, : stem.shape[1]] += stem
    return mixed


def transposed(score: Score, semitones: int) -> Score:
    """Return the score in another key."""
    parts = (
        part
        if part.role == "drums"
        else replace(part, notes=tuple(replace(note, pitch=note.pitch + semitones) for note in part.notes))
        for part in score.parts
    )
    return replace(score, parts=tuple(parts))


def at_tempo(score: Score, factor: float) -> Score:
    """Return the score played so many times as fast."""
    parts = (
        replace(
            part,
            notes=tuple(
                replace(note, start_s=note.start_s / factor, length_s=note.length_s / factor) for note in part.notes
            ),
        )
        for part in score.parts
    )
    return replace(score, tempo_bpm=score.tempo_bpm * factor, parts=tuple(parts))


def led_by(score: Score, instrument: str) -> Score:
    """Return the score with another instrument in the place of the one that leads."""
    parts = (replace(part, instrument=instrument) if part.role == "lead" else part for part in score.parts)
    return replace(score, parts=tuple(parts))
