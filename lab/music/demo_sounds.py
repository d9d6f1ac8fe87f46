"""The sounds of the demo library: only fonts that may be given away, and our own synthesizer and strings."""

from dataclasses import dataclass, replace

from lab.music.compose_piece import Part, Piece
from lab.music.render_modal import ModalPatch
from lab.music.render_sounds import MODAL, SYNTH, Sound
from lab.music.render_synth import SynthPatch

_FLUID, _MUSESCORE = "FluidR3_GM", "MuseScore_General"

_FONT_SOUNDS = {
    "acoustic_guitar": Sound(_FLUID, 25),
    "electric_guitar": Sound(_FLUID, 27),
    "piano": Sound(_MUSESCORE, 0),
    "electric_piano": Sound(_FLUID, 4),
    "organ": Sound(_FLUID, 16),
    "strings": Sound(_MUSESCORE, 48),
    "brass": Sound(_MUSESCORE, 61),
    "woodwind": Sound(_MUSESCORE, 73),
    "plucked": Sound(_FLUID, 107),
    "choir": Sound(_MUSESCORE, 52),
    "mallets": Sound(_FLUID, 11),
    "bass": Sound(_FLUID, 33),
    "drums": Sound(_FLUID, 0),
    "percussion": Sound(_FLUID, 0),
}
_GLASS_GUITAR = ModalPatch(
    stiffness=4e-5, pluck=0.13, pickup=0.17, slope=0.4, bright_hz=2800, ring_s=8, damp_hz=2600, early=0.2,
    release_s=0.3, knock=0.02,
)  # fmt: skip
_BY_GENRE = {
    ("acoustic_guitar", "jazz"): Sound(_MUSESCORE, 24),
    ("acoustic_guitar", "world"): Sound(_MUSESCORE, 25),
    ("acoustic_guitar", "ballad"): Sound(_MUSESCORE, 24),
    ("electric_guitar", "rock"): Sound(_FLUID, 29, drive_db=14.0),
    ("electric_guitar", "jazz"): Sound(_FLUID, 26),
    ("electric_guitar", "ambient"): Sound(MODAL, patch=_GLASS_GUITAR, chorus_s=0.0015, echo_s=0.4),
    ("piano", "pops"): Sound(_FLUID, 0),
    ("bass", "jazz"): Sound(_MUSESCORE, 32),
    ("drums", "jazz"): Sound(_FLUID, 32),
    ("drums", "rock"): Sound(_FLUID, 16),
    ("drums", "techno"): Sound(_FLUID, 25),
    ("drums", "classical"): Sound(_MUSESCORE, 48),
    ("woodwind", "world"): Sound(_FLUID, 77),
}

_LEAD = SynthPatch("saw", voices=3, detune_cents=9, cutoff_hz=1400, sweep_octaves=1.5, attack_s=0.015, vibrato_cents=12)
_SOFT_LEAD = SynthPatch(
    "triangle", voices=2, detune_cents=6, cutoff_hz=2500, attack_s=0.04, sustain=0.8, release_s=0.35, vibrato_cents=10
)
_SQUARE = SynthPatch("pulse", width=0.25, cutoff_hz=5000, sweep_octaves=0.5, sustain=0.5, decay_s=0.2, release_s=0.08)
_PLUCK = SynthPatch(
    "saw", voices=2, detune_cents=10, cutoff_hz=500, sweep_octaves=3.2, resonance=1.6, filter_decay_s=0.12,
    decay_s=0.25, sustain=0.05, release_s=0.25,
)  # fmt: skip
_PAD = SynthPatch(
    "supersaw", voices=7, detune_cents=14, cutoff_hz=900, sweep_octaves=1.0, filter_decay_s=1.5, attack_s=0.35,
    decay_s=1.0, sustain=0.85, release_s=0.9,
)  # fmt: skip
_BELL = SynthPatch(
    "fm", fm_ratio=3.5, fm_depth=1.6, fm_decay_s=0.5, cutoff_hz=5000, sweep_octaves=0.5, decay_s=0.9, sustain=0.1,
    release_s=0.8,
)  # fmt: skip
_BASS = SynthPatch(
    "saw", cutoff_hz=220, sweep_octaves=2.2, resonance=1.4, filter_decay_s=0.15, sub=0.6, decay_s=0.3, sustain=0.6,
    release_s=0.06,
)  # fmt: skip
_SYNTHS = {
    ("techno", "lead"): _LEAD,
    ("techno", "comp"): _PLUCK,
    ("ambient", "lead"): _SOFT_LEAD,
    ("ambient", "comp"): _PAD,
    ("pops", "lead"): _LEAD,
    ("pops", "comp"): _PLUCK,
    ("ballad", "lead"): _SOFT_LEAD,
    ("ballad", "comp"): _BELL,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a role stands in the room."""

    pan: float
    room_s: float
    wet: float


_PLACES = {
    "lead": _Place(0.05, 1.4, 0.22),
    "comp": _Place(-0.25, 1.2, 0.18),
    "pad": _Place(0.2, 2.4, 0.4),
    "counter": _Place(0.4, 1.6, 0.3),
    "bass": _Place(0.0, 0.4, 0.04),
    "drums": _Place(0.0, 0.6, 0.1),
}
_SPACIOUS = {"ambient": 1.6, "ballad": 1.25, "classical": 1.3}
_SMALL_SCREEN = "happy"


def demo_sound(part: Part, piece: Piece, seed: int) -> Sound:
    """Return the sound of a part of a demo track."""
    sound = _source(part, piece)
    place = _PLACES[part.role]
    wide = _SPACIOUS.get(piece.genre, 1.0) if part.role not in ("bass", "drums") else 1.0
    # A piano is as wide as its strings: both hands stand in one place.
    pan = 0.0 if part.instrument == "piano" and piece.main_instrument == "piano" else place.pan
    return replace(sound, seed=seed, pan=pan, room_s=place.room_s * wide, wet=place.wet * wide, shade=False)


def _source(part: Part, piece: Piece) -> Sound:
    if part.instrument == "bass" and piece.main_instrument == "synthesizer":
        return Sound(SYNTH, patch=_BASS)
    if part.instrument == "synthesizer":
        return _synthesizer(part, piece)
    if (part.instrument, part.role, piece.genre) == ("electric_guitar", "lead", "rock"):
        return Sound(_FLUID, 30, drive_db=6.0, echo_s=0.3)
    return _BY_GENRE.get((part.instrument, piece.genre), _FONT_SOUNDS[part.instrument])


def _synthesizer(part: Part, piece: Piece) -> Sound:
    if piece.main_instrument != "synthesizer":
        return Sound(SYNTH, patch=_PAD)
    if piece.mood == _SMALL_SCREEN:
        return Sound(SYNTH, patch=_SQUARE, echo_s=0.23 if part.role == "lead" else 0.0)
    patch = _SYNTHS[piece.genre, part.role]
    return Sound(SYNTH, patch=patch, chorus_s=0.0012 if part.role == "comp" else 0.0, echo_s=45 / piece.tempo_bpm)
