"""What most Linux desktops play over: PipeWire by way of ALSA, which may end, stop or lose its sink meanwhile."""

import time

import numpy as np
import pytest
import soundfile
import soxr
from jack_dummy import place_of
from listener import lost_and_paused
from pipewire_dummy import RATE_HZ, pipewire_server

BUSY = 0.3
"""A thread that turns in circles takes more of the processor's time, even on a busy computer."""


@pytest.fixture
def pipewire():
    with pipewire_server() as server:
        yield server


def goes_on_at(listener, position_s):
    listener.do("play")
    assert listener.do("heard again")["position_s"] == pytest.approx(position_s, abs=2.0)
    listener.do("heard")
    assert listener.close() == 0


def test_what_is_played_is_what_the_file_holds(listen, pipewire, tmp_path):
    rng = np.random.default_rng(1)
    sound = soxr.resample(rng.uniform(-0.1, 0.1, (20 * 16_000, 2)), 16_000, RATE_HZ).astype(np.float32)
    soundfile.write(tmp_path / "track.wav", sound, RATE_HZ)  # nothing up where two resamplers differ
    listener = listen("", pipewire.environment())
    listener.do("next")
    listener.do("heard")
    with pipewire.recorder() as recorder:
        recorder.wait(4.0)
        played = recorder.sound()
    halves = np.array_split(played, range(RATE_HZ // 2, len(played), RATE_HZ // 2))[1:-1]
    places, likeness = zip(*(place_of(half, sound) for half in halves), strict=True)
    assert np.median(likeness) > 0.9  # less than the whole of it: the recorder is no better than the busy computer
    assert 3.0 <= places[0] / RATE_HZ < places[-1] / RATE_HZ < 12.0
    assert listener.close() == 0


def test_a_killed_server_pauses_keeps_no_thread_busy_and_can_be_gone_on_with(listen, pipewire):
    listener = listen("", pipewire.environment())
    listener.do("heard")
    pipewire.kill()
    facts = lost_and_paused(listener)
    before_s = listener.cpu_s()
    time.sleep(3.0)
    assert listener.cpu_s() - before_s < 3.0 * BUSY
    pipewire.start()
    assert not listener.do("tell")["playing"]  # not by itself
    goes_on_at(listener, facts["position_s"])


def test_a_server_that_stands_still_pauses_and_can_be_gone_on_with(listen, pipewire):
    listener = listen("", pipewire.environment())
    listener.do("heard")
    pipewire.halt()
    facts = lost_and_paused(listener)
    pipewire.go_on()
    goes_on_at(listener, facts["position_s"])


def test_a_sink_that_vanishes_pauses_and_one_that_comes_plays_on(listen, pipewire):
    listener = listen("", pipewire.environment())
    listener.do("heard")
    pipewire.take_sink()
    facts = lost_and_paused(listener)
    pipewire.bring_sink()
    goes_on_at(listener, facts["position_s"])
