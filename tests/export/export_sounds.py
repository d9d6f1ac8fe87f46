"""Sounds whose every sample is known."""

import numpy as np

RATES_HZ = (44_100, 48_000)


def tone(seconds, rate_hz, channels=2, hz=440.0):
    """Return a sine, float32, (frames, channels), each channel a little softer than the one before."""
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return np.stack([wave * 0.9**channel for channel in range(channels)], axis=1).astype(np.float32)
