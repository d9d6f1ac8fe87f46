"""Renders parts through a synthesizer of our own: band-limited saws and pulses, detuned stacks, FM, swept filters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from lab.music.compose_piece import Note

Floats = NDArray[np.float32]

_FILTER_STAGES = 3
"""A swept filter is a crossfade between this many still ones: no clicks, and each is one fast pass."""
_FORCE_LEVELS = 5

WAVES = ("saw", "pulse", "supersaw", "fm", "triangle", "hybrid")


@dataclass(frozen=True, slots=True)
class SynthPatch:
    """The knobs of the synthesizer."""

    wave: str
    voices: int = 1
    detune_cents: float = 8.0
    width: float = 0.5
    """Of a pulse."""
    fm_ratio: float = 2.0
    fm_depth: float = 2.0
    fm_decay_s: float = 0.5
    sub: float = 0.0
    """Loudness of a sine an octave below."""
    cutoff_hz: float = 1200.0
    sweep_octaves: float = 2.0
    resonance: float = 1.0
    filter_decay_s: float = 0.3
    attack_s: float = 0.005
    decay_s: float = 0.3
    sustain: float = 0.6
    release_s: float = 0.15
    vibrato_hz: float = 5.0
    vibrato_cents: float = 0.0


def play_synth(notes: Sequence[Note], patch: SynthPatch, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound of one part, float32, (1, n), with its tail."""
    end_s = max(note.start_s + note.length_s for note in notes) + patch.release_s + 0.2
    out = np.zeros(int(end_s * rate_hz) + 1, np.float32)
    tones: dict[tuple[int, int, int], Floats] = {}
    for note in notes:
        kind = (note.pitch, max(1, round(note.force * _FORCE_LEVELS)), max(1, round(note.length_s * 25)))
        if kind not in tones:
            tones[kind] = _tone(patch, kind[0], kind[1] / _FORCE_LEVELS, kind[2] / 25, rate_hz, rng)
        start = int(note.start_s * rate_hz)
        sound = tones[kind][: len(out) - start]
        out[start : start + len(sound)] += sound
    return out[None, :]


def _tone(
    patch: SynthPatch, pitch: int, force: float, length_s: float, rate_hz: int, rng: np.random.Generator
) -> Floats:
    count = int((length_s + patch.release_s) * rate_hz)
    time_s = np.arange(count) / rate_hz
    hz = 440.0 * 2 ** ((pitch - 69) / 12)
    bend = np.zeros(count)
    if patch.vibrato_cents:
        bend = patch.vibrato_cents / 1200 * np.sin(2 * np.pi * patch.vibrato_hz * time_s) * np.minimum(1, time_s * 2)
    wave = np.zeros(count)
    for cents in np.linspace(-1, 1, patch.voices) * patch.detune_cents if patch.voices > 1 else np.zeros(1):
        step = hz * np.exp2(bend + cents / 1200) / rate_hz
        wave += _wave(patch, rng.random() + np.cumsum(step), step, time_s)
    wave /= np.sqrt(patch.voices)
    if patch.sub:
        wave += patch.sub * np.sin(np.pi * np.cumsum(np.full(count, hz / rate_hz)))
    wave = _swept(wave, patch, hz, force, time_s, rate_hz)
    return np.asarray(wave * _envelope(patch, time_s, length_s) * force**1.2, np.float32)


