"""What is really written to a sound card, recorded through JACK's dummy driver and compared with the files."""

import json
import subprocess
import sys
import threading

import numpy as np
import pytest
import soundfile
from jack_dummy import RATE_HZ, jack_server, place_of

WINDOW = 4096

PROGRAM = """
import json, sys, time
from pathlib import Path
from bgm_finder.audio.playing.devices import devices
from bgm_finder.audio.playing.player import Player

def until(claim):
    deadline = time.monotonic() + 15
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)

first, second = map(Path, sys.argv[1:])
card = next(device.name for device in devices() if "JACK" in device.name)
player = Player(device=card)
player.load(first, play=False)
until(lambda: player.is_ready)
print("open", flush=True)
sys.stdin.readline()
player.play()
until(lambda: player.position_s > 1.0)
player.seek(6.0)
until(lambda: player.position_s > 7.0)
player.load(second)
until(lambda: player.position_s > 1.0)
player.pause()
time.sleep(0.1)
error = player.device_error and str(player.device_error)
facts = {"silent": player.is_silent, "error": error, "underruns": player.underruns}
print(json.dumps(facts), flush=True)
if sys.stdin.readline().strip() == "lose":
    until(lambda: player.device_error is not None)
    print(json.dumps({"error": str(player.device_error), "playing": player.is_playing}), flush=True)
player.close()
print("closed", flush=True)
"""


def write(path, seed):
    """Write noise, of which every place is unlike any other."""
    rng = np.random.default_rng(seed)
    samples = rng.uniform(-0.5, 0.5, (10 * RATE_HZ, 2)).astype(np.float32)
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    return samples


def places_s(heard, samples):
    """Return the seconds of the file in which windows of what was heard lie.

    One of them may differ: a busy computer makes JACK itself drop a block now and then.
    """
    found = [place_of(heard[start : start + WINDOW], samples) for start in range(0, len(heard), WINDOW)]
    alike = [place / RATE_HZ for place, likeness in found if likeness > 1 - 1e-6]
    assert len(alike) >= len(found) - 1, f"not the file's samples: {found}"
    return alike


@pytest.fixture
def player_program(tmp_path):
    write(tmp_path / "first.wav", 1)
    write(tmp_path / "second.wav", 2)
    with jack_server() as server:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "first.wav"), str(tmp_path / "second.wav")],
            env=server.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        watchdog = threading.Timer(60.0, program.kill)
        watchdog.start()
        try:
            yield server, program
        finally:
            watchdog.cancel()
            program.kill()
            program.communicate()


def say(program, words):
    program.stdin.write(words + "\n")
    program.stdin.flush()


def test_the_right_samples_reach_the_sound_card(tmp_path, player_program):
    server, program = player_program
    first, _ = soundfile.read(tmp_path / "first.wav", dtype="float32")
    second, _ = soundfile.read(tmp_path / "second.wav", dtype="float32")
    with server.recorder() as recorder:
        assert program.stdout.readline() == "open\n"
        recorder.connect()
        say(program, "play")
        facts = json.loads(program.stdout.readline())
        heard = recorder.sound()
    say(program, "close")
    assert program.stdout.readline() == "closed\n"
    assert program.wait(10) == 0
    assert not facts["silent"]
    assert facts["error"] is None
    heard = heard[np.flatnonzero(np.abs(heard).max(axis=1))[0] :]
    start_s = places_s(heard[WINDOW : 5 * WINDOW], first)
    after_seek_s = places_s(heard[round(1.4 * RATE_HZ) :][: 4 * WINDOW], first)
    last = np.flatnonzero(np.abs(heard).max(axis=1))[-1]
    second_s = places_s(heard[last - 6 * WINDOW : last - 2 * WINDOW], second)
    assert start_s[0] * RATE_HZ == pytest.approx(WINDOW, abs=2)
    assert after_seek_s[0] == pytest.approx(6.0 + 0.4, abs=0.3)
    assert 0.2 < second_s[0] < 1.2


def test_a_lost_sound_card_pauses_and_is_named(player_program):
    server, program = player_program
    with server.recorder() as recorder:
        assert program.stdout.readline() == "open\n"
        recorder.connect()
        say(program, "play")
        program.stdout.readline()
    server.stop()
    say(program, "lose")
    facts = json.loads(program.stdout.readline())
    assert "JACK" in facts["error"]
    assert facts["playing"] is False
    assert program.stdout.readline() == "closed\n"
    assert program.wait(10) == 0
