"""Renders strings and bars as sums of ringing modes: plucked and electric guitars, pianos, mallets, basses, harps.

A mode is a sine that dies away; all modes of a note are summed as one matrix product (powers of a complex number by
blocks times powers within a block), which costs a few milliseconds a note.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lab.music.compose_piece import Note

Floats = NDArray[np.float32]

_BLOCK = 256
_FORCE_LEVELS = 6
"""Notes of nearly the same force share one computed sound."""


@dataclass(frozen=True, slots=True)
class ModalPatch:
    """What makes one string or bar sound unlike another."""

    ratios: tuple[float, ...] = ()
    """Frequencies of a bar's modes above the first; empty for a string's harmonics."""
    stiffness: float = 1e-4
    """How much the upper partials of a string are sharp."""
    pluck: float = 0.18
    """Where it is struck, as a share of its length."""
    pickup: float = 0.0
    """Where a pickup listens; 0 where it is heard through the air."""
    slope: float = 0.8
    """How fast the partials get weaker."""
    bright_hz: float = 3500.0
    """Where a full stroke's spectrum falls off; soft ones fall off at a third of it."""
    ring_s: float = 4.0
    """How long the fundamental of A3 rings (60 dB)."""
    damp_hz: float = 2500.0
    """Above it, modes die faster."""
    early: float = 0.0
    """Share of each partial that dies six times as fast: the first fall of a plucked or struck string."""
    release_s: float = 0.12
    strings: int = 1
    detune_cents: float = 0.0
    knock: float = 0.05
    """Loudness of the finger's or hammer's own noise."""
    knock_hz: float = 1800.0


