"""Sounds: what a part is played on, and how such a choice is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bgm_finder.training.music.compose_piece import Part
from bgm_finder.training.music.render_fonts import FONTS, programs_of
from bgm_finder.training.music.render_modal import ModalPatch
from bgm_finder.training.music.render_synth import SynthPatch

MODAL = "modal"
SYNTH = "synth"
DRUM_MACHINE = "drum_machine"
"""Our own sound sources, beside the names of FONTS."""

MODAL_INSTRUMENTS = ("acoustic_guitar", "electric_guitar", "piano", "bass", "mallets", "plucked")
SYNTH_INSTRUMENTS = ("synthesizer", "bass")
_OWN_SHARE = {"synthesizer": 0.55, "acoustic_guitar": 0.3, "electric_guitar": 0.35, "piano": 0.2, "percussion": 0.1}
_OTHER_OWN_SHARE = 0.25
_LAYERED = 0.12
"""How often an instrument is played by our own sources rather than a font."""


@dataclass(frozen=True, slots=True)
class Sound:
    """How one part is made to sound; everything left open is drawn from the seed."""

    source: str
    program: int = 0
    seed: int = 0
    drive_db: float | None = None
    """Of an amplifier; None is none."""
    pan: float = 0.0
    """-1 left to 1 right."""
    room_s: float = 0.0
    wet: float = 0.0
    shade: bool = True
    """Whether tone, tuning and the like are varied by the seed."""
    patch: ModalPatch | SynthPatch | None = None
    """Of our own sources; None draws one from the seed."""
    chorus_s: float = 0.0
    echo_s: float = 0.0
    body: int = 0
    """Semitones by which a font is played higher and then slowed down: a larger body at the same pitch."""
    touch: float = 1.0
    """Exponent on the players' force: below 1 for a heavy hand."""
    layer: "Sound | None" = None
    """A second sound that doubles the first one more softly."""


def choose_sound(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> Sound:
    """Gives a random sound for the part from the fonts given and our own sources."""
    sound = _draw_sound(part, fonts, rng)
    if part.role == "drums" or rng.random() > _LAYERED:
        return sound
    return replace(sound, layer=_draw_sound(part, fonts, rng))


def _draw_sound(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> Sound:
    source = _choose_source(part, fonts, rng)
    wet = rng.uniform(0, 0.5) if rng.random() < 0.7 else 0.0
    drive = None
    program = int(rng.choice(programs_of(source, part.instrument))) if source in FONTS else 0
    if part.instrument == "electric_guitar":
        # A font's distorted guitars bring their own amplifier; the clean ones often need ours to sound like one.
        needs_amplifier = rng.random() < (0.9 if source == MODAL else 0.4 if program < 29 else 0.15)
        drive = float(rng.uniform(0, 45)) if needs_amplifier else None
    room_s = float(np.exp(rng.uniform(np.log(0.25), np.log(3.0))))
    body = int(rng.integers(-4, 5)) if source in FONTS and rng.random() < 0.5 else 0
    touch = float(np.exp2(rng.uniform(-0.8, 0.8)))
    seed, pan = int(rng.integers(2**31)), rng.uniform(-0.7, 0.7)
    return Sound(source, program, seed, drive, pan, room_s, float(wet), body=body, touch=touch)


def _choose_source(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> str:
    own = _own_sources(part)
    usable = [name for name in fonts if part.role == "drums" or not FONTS[name].has_only_drums]
    if own and (not usable or rng.random() < _OWN_SHARE.get(part.instrument, _OTHER_OWN_SHARE)):
        return str(rng.choice(own))
    chances = np.array([FONTS[name].likelihood for name in usable] or [1.0])
    return str(rng.choice(usable or [SYNTH], p=chances / chances.sum()))


def _own_sources(part: Part) -> list[str]:
    if part.role == "drums":
        return [DRUM_MACHINE]
    own = {MODAL: MODAL_INSTRUMENTS, SYNTH: SYNTH_INSTRUMENTS}
    return [source for source, instruments in own.items() if part.instrument in instruments]
