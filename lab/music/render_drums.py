"""Renders drums through a drum machine of our own: falling sines, rung tones and shaped noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from lab.music.compose_piece import Note
from lab.music.compose_rhythm import (
    BONGO,
    CLAP,
    CLAVES,
    CONGA,
    COWBELL,
    CRASH,
    HAT,
    HIGH_TOM,
    KICK,
    LOW_CONGA,
    LOW_TOM,
    OPEN_HAT,
    RIDE,
    SHAKER,
    SNARE,
    STICK,
    TAMBOURINE,
    TOM,
    TRIANGLE,
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DrumVoice:
    """What one drum is made of: a tone that falls to its pitch, and noise in a band."""

    tone_hz: float = 0.0
    fall: float = 0.0
    """How many times its pitch the tone starts above it."""
    tone_s: float = 0.1
    noise: float = 0.0
    low_hz: float = 200.0
    high_hz: float = 9000.0
    noise_s: float = 0.05


_KIT = {
    KICK: DrumVoice(52, 4, 0.22, 0.08, 1000, 5000, 0.006),
    SNARE: DrumVoice(185, 0.4, 0.09, 0.9, 1200, 8500, 0.11),
    STICK: DrumVoice(1650, 0, 0.02, 0.3, 1500, 7000, 0.012),
    CLAP: DrumVoice(0, 0, 0.1, 1.0, 800, 5000, 0.12),
    HAT: DrumVoice(0, 0, 0.1, 0.6, 6500, 10_500, 0.03),
    OPEN_HAT: DrumVoice(0, 0, 0.1, 0.6, 6000, 10_500, 0.22),
    CRASH: DrumVoice(0, 0, 0.1, 0.8, 3500, 10_500, 0.9),
    RIDE: DrumVoice(5200, 0, 0.3, 0.35, 5000, 10_500, 0.35),
    TAMBOURINE: DrumVoice(0, 0, 0.1, 0.5, 5500, 10_500, 0.07),
    SHAKER: DrumVoice(0, 0, 0.1, 0.4, 4500, 10_000, 0.05),
    LOW_TOM: DrumVoice(85, 0.8, 0.3, 0.15, 300, 3000, 0.03),
    TOM: DrumVoice(120, 0.8, 0.26, 0.15, 300, 3000, 0.03),
    HIGH_TOM: DrumVoice(165, 0.8, 0.22, 0.15, 300, 3000, 0.03),
    LOW_CONGA: DrumVoice(165, 0.15, 0.18, 0.1, 500, 4000, 0.015),
    CONGA: DrumVoice(225, 0.15, 0.13, 0.15, 500, 4000, 0.015),
    BONGO: DrumVoice(390, 0.15, 0.09, 0.15, 800, 5000, 0.012),
    COWBELL: DrumVoice(560, 0, 0.1, 0.1, 500, 3000, 0.02),
    TRIANGLE: DrumVoice(4300, 0, 0.9, 0.05, 5000, 10_000, 0.01),
    CLAVES: DrumVoice(2500, 0, 0.04),
}


def play_drums(notes: Sequence[Note], rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound of a drum part on a kit drawn from the seed, float32, (1, n), with its tail."""
    tuning, length = float(np.exp2(rng.uniform(-0.4, 0.4))), float(np.exp2(rng.uniform(-0.7, 0.7)))
    crispness = rng.uniform(0.5, 1.6)
    out = np.zeros(int((max(note.start_s for note in notes) + 2.5) * rate_hz), np.float32)
    strokes: dict[int, Floats] = {}
    for note in notes:
        if note.pitch not in strokes:
            voice = _KIT.get(note.pitch, _KIT[TOM])
            strokes[note.pitch] = _stroke(voice, tuning, length, crispness, rate_hz, rng)
        start = int(note.start_s * rate_hz)
        sound = strokes[note.pitch][: len(out) - start]
        out[start : start + len(sound)] += np.float32(note.force**1.4) * sound
    return out[None, :]


def _stroke(
    voice: DrumVoice, tuning: float, length: float, crispness: float, rate_hz: int, rng: np.random.Generator
) -> Floats:
    longest_s = max(voice.tone_s if voice.tone_hz else 0.0, voice.noise_s if voice.noise else 0.0)
    time_s = np.arange(int(longest_s * length * 5 * rate_hz) + 1) / rate_hz
    sound = np.zeros(len(time_s))
    if voice.tone_hz:
        hz = voice.tone_hz * tuning * (1 + voice.fall * np.exp(-time_s / 0.025))
        sound += np.sin(2 * np.pi * np.cumsum(hz) / rate_hz) * np.exp(-time_s / (voice.tone_s * length))
    if voice.noise:
        band = signal.butter(
            1, (voice.low_hz, min(voice.high_hz, rate_hz * 0.48)), "bandpass", fs=rate_hz, output="sos"
        )
        noise = signal.sosfilt(band, rng.standard_normal(len(time_s)))
        sound += voice.noise * crispness * noise * np.exp(-time_s / (voice.noise_s * length))
    return np.asarray(sound, np.float32)
