"""Sounds: what a part is played on, and how such a choice is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lab.music.compose_piece import Part
from lab.music.render_fonts import FONTS, programs_of
from lab.music.render_modal import ModalPatch
from lab.music.render_plugins import BANKS, patches_of
from lab.music.render_synth import SynthPatch

MODAL = "modal"
SYNTH = "synth"
DRUM_MACHINE = "drum_machine"
"""Our own sound sources, beside the names of FONTS."""

MODAL_INSTRUMENTS = ("acoustic_guitar", "electric_guitar", "piano", "bass", "mallets", "plucked")
SYNTH_INSTRUMENTS = ("synthesizer", "bass")
_SHARES: dict[str, dict[str, float]] = {
    "acoustic_guitar": {MODAL: 0.33, "ZynAddSubFX": 0.06, "hexter": 0.03},
    "electric_guitar": {MODAL: 0.36, "ZynAddSubFX": 0.12},
    "piano": {MODAL: 0.2, "mda_Piano": 0.16, "ZynAddSubFX": 0.07, "hexter": 0.03},
    "synthesizer": {SYNTH: 0.2, "amsynth": 0.18, "ZynAddSubFX": 0.1, "WhySynth": 0.06, "hexter": 0.02},
    "percussion": {},
}
"""How often an instrument is played by another source than a soundfont, where that source may be used."""
_OTHER_OWN_SHARE = 0.25
_LAYERED = 0.12
"""How often an instrument is doubled."""
_WIDEST_BODY = 6


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
    patch: ModalPatch | SynthPatch | str | None = None
    """Of our own sources, None draws one from the seed; of a plugin the name."""
    chorus_s: float = 0.0
    echo_s: float = 0.0
    body: int = 0
    """Semitones by which it is played higher and then slowed down: a larger body at the same pitch."""
    touch: float = 1.0
    """Exponent on the players' force: below 1 for a heavy hand."""
    layer: "Sound | None" = None
    """A second sound that doubles the first one more softly."""


def choose_sound(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> Sound:
    """Return a random sound for the part from the fonts and plugins given and our own sources."""
    sound = _draw_sound(part, fonts, rng)
    if part.role == "drums" or rng.random() > _LAYERED:
        return sound
    return replace(sound, layer=_draw_sound(part, fonts, rng))


def _draw_sound(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> Sound:
    source = _choose_source(part, fonts, rng)
    wet = rng.uniform(0, 0.5) if rng.random() < 0.7 else 0.0
    drive = None
    program = int(rng.choice(programs_of(source, part.instrument))) if source in FONTS else 0
    patch = str(rng.choice(patches_of(source, part.instrument))) if source in BANKS else None
    if part.instrument == "electric_guitar":
        # A font's distorted guitars bring their own amplifier; the clean ones often need ours to sound like one.
        needs_amplifier = rng.random() < (0.9 if source == MODAL else 0.4 if program < 29 else 0.15)
        drive = float(rng.uniform(0, 45)) if needs_amplifier else None
    room_s = float(np.exp(rng.uniform(np.log(0.25), np.log(3.0))))
    is_sampled = source in FONTS or source in BANKS
    body = int(rng.integers(-_WIDEST_BODY, _WIDEST_BODY + 1)) if is_sampled and rng.random() < 0.6 else 0
    touch = float(np.exp2(rng.uniform(-0.8, 0.8)))
    seed, pan = int(rng.integers(2**31)), rng.uniform(-0.7, 0.7)
    return Sound(source, program, seed, drive, pan, room_s, float(wet), patch=patch, body=body, touch=touch)


def _choose_source(part: Part, fonts: Sequence[str], rng: np.random.Generator) -> str:
    own = _own_sources(part, fonts)
    draw = rng.random()
    for source, share in own.items():
        draw -= share
        if draw < 0:
            return source
    usable = [name for name in fonts if name in FONTS and (part.role == "drums" or not FONTS[name].has_only_drums)]
    chances = np.array([FONTS[name].likelihood for name in usable] or [1.0])
    return str(rng.choice(usable or list(own) or [SYNTH], p=chances / chances.sum() if usable else None))


def _own_sources(part: Part, given: Sequence[str]) -> dict[str, float]:
    """Return the sources beside the soundfonts that can play the part, with how often each is drawn."""
    if part.role == "drums":
        return {} if part.instrument == "percussion" else {DRUM_MACHINE: _OTHER_OWN_SHARE}
    if part.instrument in _SHARES:
        return {s: share for s, share in _SHARES[part.instrument].items() if s not in BANKS or s in given}
    own = {MODAL: MODAL_INSTRUMENTS, SYNTH: SYNTH_INSTRUMENTS}
    able = [source for source, instruments in own.items() if part.instrument in instruments]
    return {source: _OTHER_OWN_SHARE / len(able) for source in able}
