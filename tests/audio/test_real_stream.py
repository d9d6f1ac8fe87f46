"""What is really written to a sound card, recorded through JACK's dummy driver and compared with the files."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from jack_dummy import RATE_HZ, jack_server

PROGRAM = """
import json, sys, time
from pathlib import Path
from bgm_finder.audio.output import devices
from bgm_finder.audio.player import Player

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
facts = {"silent": player.is_silent, "trouble": player.trouble, "underruns": player.underruns}
print(json.dumps(facts), flush=True)
if sys.stdin.readline().strip() == "lose":
    until(lambda: player.trouble is not None)
    print(json.dumps({"trouble": player.trouble, "playing": player.is_playing}), flush=True)
player.close()
print("closed", flush=True)
"""


def write(path, seed):
    """Writes noise, of which every place is unlike any other."""
    rng = np.random.default_rng(seed)
    samples = rng.uniform(-0.5, 0.5, (10 * RATE_HZ, 2)).astype(np.float32)
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    return samples


def place_of(part, samples):
    """Gives where in the samples a part lies, and how alike the two are there (correlation, 1 = the same)."""
    n_fft = 1 << (len(samples) + len(part)).bit_length()
    spectra = np.conj(np.fft.rfft(part[:, 0], n_fft)) * np.fft.rfft(samples[:, 0], n_fft)
    place = int(np.argmax(np.fft.irfft(spectra)[: len(samples) - len(part)]))
    there = samples[place : place + len(part)]
    return place, float(np.corrcoef(part.ravel(), there.ravel())[0, 1])


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
        try:
            yield server, program
        finally:
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
        gaps = recorder.gaps
    say(program, "close")
    assert program.stdout.readline() == "closed\n"
    assert facts == {"silent": False, "trouble": None, "underruns": facts["underruns"]}
    if gaps or facts["underruns"]:
        pytest.skip("the computer was too busy for JACK to keep time")
    heard = heard[np.flatnonzero(np.abs(heard).max(axis=1))[0] :]
    assert place_of(heard[1000:20_000], first) == (pytest.approx(1000, abs=2), pytest.approx(1.0, abs=1e-6))
    middle = round(1.6 * RATE_HZ)
    place, likeness = place_of(heard[middle : middle + 20_000], first)
    assert likeness == pytest.approx(1.0, abs=1e-6)
    assert place / RATE_HZ == pytest.approx(6.0 + 0.6, abs=0.25)
    late = heard[np.flatnonzero(np.abs(heard).max(axis=1))[-1] - 30_000 :][:20_000]
    place, likeness = place_of(late, second)
    assert likeness == pytest.approx(1.0, abs=1e-6)
    assert 0.2 < place / RATE_HZ < 1.2


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
    assert "JACK" in facts["trouble"]
    assert facts["playing"] is False
    assert program.stdout.readline() == "closed\n"