def play_modal(notes: Sequence[Note], patch: ModalPatch, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound of one part, float32, (1, n), with its tail."""
    end_s = max(note.start_s + note.length_s for note in notes) + patch.release_s * 2 + 0.2
    out = np.zeros(int(end_s * rate_hz) + 1, np.float32)
    longest: dict[tuple[int, int], float] = {}
    for note in notes:
        kind = (note.pitch, _level(note.force))
        longest[kind] = max(longest.get(kind, 0.0), note.length_s)
    rings = {
        kind: _ring(patch, kind[0], kind[1] / _FORCE_LEVELS, length_s + patch.release_s * 2, rate_hz, rng)
        for kind, length_s in longest.items()
    }
    for note in notes:
        sound = _damped(rings[note.pitch, _level(note.force)], note.length_s, patch.release_s, rate_hz)
        start = int(note.start_s * rate_hz)
        sound = sound[: len(out) - start]
        out[start : start + len(sound)] += sound
    return out[None, :]


def _level(force: float) -> int:
    return max(1, round(force * _FORCE_LEVELS))


def _ring(
    patch: ModalPatch, pitch: int, force: float, length_s: float, rate_hz: int, rng: np.random.Generator
) -> Floats:
    first_hz = 440.0 * 2 ** ((pitch - 69) / 12)
    hz, amplitude = _partials(patch, first_hz, force, rate_hz)
    decay_s = patch.ring_s * (220 / first_hz) ** 0.55 / (1 + (hz / patch.damp_hz) ** 1.5)
    tuned = [np.exp2(rng.normal(0, max(patch.detune_cents, 1e-3)) / 1200) for _ in range(patch.strings)]
    hz = np.concatenate([hz * tune for tune in tuned])
    amplitude = np.concatenate([amplitude / patch.strings] * patch.strings)
    # Strings struck together die at unlike rates: that gives a piano its two-stage decay.
    decay_s = np.concatenate([decay_s * (1 + 0.5 * number) for number in range(patch.strings)])
    if patch.early:
        hz, decay_s = np.tile(hz, 2), np.concatenate([decay_s, decay_s / 6])
        amplitude = np.concatenate([amplitude * (1 - patch.early), amplitude * patch.early])
    sound = _sum_of_modes(hz, amplitude, decay_s, int(length_s * rate_hz), rate_hz)
    knock = _knock(patch, force, rate_hz, rng)[: len(sound)]
    sound[: len(knock)] += knock
    return sound


def _partials(
    patch: ModalPatch, first_hz: float, force: float, rate_hz: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if patch.ratios:
        hz = first_hz * np.array(patch.ratios)
        amplitude: NDArray[np.float64] = np.arange(1.0, len(hz) + 1) ** -patch.slope
    else:
        number = np.arange(1.0, 65.0)
        hz = number * first_hz * np.sqrt(1 + patch.stiffness * number**2)
        amplitude = np.abs(np.sin(np.pi * number * patch.pluck)) * number**-patch.slope
        if patch.pickup:
            amplitude = amplitude * np.abs(np.sin(np.pi * number * patch.pickup))
    amplitude = amplitude * np.exp(-hz / (patch.bright_hz * (0.33 + 0.67 * force)))
    heard = hz < 0.46 * rate_hz
    hz, amplitude = hz[heard], amplitude[heard]
    return hz, force**1.3 * amplitude / (np.sqrt((amplitude**2).sum()) + 1e-9)


def _sum_of_modes(
    hz: NDArray[np.float64], amplitude: NDArray[np.float64], decay_s: NDArray[np.float64], count: int, rate_hz: int
) -> Floats:
    blocks = count // _BLOCK + 1
    exponent = (-6.9078 / decay_s + 2j * np.pi * hz) / rate_hz
    inside = np.exp(exponent[:, None] * np.arange(_BLOCK)).astype(np.complex64)
    between = (-1j * amplitude * np.exp(exponent * _BLOCK * np.arange(blocks)[:, None])).astype(np.complex64)
    return (between.real @ inside.real - between.imag @ inside.imag).reshape(-1)[:count]


def _knock(patch: ModalPatch, force: float, rate_hz: int, rng: np.random.Generator) -> Floats:
    count = int(0.03 * rate_hz)
    time_s = np.arange(count) / rate_hz
    noise = np.convolve(rng.standard_normal(count), np.hanning(max(3, int(rate_hz / patch.knock_hz))), "same")
    noise /= np.abs(noise).max() + 1e-9
    return (patch.knock * force * noise * np.exp(-time_s / 0.006)).astype(np.float32)


def _damped(ring: Floats, length_s: float, release_s: float, rate_hz: int) -> Floats:
    """Return the ring with the string damped after the note's length."""
    held = int(length_s * rate_hz)
    sound = ring[: held + int(release_s * 2 * rate_hz)].copy()
    tail = len(sound) - held
    if tail > 0:
        fade = np.exp(-np.arange(tail) / (release_s * rate_hz / 3)) * np.linspace(1, 0, tail)
        sound[held:] *= fade.astype(np.float32)
    return sound


_BAR = (1.0, 2.76, 5.40, 8.93)
_TUNED_BAR = (1.0, 4.0, 9.2)


def draw_modal_patch(instrument: str, rng: np.random.Generator) -> ModalPatch:
    """Return a patch for the instrument, unlike any other drawn before."""
    u = rng.uniform
    if instrument == "acoustic_guitar":
        is_nylon = rng.random() < 0.45
        return ModalPatch(
            stiffness=u(1e-5, 6e-5),
            pluck=u(0.1, 0.32),
            slope=u(0.9, 1.4) if is_nylon else u(0.5, 1.1),
            bright_hz=u(1500, 2600) if is_nylon else u(3000, 6000),
            ring_s=u(2.0, 3.6) if is_nylon else u(3.0, 6.0),
            damp_hz=u(900, 1800) if is_nylon else u(1600, 4000),
            early=u(0.2, 0.7),
            release_s=u(0.08, 0.3),
            strings=2 if rng.random() < 0.2 else 1,
            detune_cents=u(2, 7),
            knock=u(0.03, 0.15),
            knock_hz=u(900, 3500),
        )
    if instrument == "electric_guitar":
        return ModalPatch(
            stiffness=u(2e-5, 9e-5),
            pluck=u(0.06, 0.2),
            pickup=u(0.06, 0.28),
            slope=u(0.1, 0.6),
            bright_hz=u(1800, 4500),
            ring_s=u(3.5, 9),
            early=u(0.0, 0.4),
            damp_hz=u(1500, 4000),
            release_s=u(0.05, 0.12),
            knock=u(0.01, 0.06),
        )
    if instrument == "piano":
        return ModalPatch(
            stiffness=u(1.5e-4, 6e-4),
            pluck=u(0.1, 0.14),
            slope=u(0.8, 1.25),
            bright_hz=u(1800, 5000),
            ring_s=u(3, 9),
            damp_hz=u(1000, 3000),
            early=u(0.3, 0.75),
            release_s=u(0.12, 0.4),
            strings=3,
            detune_cents=u(0.4, 2.5),
            knock=u(0.03, 0.12),
            knock_hz=u(500, 1500),
        )
    if instrument == "bass":
        return ModalPatch(
            pluck=u(0.1, 0.3), pickup=u(0.1, 0.3), slope=u(0.3, 1), bright_hz=u(500, 1800), ring_s=u(4, 8)
        )
    if instrument == "mallets":
        bars = _BAR if rng.random() < 0.5 else _TUNED_BAR
        return ModalPatch(ratios=bars, slope=u(0.8, 2), bright_hz=u(3000, 8000), ring_s=u(1, 5), damp_hz=u(2000, 6000))
    return ModalPatch(
        pluck=u(0.05, 0.4), slope=u(0.5, 1), bright_hz=u(2500, 6000), ring_s=u(2, 6), damp_hz=u(1500, 4000)
    )
