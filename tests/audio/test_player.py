"""The player over an output that is pulled by hand, and over the silent one."""

import threading
import time

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.output import NoSoundCard, SilentOutput
from bgm_finder.audio.player import Player
from bgm_finder.audio.prefetch import Prefetch

RATE_HZ = 44_100
BLOCK = 512
FADE_IN = int(0.003 * RATE_HZ) + 1
FADE_OUT = int(0.010 * RATE_HZ)
PATIENCE_S = 10.0


class PulledOutput:
    """Takes sound when the test says so; keeps to Output."""

    is_silent = True
    name = "pulled"
    is_lost = False
    underflows = 0

    def __init__(self, rate_hz=RATE_HZ):
        self.rate_hz = rate_hz
        self.fill = None
        self.is_open = False

    def start(self, fill):
        self.fill = fill
        self.is_open = True

    def close(self):
        self.is_open = False

    def pull(self, frames):
        sound = np.full((frames, 2), np.nan, np.float32)
        for start in range(0, frames, BLOCK):
            self.fill(sound[start : start + BLOCK])
        return sound


def until(claim):
    deadline = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.001)


def settle(player):
    """Waits until so much is decoded that pulling two seconds by hand runs into no gap."""
    until(lambda: player.is_ready)
    voice = player._voice
    until(lambda: voice.is_complete or voice.waiting_s > 1.4)


def pull(player, output, seconds):
    parts = []
    for _ in range(round(seconds * RATE_HZ / BLOCK)):
        settle(player)
        parts.append(output.pull(BLOCK))
    return np.concatenate(parts)


def write(path, hz=220.0, seconds=4.0, rate_hz=RATE_HZ, phase=0.0):
    """Writes two tones of slowly changing pitch, so that every place in the file is unlike any other."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    left = 0.4 * np.sin(2 * np.pi * (hz + 5 * at) * at + phase)
    right = 0.4 * np.sin(2 * np.pi * (1.5 * hz + 7 * at) * at + phase)
    samples = np.stack([left, right], axis=1).astype(np.float32)
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
    return samples


@pytest.fixture
def output():
    return PulledOutput()


@pytest.fixture
def player(output):
    player = Player(lambda device: output)
    yield player
    player.close()
    assert not output.is_open


def test_plays_the_file_sample_for_sample(tmp_path, player, output):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    heard = pull(player, output, 3.0)
    np.testing.assert_array_equal(heard[FADE_IN:], samples[FADE_IN : len(heard)])
    assert player.position_s == pytest.approx(len(heard) / RATE_HZ)
    assert player.duration_s == pytest.approx(4.0)
    assert player.underruns == 0
