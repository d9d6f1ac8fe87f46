"""The player's process is killed and stopped in mid-decode, again and again: how soon the sound goes on, and where.

    python -m tests.reliability.player_crashes --signals 50 [--server jack|pulse|pipewire|none]

Needs jackd2, or pulseaudio or PipeWire with ALSA's plugin for it. Every format is played in turn. Prints a line for
each signal, and fails where the sound did not go on within a second, or at another place.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from bgm_finder.audio.playing.output import OpenOutput, open_card, open_silence
from bgm_finder.audio.playing.player import Player
from tests.benchmarks import _long_music
from tests.jack_dummy import jack_server
from tests.pipewire_dummy import pipewire_server
from tests.pulse_dummy import pulse_server

_LATEST_S = 1.0
_PLACE_S = 0.25
"""How far from where it was the sound may go on."""
_MOVES_S = 0.005
_PATIENCE_S = 30.0


@contextmanager
def server(name: str) -> Iterator[tuple[OpenOutput, str | None]]:
    """Run a sound server, and yield what opens its device, and its name."""
    if name == "jack":
        with jack_server(is_synchronous=False) as jack:
            os.environ.update(jack.names())
            yield open_card, "system, JACK Audio Connection Kit"
    elif name == "none":
        yield open_silence, None
    else:
        with pulse_server() if name == "pulse" else pipewire_server() as other:
            os.environ.update(other.environment())
            yield open_card, f"{name}, ALSA"


def recover(player: Player, number: signal.Signals, chance: random.Random) -> dict[str, float]:
    """Send a signal while the process decodes, and return how long nothing was handed to the sound card."""
    player.seek(chance.uniform(1.0, 60.0))
    _until(lambda: player.is_ready)
    time.sleep(chance.uniform(0.0, 0.03))  # 1.5 s are decoded after a seek
    crashes, before_s = player.crashes, player.position_s
    os.kill(player.pids[0], number)
    at_s = time.monotonic()
    _until(lambda: player.crashes > crashes)
    seen_s = time.monotonic()
    went_on_s = player.position_s
    _until(lambda: player.rate_hz is not None and player.position_s > went_on_s + _MOVES_S)
    return {
        "seen after, s": round(seen_s - at_s, 3),
        "sound after, s": round(time.monotonic() - at_s, 3),
        "moved, s": round(went_on_s - before_s, 3),
    }


def run(name: str, signals: int, seed: int) -> list[dict[str, float | str]]:
    """Return a row for each signal; half of them are SIGSEGV, half SIGSTOP."""
    chance, rows = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder, server(name) as (open_output, device):
        tracks = _long_music.write(Path(folder), 1.1)
        player = Player(open_output, device)
        try:
            for at in range(2 * signals):
                number = (signal.SIGSEGV, signal.SIGSTOP)[at % 2]
                player.load(tracks[at // 2 % len(tracks)])
                _until(lambda: player.is_playing and player.position_s > 0.05)
                _until(lambda: len(player.pids) == 2)
                time.sleep(1.0)  # the spare process loads its libraries
                row = {"signal": number.name, "format": tracks[at // 2 % len(tracks)].suffix[1:]}
                rows.append(row | recover(player, number, chance))
                print(rows[-1], flush=True)
            assert player.device_error is None, player.device_error
        finally:
            player.close()
    return rows


def _until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.001)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signals", type=int, default=50, help="of each kind")
    parser.add_argument("--server", choices=("jack", "pulse", "pipewire", "none"), default="jack")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rows = run(args.server, args.signals, args.seed)
    for name in ("SIGSEGV", "SIGSTOP"):
        times_s = [float(row["sound after, s"]) for row in rows if row["signal"] == name]
        shares = ", ".join(f"{share} % {np.percentile(times_s, share):.3f} s" for share in (50, 90, 100))
        print(f"{args.server}, {len(times_s)} {name}: sound after {shares}")
    failed = [r for r in rows if float(r["sound after, s"]) > _LATEST_S or abs(float(r["moved, s"])) > _PLACE_S]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
