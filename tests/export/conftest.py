"""Short real sounds to be exported."""

import numpy as np
import pytest
import soundfile

RATES_HZ = (44_100, 48_000)


def tone(seconds, rate_hz, channels=2, hz=440.0):
    """Return a sine, float32, (frames, channels), each channel a little softer than the one before."""
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return np.stack([wave * 0.9**channel for channel in range(channels)], axis=1).astype(np.float32)


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    """A folder with sounds of both common rates, of one, two and six channels, and one that is none."""
    folder = tmp_path_factory.mktemp("originals")
    for rate_hz in RATES_HZ:
        soundfile.write(folder / f"plain {rate_hz}.wav", tone(7.03, rate_hz), rate_hz, subtype="PCM_16")
    soundfile.write(folder / "雨 #1 100%.ogg", tone(6, 44_100), 44_100)
    soundfile.write(folder / "mono.flac", tone(4, 48_000, 1), 48_000)
    soundfile.write(folder / "broken.mp3", tone(1, 44_100)[:0], 44_100, format="WAV")
    return folder
