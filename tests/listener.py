"""A program that plays a track, told line by line what to do: it may be ended, stopped or lose its sound."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

PROGRAM = """
import json, os, sys, time
from pathlib import Path
from bgm_finder.audio.playing.player import Player

player = Player(device=sys.argv[2] or None)

def until(claim, meanwhile=lambda: None):
    deadline = time.monotonic() + 30
    while not claim():
        meanwhile()
        assert time.monotonic() < deadline, ("waited in vain", player.device_error, player.position_s)
        time.sleep(0.01)

def tell():
    error = None if player.device_error is None else str(player.device_error)
    facts = {"error": error, "playing": player.is_playing, "silent": player.is_silent}
    print(json.dumps({**facts, "position_s": player.position_s}), flush=True)

player.load(Path(sys.argv[1]))
for line in sys.stdin:
    match line.split():
        case ["heard"]:
            until(lambda: not player.is_silent and player.device_error is None and player.is_playing)
            start_s = player.position_s
            until(lambda: player.position_s > start_s + 0.3)
        case ["heard", "again"]:  # by whoever presses the key until it is, as JACK misses a client for ten seconds
            until(lambda: player.device_error is None and player.is_playing, player.play)
        case ["lost"]:
            until(lambda: player.device_error is not None)
            time.sleep(0.3)
        case ["play"]:
            player.play()
        case ["next"]:
            player.load(Path(sys.argv[1]), start_s=3.0)
        case ["device", *words]:
            player.use_device(" ".join(words))
            time.sleep(1.0)
        case ["spare"]:  # until the spare process is there, and has loaded its libraries
            until(lambda: len(player.pids) == 2)
            time.sleep(1.0)
        case ["signal", number]:
            crashes, position_s = player.crashes, player.position_s
            os.kill(player.pids[0], int(number))
            at_s = time.monotonic()
            until(lambda: player.crashes > crashes)
            until(lambda: player.position_s > position_s + 0.05 and player.rate_hz)
            print(json.dumps({"gap_s": time.monotonic() - at_s, "moved_s": player.position_s - position_s}), flush=True)
            continue
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
            start_new_session=True,
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
        """Send a signal to the program and to its processes, as what puts a computer to sleep does."""
        os.killpg(self._program.pid, number)

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

    def cpu_s(self):
        """Return the processor time that it took so far."""
        fields = Path(f"/proc/{self._program.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def lost_and_paused(listener):
    """Wait until the sound is lost, and return what the player says then."""
    facts = listener.do("lost")
    assert facts["silent"]
    assert not facts["playing"]
    return facts
