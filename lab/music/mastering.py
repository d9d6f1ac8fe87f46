"""What happens to a mix before it is released: compression, a hall, equalisers, limits of the band, and its level."""

import numpy as np
from numpy.typing import NDArray

from lab.music import render_effects as effects

Floats = NDArray[np.float32]


def mastered(sound: Floats, pumping_beat_s: float | None, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the mix as one of many releases would sound; with a beat it may be pumped to it."""
    if pumping_beat_s is not None and rng.random() < 0.4:
        sound = effects.pumping(sound, pumping_beat_s, rng.uniform(0.2, 0.7), rate_hz)
    sound = effects.set_level(sound, -18)
    if rng.random() < 0.5:
        sound = effects.compressed(sound, rng.uniform(-26, -14), rng.uniform(1.5, 6), rate_hz)
    if rng.random() < 0.3:
        sound = effects.room(sound, rng.uniform(0.3, 2.0), rng.uniform(0.05, 0.3), rate_hz, rng)
    for _ in range(int(rng.integers(0, 3))):
        sound = effects.peak(
            sound, float(np.exp(rng.uniform(4.4, 9))), rng.uniform(-5, 5), rng.uniform(0.4, 1.5), rate_hz
        )
    if rng.random() < 0.3:
        sound = effects.band_pass(sound, rng.uniform(20, 120), rng.uniform(5000, 10_500), rate_hz, 4)
    return effects.limited(effects.set_level(sound, rng.uniform(-24, -13)))
