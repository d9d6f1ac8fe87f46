"""A JACK server killed and started again without pause, while two programs open and close their sound all the time.

    python -m tests.reliability.jack_comes_and_goes --seconds 60 [--only-jack] [--chosen]

Beside JACK there is a PulseAudio, unless it is to be --only-jack. Needs jackd2, pulseaudio and ALSA's plugin for it.
Prints how often sound was opened and how each program ended: it fails where one died or stood still.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import nullcontext

from tests.pulse_dummy import pulse_server

PROGRAM = """
import sys, time
from bgm_finder.audio.playing.player import Player

end, tries, opened = time.monotonic() + float(sys.argv[1]), 0, 0
while time.monotonic() < end:
    tries += 1
    player = Player(device=sys.argv[2] or None)
    while player.rate_hz is None and player.device_error is None and time.monotonic() < end:
        time.sleep(0.01)
    if player.rate_hz is not None and not player.is_silent:
        opened += 1
        time.sleep(0.3)
    player.close()
print(f"{tries} tries, {opened} opened", flush=True)
"""
_DRIVER = ["-d", "dummy", "-r", "44100", "-p", "1024", "-C", "2", "-P", "2"]
_PATIENCE_S = 40.0
_JACK = "system, JACK Audio Connection Kit"
_SERVER = "bgm-stress"
"""Always the same: a killed server keeps one of the eight places for names until another one of its name comes."""


def kill_again_and_again(seconds: float, seed: int, environment: dict[str, str]) -> int:
    """Start and kills JACK for so long; return how often."""
    chance, end_s, kills = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < end_s:
        jackd = subprocess.Popen(
            ["jackd", "-n", _SERVER, "-r", "--no-mlock", "-S", *_DRIVER],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.2, 3.0))
        jackd.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM]))
        jackd.wait()
        kills += 1
        time.sleep(chance.uniform(0.0, 0.5))
    return kills


def run(seconds: float, seed: int, only_jack: bool = False, is_chosen: bool = False) -> list[str]:
    """Return what each of two programs said in the end, or how it died."""
    with nullcontext() if only_jack else pulse_server() as pulse:
        environment = {**os.environ, "PULSE_SERVER": "unix:/nonexistent"} if pulse is None else pulse.environment()
        names = ("JACK_NO_START_SERVER", "JACK_NO_AUDIO_RESERVATION")
        environment |= {"JACK_DEFAULT_SERVER": _SERVER, **dict.fromkeys(names, "1")}
        words = [sys.executable, "-c", PROGRAM, str(seconds), _JACK if is_chosen else ""]
        programs = [
            subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for _ in range(2)
        ]
        print(f"{kill_again_and_again(seconds, seed, environment)} kills of JACK")
        return [_end_of(program) for program in programs]


def _end_of(program: "subprocess.Popen[str]") -> str:
    try:
        said, _ = program.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate()
        return "stood still"
    return said.strip() if program.returncode == 0 else f"died ({program.returncode})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-jack", action="store_true", help="no other device is there")
    parser.add_argument("--chosen", action="store_true", help="the programs name JACK's device, and never wait")
    args = parser.parse_args()
    ends = run(args.seconds, args.seed, args.only_jack, args.chosen)
    print("\n".join(ends))
    return 0 if all(end.endswith("opened") for end in ends) else 1


if __name__ == "__main__":
    sys.exit(main())
