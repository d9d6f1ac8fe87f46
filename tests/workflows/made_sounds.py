"""Sounds that the tests make, and the network that hears them."""

import numpy as np

NETWORK = "article"
RATE_HZ = 22050
LENGTH_S = 5


def tone(hz, partials=1, rate_hz=RATE_HZ, length_s=LENGTH_S):
    """A note with so many partials, its beats 0.5 s apart."""
    t = np.arange(int(rate_hz * length_s)) / rate_hz
    sound = sum(np.sin(2 * np.pi * hz * k * t) / k for k in range(1, partials + 1))
    return (0.3 * sound * np.exp(-6 * (t % 0.5))).astype(np.float32)


def noise(seed, length_s=LENGTH_S):
    return (0.1 * np.random.default_rng(seed).normal(size=int(RATE_HZ * length_s))).astype(np.float32)
