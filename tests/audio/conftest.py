"""What several tests of sound need."""

import numpy as np
import pytest
import soundfile
from listener import Listener

RATE_HZ = 44_100
TRACK_S = 60


@pytest.fixture
def listen(tmp_path):
    track, started = tmp_path / "track.wav", []
    rng = np.random.default_rng(1)
    soundfile.write(track, rng.uniform(-0.1, 0.1, (TRACK_S * RATE_HZ, 2)).astype(np.float32), RATE_HZ)

    def listen(device, environment):
        started.append(Listener(track, device, environment))
        return started[-1]

    yield listen
    for listener in started:
        listener.end()
