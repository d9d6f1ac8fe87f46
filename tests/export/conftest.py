"""Short real sounds to be exported."""

import pytest
import soundfile
from export_sounds import RATES_HZ, tone


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
