"""The sound goes away while a track plays, and comes back: real sound servers, ended, stopped and started again."""

import json
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import soundfile
from jack_dummy import RATE_HZ, jack_server
from pulse_dummy import pulse_server

JACK = "system, JACK Audio Connection Kit"
PULSE = "pulse, ALSA"
GONE = f"the sound device is gone ({JACK})"
NO_ANSWER = f"the sound device does not answer ({JACK})"
SOON_S = 8.0
"""Closing takes two seconds where JACK stands still; the rest is for a busy computer."""

PROGRAM = """
import json, multiprocessing, os, sys, time
from pathlib import Path
from bgm_finder.audio.playing.player import Player

player = Player(device=sys.argv[2] or None)

def until(claim, meanwhile=lambda: None):
    deadline = time.monotonic() + 30
    while not claim():
        meanwhile()
        assert time.monotonic() < deadline, ("waited in vain", player.trouble, player.position_s)
        time.sleep(0.01)

def tell():
    facts = {"trouble": player.trouble, "playing": player.is_playing, "silent": player.is_silent}
    print(json.dumps({**facts, "position_s": player.position_s}), flush=True)

player.load(Path(sys.argv[1]))
for line in sys.stdin:
    match line.split():
        case ["heard"]:
            until(lambda: not player.is_silent and player.trouble is None and player.is_playing)
            start_s = player.position_s
            until(lambda: player.position_s > start_s + 0.3)
        case ["heard", "again"]:  # by whoever presses the key until it is, as JACK misses a client for ten seconds
            until(lambda: player.trouble is None and player.is_playing, player.play)
        case ["lost"]:
            until(lambda: player.trouble is not None)
            time.sleep(0.3)
        case ["play"]:
            player.play()
        case ["next"]:
            player.load(Path(sys.argv[1]), start_s=3.0)
        case ["device", *words]:
            player.use_device(" ".join(words))
            time.sleep(1.0)
        case ["signal", number]:
            (process,) = multiprocessing.active_children()
            os.kill(process.pid, int(number))
        case ["close"]:
            player.close()
    tell()
"""


class Listener:
    """A program that plays, told what to do line by line."""

    def __init__(self, track, device, environment):
        self._program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(track), device],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._watchdog = threading.Timer(90.0, self._program.kill)
        self._watchdog.start()

    def do(self, words):
        self._program.stdin.write(words + "\n")
        self._program.stdin.flush()
        answer = self._program.stdout.readline()
        assert answer, f"the program died at {words}: {self._program.wait(10)}"
        return json.loads(answer)

    def send(self, number):
        self._program.send_signal(number)

    def close(self):
        self.do("close")
        self._program.stdin.close()
        return self._program.wait(20)

    def end(self):
        self._watchdog.cancel()
        self._program.kill()
        self._program.wait()
        self._program.stdin.close()
        self._program.stdout.close()


@pytest.fixture
def listen(tmp_path):
    track, started = tmp_path / "track.wav", []
    rng = np.random.default_rng(1)
    soundfile.write(track, rng.uniform(-0.1, 0.1, (60 * RATE_HZ, 2)).astype(np.float32), RATE_HZ)

    def listen(device, environment):
        started.append(Listener(track, device, environment))
        return started[-1]

    yield listen
    for listener in started:
        listener.end()


@pytest.fixture
def pulse():
    with pulse_server() as server:
        yield server


def lost_and_paused(listener):
    facts = listener.do("lost")
    assert facts["silent"]
    assert not facts["playing"]
    return facts


@pytest.mark.parametrize("key", ["play", "next"])
def test_a_killed_server_pauses_and_the_next_key_plays_on_the_new_one(listen, pulse, key):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.kill()
    facts = lost_and_paused(listener)
    assert facts["trouble"].startswith("the sound device is gone (")
    pulse.start()
    assert not listener.do("tell")["playing"]  # not by itself
    listener.do(key)
    again = listener.do("heard")
    assert again["position_s"] == pytest.approx(3.3 if key == "next" else facts["position_s"] + 0.3, abs=0.5)
    assert listener.close() == 0


def test_a_device_that_is_unplugged_pauses_and_one_at_another_rate_plays_on(listen, pulse):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.unload_sink()
    facts = lost_and_paused(listener)
    pulse.load_sink(48_000)
    assert not listener.do("tell")["playing"]
    listener.do("play")
    assert listener.do("heard")["position_s"] == pytest.approx(facts["position_s"] + 0.3, abs=0.5)
    assert listener.close() == 0


def test_a_server_that_stands_still_pauses_and_can_be_gone_on_with(listen, pulse):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.halt()
    facts = lost_and_paused(listener)
    assert facts["trouble"].startswith("the sound device does not answer (")
    pulse.go_on()
    listener.do("play")
    listener.do("heard")


def test_an_app_that_is_put_to_sleep_plays_on_where_it_was(listen, pulse):
    listener = listen("", pulse.environment())
    before = listener.do("heard")
    listener.send(signal.SIGSTOP)
    threading.Event().wait(5.0)
    listener.send(signal.SIGCONT)
    after = listener.do("tell")
    assert after["position_s"] - before["position_s"] < 2.0
    if not after["playing"]:
        listener.do("play")
    listener.do("heard")
    assert listener.close() == 0


def test_without_a_server_nothing_is_heard_until_there_is_one(listen, pulse):
    pulse.kill()
    listener = listen("", pulse.environment())
    facts = listener.do("lost")
    assert facts["silent"]
    pulse.start()
    threading.Event().wait(2.1)  # a missing device is not tried at each key
    listener.do("next")
    listener.do("heard")


def test_after_a_jack_server_died_another_device_can_be_chosen(listen, pulse):
    with jack_server() as server:
        listener = listen(PULSE, {**pulse.environment(), **server.names()})
        listener.do("heard")
    facts = listener.do("device default, ALSA")  # makes PortAudio look for devices, which JACK's end once made fatal
    assert facts["trouble"] is None
    listener.do("heard")
    assert listener.close() == 0


@pytest.fixture
def jack():
    with jack_server() as server:
        yield server


def closes_soon(listener):
    before_s = time.monotonic()
    assert listener.close() == 0
    assert time.monotonic() - before_s < SOON_S


@pytest.mark.parametrize(("number", "trouble"), [(signal.SIGKILL, GONE), (signal.SIGSTOP, NO_ANSWER)])
def test_a_jack_process_that_dies_or_stands_still_pauses_and_can_be_gone_on_with(listen, jack, number, trouble):
    listener = listen(JACK, jack.environment())
    listener.do("heard")
    listener.do(f"signal {int(number)}")
    assert lost_and_paused(listener)["trouble"] == trouble
    listener.do("heard again")
    listener.do("heard")
    closes_soon(listener)


def test_a_jack_server_that_stands_still_pauses_holds_no_close_up_and_can_be_gone_on_with(listen, jack):
    listener, other = listen(JACK, jack.environment()), listen(JACK, jack.environment())
    listener.do("heard")
    other.do("heard")
    jack.halt()
    assert lost_and_paused(listener)["trouble"] == NO_ANSWER
    closes_soon(other)
    jack.go_on()
    listener.do("heard again")
    listener.do("heard")
    closes_soon(listener)


def test_a_jack_server_that_stands_still_while_it_is_opened_is_named(listen, jack):
    jack.halt()
    listener = listen(JACK, jack.environment())
    assert lost_and_paused(listener)["trouble"] == NO_ANSWER
    jack.go_on()
    listener.do("heard again")
    listener.do("heard")
    closes_soon(listener)
