"""Changes a stretch of music so that it sounds like another recording, or like a part of it."""

from collections.abc import Callable

import numpy as np
from librosa.effects import harmonic, percussive
from numpy.typing import NDArray

from lab.music import render_effects as effects

Floats = NDArray[np.float32]
Change = Callable[[Floats, int, np.random.Generator], Floats]

_SECOND = 0.4
"""How often a change is followed by another."""


def changed(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return a stretch, mono, (n,), after one change or two; as long as it was."""
    count = 2 if rng.random() < _SECOND else 1
    for number in rng.choice(len(_CHANGES), size=count, replace=False):
        other = _CHANGES[number](sound[None], rate_hz, rng)[0, : len(sound)]
        sound = np.pad(other, (0, len(sound) - len(other)))
    return np.asarray(sound, np.float32)


def _drums(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return np.asarray(percussive(sound, margin=rng.uniform(1.0, 3.0)))


def _tones(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return np.asarray(harmonic(sound, margin=rng.uniform(1.0, 3.0)))


def _band(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    low_hz = float(np.exp(rng.uniform(np.log(30), np.log(900))))
    return effects.band_pass(sound, low_hz, low_hz * float(np.exp(rng.uniform(1.5, 5.0))), rate_hz)


def _tone(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.tone_curve(sound, rng.uniform(3, 9), rate_hz, rng)


def _box(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.wooden_box(sound, rng.uniform(0.2, 0.9), rate_hz, rng)


def _attack(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.attack(sound, rng.uniform(-12, 12), rate_hz)


def _coarse(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.coarse(sound, rng.uniform(6000, 16000), int(rng.integers(5, 9)), rate_hz)


def _amplifier(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.amplifier(sound, rng.uniform(6, 36), rate_hz, rng)


def _room(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.room(sound, rng.uniform(0.4, 4.0), rng.uniform(0.2, 1.0), rate_hz, rng)


def _echo(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.echo(sound, rng.uniform(0.1, 0.6), rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.8), rate_hz)


def _chorus(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return effects.chorus(sound, rng.uniform(0.001, 0.006), rng.uniform(0.2, 4.0), rate_hz)


def _backwards(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    return sound[:, ::-1]


_CHANGES: list[Change] = [
    _drums, _tones, _band, _tone, _box, _attack, _coarse, _amplifier, _room, _echo, _chorus, _backwards,
]  # fmt: skip
