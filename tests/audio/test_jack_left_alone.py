"""JACK is touched only where it was chosen or nothing else can play: its server may die at any moment."""

import ctypes
import itertools
import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from jack_dummy import jack_server
from pulse_dummy import pulse_server

from bgm_finder.audio.playing.jack_sight import hidden

JACK = "system, JACK Audio Connection Kit"
NOWHERE = {"PULSE_SERVER": "unix:/nonexistent"}

PROGRAM = """
import json, os, sys, time
from bgm_finder.audio.playing.player import Player

names = ("JACK_DEFAULT_SERVER", "PIPEWIRE_NOJACK")
before = [os.environ.get(name) for name in names]
player = Player(device=sys.argv[1] or None)
deadline = time.monotonic() + 20
while player.rate_hz is None and time.monotonic() < deadline:
    time.sleep(0.01)
trouble = None if player.trouble is None else str(player.trouble)
facts = {"over_jack": player.runs_over_jack, "silent": player.is_silent, "trouble": trouble}
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
        assert facts == {"over_jack": False, "silent": False, "trouble": None, "as_before": True}
        assert clients(server) == set()


def test_where_nothing_else_plays_the_sound_runs_over_jack_and_that_is_told():
    with jack_server() as server, playing({**server.environment(), **NOWHERE}) as facts:
        assert facts == {"over_jack": True, "silent": False, "trouble": None, "as_before": True}
        assert any(name.startswith("bgm-finder") for name in clients(server))


def test_jack_that_was_chosen_is_no_makeshift():
    with (
        pulse_server() as pulse,
        jack_server() as server,
        playing({**pulse.environment(), **server.names()}, JACK) as facts,
    ):
        assert facts == {"over_jack": False, "silent": False, "trouble": None, "as_before": True}
        assert any(name.startswith("bgm-finder") for name in clients(server))


def test_without_any_sound_the_app_is_silent_and_nothing_hangs():
    with playing({**os.environ, **NOWHERE, "JACK_DEFAULT_SERVER": "bgm-none"}) as facts:
        assert facts["silent"] and not facts["over_jack"] and facts["as_before"]


@pytest.mark.skipif(sys.platform != "linux", reason="PortAudio comes without JACK elsewhere")
def test_jack_is_hidden_without_a_move_of_the_environment_which_other_threads_read_meanwhile():
    library = ctypes.CDLL(None)
    library.getenv.restype = ctypes.c_char_p
    names = (b"JACK_DEFAULT_SERVER", b"PIPEWIRE_NOJACK")

    def where_it_lies():
        entries = ctypes.POINTER(ctypes.c_void_p).in_dll(library, "environ")
        return ctypes.addressof(entries.contents), list(itertools.takewhile(bool, entries))

    before = where_it_lies(), [library.getenv(name) for name in names]
    with hidden():
        assert where_it_lies() == before[0]
        assert [library.getenv(name) for name in names] == [b"bgm-finder-looks-for-none", b"1"]
    assert (where_it_lies(), [library.getenv(name) for name in names]) == before
