"""JACK is touched only where it was chosen or nothing else can play: its server may die at any moment."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from jack_dummy import jack_server
from pulse_dummy import pulse_server

JACK = "system, JACK Audio Connection Kit"
NOWHERE = {"PULSE_SERVER": "unix:/nonexistent"}

PROGRAM = """
import json, os, sys, time
from bgm_finder.audio.playing.player import Player

names = ("JACK_DEFAULT_SERVER", "PIPEWIRE_NOJACK")
before = [os.environ.get(name) for name in names]
player = Player(device=sys.argv[1] or None)
deadline = time.monotonic() + 20
while (player.rate_hz is None or player.is_silent and not player.device_error) and time.monotonic() < deadline:
    time.sleep(0.01)
error = player.device_error and str(player.device_error)
facts = {"over_jack": player.runs_over_jack, "silent": player.is_silent, "error": error}
facts["as_before"] = before == [os.environ.get(name) for name in names]
print(json.dumps(facts), flush=True)
sys.stdin.readline()
player.close()
"""


@contextmanager
def playing(environment, device=""):
    """Start a program that opens its sound, and return what it says of it."""
    words = [sys.executable, "-c", PROGRAM, device]
    with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield json.loads(program.stdout.readline())
            program.communicate("\n", timeout=20)
            assert program.returncode == 0
        finally:
            program.kill()


def clients(server):
    """Return the names of the programs that the server knows."""
    import jack

    with jack.Client("onlooker", no_start_server=True, servername=server.name) as onlooker:
        return {port.name.split(":")[0] for port in onlooker.get_ports()} - {"system", "onlooker"}


def test_beside_another_device_jack_never_hears_of_us():
    with pulse_server() as pulse, jack_server() as server, playing({**pulse.environment(), **server.names()}) as facts:
        assert facts == {"over_jack": False, "silent": False, "error": None, "as_before": True}
        assert clients(server) == set()


def test_where_nothing_else_plays_the_sound_runs_over_jack_and_that_is_told():
    with jack_server() as server, playing({**server.environment(), **NOWHERE}) as facts:
        assert facts == {"over_jack": True, "silent": False, "error": None, "as_before": True}
        assert any(name.startswith("bgm-finder") for name in clients(server))


def test_jack_that_was_chosen_is_no_fallback():
    with (
        pulse_server() as pulse,
        jack_server() as server,
        playing({**pulse.environment(), **server.names()}, JACK) as facts,
    ):
        assert facts == {"over_jack": False, "silent": False, "error": None, "as_before": True}
        assert any(name.startswith("bgm-finder") for name in clients(server))


def test_without_any_sound_the_app_is_silent_and_nothing_hangs():
    with playing({**os.environ, **NOWHERE, "JACK_DEFAULT_SERVER": "bgm-none"}) as facts:
        assert facts["silent"] and not facts["over_jack"] and facts["as_before"]