def _wave(
    patch: SynthPatch, phase: NDArray[np.float64], step: NDArray[np.float64], time_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    if patch.wave == "fm":
        depth = patch.fm_depth * (0.2 + 0.8 * np.exp(-time_s / patch.fm_decay_s))
        return np.sin(2 * np.pi * phase + depth * np.sin(2 * np.pi * phase * patch.fm_ratio))
    if patch.wave == "triangle":
        return 2 * np.abs(2 * (phase % 1) - 1) - 1
    if patch.wave == "pulse":
        return _saw(phase, step) - _saw(phase + patch.width, step)
    saw = _saw(phase, step)
    if patch.wave == "hybrid":
        return 0.6 * saw + 0.6 * np.sin(2 * np.pi * phase + 1.5 * np.sin(4 * np.pi * phase))
    return saw


def _saw(phase: NDArray[np.float64], step: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a saw whose jumps are rounded (polyBLEP), so that it hardly aliases."""
    place = phase % 1
    after = np.minimum(place / step, 1.0)
    before = np.maximum((place - 1) / step, -1.0)
    rounding = (after + after - after * after - 1) + (before * before + before + before + 1)
    return np.asarray(2 * place - 1 - rounding, np.float64)


def _swept(
    wave: NDArray[np.float64],
    patch: SynthPatch,
    hz: float,
    force: float,
    time_s: NDArray[np.float64],
    rate_hz: int,
) -> NDArray[np.float64]:
    lowest = min(max(patch.cutoff_hz, hz * 0.8), rate_hz * 0.2)
    octaves = patch.sweep_octaves * (0.4 + 0.6 * force)
    level = np.exp(-time_s / patch.filter_decay_s) * (_FILTER_STAGES - 1)
    out = np.zeros_like(wave)
    for stage in range(_FILTER_STAGES):
        cutoff = min(lowest * 2 ** (octaves * stage / (_FILTER_STAGES - 1)), rate_hz * 0.45)
        weight = np.maximum(0, 1 - np.abs(level - stage))
        numerator, denominator = _lowpass(cutoff, patch.resonance, rate_hz)
        out += weight * signal.lfilter(numerator, denominator, wave)
    return out


def _lowpass(cutoff_hz: float, resonance: float, rate_hz: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the second-order low-pass filter of the Audio EQ Cookbook."""
    angle = 2 * np.pi * cutoff_hz / rate_hz
    alpha = np.sin(angle) / (2 * resonance)
    side = (1 - np.cos(angle)) / 2
    return np.array([side, 2 * side, side]) / (1 + alpha), np.array([1 + alpha, -2 * np.cos(angle), 1 - alpha]) / (
        1 + alpha
    )


def _envelope(patch: SynthPatch, time_s: NDArray[np.float64], length_s: float) -> NDArray[np.float64]:
    rise = np.minimum(1, time_s / patch.attack_s)
    fall = patch.sustain + (1 - patch.sustain) * np.exp(-np.maximum(0, time_s - patch.attack_s) / patch.decay_s)
    over_s = np.maximum(0, time_s - length_s)
    gone = np.exp(-over_s * 5 / patch.release_s) * np.clip(1 - over_s / patch.release_s, 0, 1)
    return rise * fall * np.where(over_s > 0, gone, 1)


def draw_synth_patch(role: str, rng: np.random.Generator) -> SynthPatch:
    """Return a patch that suits the role: slow for pads, plucked for arpeggios, singing for leads, deep for basses."""
    u = rng.uniform
    wave = str(rng.choice(WAVES))
    is_slow = role == "pad" or (role == "comp" and rng.random() < 0.25)
    is_plucked = role == "comp" and not is_slow and rng.random() < 0.7
    return SynthPatch(
        wave,
        voices=int(rng.choice((5, 7))) if wave == "supersaw" else int(rng.choice((1, 1, 2, 3))),
        detune_cents=u(3, 22),
        width=u(0.1, 0.5),
        fm_ratio=float(rng.choice((0.5, 1, 1.41, 2, 3, 3.5, 5, 7))),
        fm_depth=u(0.5, 5),
        fm_decay_s=u(0.1, 1.5),
        sub=u(0.2, 0.8) if role == "bass" else (u(0, 0.5) if rng.random() < 0.3 else 0.0),
        cutoff_hz=u(150, 600) if role == "bass" else float(np.exp(u(np.log(300), np.log(4000)))),
        sweep_octaves=u(0, 4),
        resonance=float(np.exp(u(np.log(0.6), np.log(5)))),
        filter_decay_s=u(0.05, 1.0),
        attack_s=u(0.15, 0.8) if is_slow else u(0.002, 0.03),
        decay_s=u(0.08, 0.3) if is_plucked else u(0.2, 1.5),
        sustain=u(0, 0.15) if is_plucked else u(0.4, 1.0),
        release_s=u(0.3, 1.2) if is_slow else u(0.04, 0.4),
        vibrato_hz=u(4, 6.5),
        vibrato_cents=u(5, 25) if role == "lead" and rng.random() < 0.5 else 0.0,
    )
