"""Turn a piece into sound: each part by its own sound source, through its own effects, into one mix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lab.music import render_effects as effects
from lab.music.compose_piece import Note, Part, Piece
from lab.music.render_drums import play_drums
from lab.music.render_fonts import play_font
from lab.music.render_modal import ModalPatch, draw_modal_patch, play_modal
from lab.music.render_plugins import BANKS, play_bank
from lab.music.render_sounds import DRUM_MACHINE, MODAL, SYNTH, Sound
from lab.music.render_synth import SynthPatch, draw_synth_patch, play_synth

Floats = NDArray[np.float32]

_WOODEN = ("acoustic_guitar", "piano", "plucked")


@dataclass(frozen=True, slots=True)
class Mix:
    """The sound of a piece, float32, (channels, n), and each instrument's share of it (0 to 1, together 1)."""

    samples: Floats
    shares: dict[str, float]


def render_part(part: Part, sound: Sound, rate_hz: int, channels: int) -> Floats:
    """Return one part's sound before the mix, float32, (channels, n), with its tail."""
    played = _render_one(part, sound, rate_hz, channels)
    if sound.layer is None:
        return played
    doubled = effects.set_level(_render_one(part, sound.layer, rate_hz, channels), effects.level_db(played) - 5)
    total = np.zeros((channels, max(played.shape[1], doubled.shape[1])), np.float32)
    total[:, : played.shape[1]] += played
    total[:, : doubled.shape[1]] += doubled
    return total


def _render_one(part: Part, sound: Sound, rate_hz: int, channels: int) -> Floats:
    rng = np.random.default_rng(sound.seed)
    if sound.touch != 1.0:
        part = replace(part, notes=tuple(replace(note, force=note.force**sound.touch) for note in part.notes))
    if sound.source == MODAL:
        modal = sound.patch if isinstance(sound.patch, ModalPatch) else draw_modal_patch(part.instrument, rng)
        dry = play_modal(part.notes, modal, rate_hz, rng)
    elif sound.source == SYNTH:
        synth = sound.patch if isinstance(sound.patch, SynthPatch) else draw_synth_patch(part.role, rng)
        dry = play_synth(part.notes, synth, rate_hz, rng)
    elif sound.source == DRUM_MACHINE:
        dry = play_drums(part.notes, rate_hz, rng)
    else:
        dry = _play_with_body(part, sound, rate_hz)
    dry = _to_channels(dry, channels)
    dry = _characterised(part, sound, dry, rate_hz, rng)
    if sound.wet > 0:
        dry = effects.room(dry, sound.room_s, sound.wet, rate_hz, rng)
    return dry


def _play_with_body(part: Part, sound: Sound, rate_hz: int) -> Floats:
    is_drums = part.role == "drums"
    if not sound.body:
        return _play_source(part.notes, sound, is_drums, rate_hz)
    faster = 2 ** (sound.body / 12)
    notes = [
        Note(n.start_s / faster, n.length_s / faster, n.pitch if is_drums else n.pitch + sound.body, n.force)
        for n in part.notes
    ]
    return effects.retuned(_play_source(notes, sound, is_drums, rate_hz), -100 * sound.body)


def _play_source(notes: Sequence[Note], sound: Sound, is_drums: bool, rate_hz: int) -> Floats:
    if sound.source in BANKS:
        return play_bank(notes, sound.source, str(sound.patch), rate_hz)
    return play_font(notes, sound.source, sound.program, is_drums, rate_hz)


def _to_channels(sound: Floats, channels: int) -> Floats:
    if len(sound) == channels:
        return sound
    return sound.mean(axis=0, keepdims=True) if channels == 1 else np.repeat(sound, channels, axis=0)


def _characterised(part: Part, sound: Sound, dry: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    if sound.source == MODAL and part.instrument == "acoustic_guitar":
        dry = effects.guitar_body(dry, rate_hz, rng)
    if sound.shade and part.instrument in _WOODEN and rng.random() < (0.6 if sound.source == MODAL else 0.2):
        dry = effects.wooden_box(dry, rng.uniform(0.1, 0.6), rate_hz, rng)
    if sound.drive_db is not None:
        dry = effects.amplifier(dry, sound.drive_db, rate_hz, rng)
    if sound.chorus_s > 0:
        dry = effects.chorus(dry, sound.chorus_s, 0.6, rate_hz)
    if sound.echo_s > 0:
        dry = effects.echo(dry, sound.echo_s, 0.5, 0.3, rate_hz)
    return _shaded(part, dry, rate_hz, rng) if sound.shade else dry


def _shaded(part: Part, dry: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Varie tone and width by chance, as another microphone, room, tape or pedal would."""
    if rng.random() < 0.5:
        dry = effects.tone_curve(dry, rng.uniform(2, 7), rate_hz, rng)
    if part.role != "drums" and rng.random() < 0.3:
        dry = effects.attack(dry, rng.uniform(-9, 6), rate_hz)
    if rng.random() < 0.08:
        dry = effects.coarse(dry, rng.uniform(6000, 16000), int(rng.integers(8, 13)), rate_hz)
    for _ in range(int(rng.integers(0, 3))):
        dry = effects.peak(dry, float(np.exp(rng.uniform(4.6, 9))), rng.uniform(-7, 7), rng.uniform(0.5, 2), rate_hz)
    if part.instrument not in ("drums", "percussion", "bass", "piano") and rng.random() < 0.15:
        dry = effects.chorus(dry, rng.uniform(0.0005, 0.003), rng.uniform(0.2, 2), rate_hz)
    if part.instrument in ("electric_guitar", "synthesizer") and rng.random() < 0.25:
        dry = effects.echo(dry, rng.uniform(0.12, 0.45), 0.6, rng.uniform(0.15, 0.45), rate_hz)
    if rng.random() < 0.2:
        dry = effects.compressed(effects.set_level(dry, -18), rng.uniform(-30, -18), rng.uniform(2, 6), rate_hz)
    return dry


def mix_parts(piece: Piece, sounds: Sequence[Sound], rate_hz: int, channels: int) -> Mix:
    """Return the piece's parts rendered and mixed."""
    stems = [render_part(part, sound, rate_hz, channels) for part, sound in zip(piece.parts, sounds, strict=True)]
    return mix_stems(piece, sounds, stems)


def mix_stems(piece: Piece, sounds: Sequence[Sound], stems: Sequence[Floats]) -> Mix:
    """Return the stems set to their parts' levels, placed from left to right and added up."""
    channels = len(stems[0])
    total = np.zeros((channels, max(stem.shape[1] for stem in stems)), np.float32)
    loudness: dict[str, float] = {}
    for part, sound, stem in zip(piece.parts, sounds, stems, strict=True):
        stem = effects.set_level(stem, part.level_db - 20)
        if channels == 2:
            stem = stem * _pan_gains(sound.pan)
        total[:, : stem.shape[1]] += stem
        power = float((stem.astype(np.float64) ** 2).sum())
        loudness[part.instrument] = loudness.get(part.instrument, 0.0) + power
    # The square root lies nearer to how much of the mix an ear gives to each player than power does.
    heard = {name: power**0.5 for name, power in loudness.items()}
    together = sum(heard.values()) or 1.0
    return Mix(total, {name: round(share / together, 4) for name, share in heard.items()})


def _pan_gains(pan: float) -> Floats:
    angle = (pan + 1) * np.pi / 4
    return np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(np.sqrt(2))
