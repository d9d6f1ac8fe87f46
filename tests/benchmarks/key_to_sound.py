"""From a command of the window to the first sample in JACK, by format: decoded on the key, and prefetched."""

import os
import random
import tempfile
import time
from itertools import count
from pathlib import Path

import numpy as np
import soundfile

from bgm_finder.audio.playing.player import Player
from tests.benchmarks import _long_music
from tests.benchmarks.held_down import CARD
from tests.jack_dummy import BLOCK, RATE_HZ, Recorder, jack_server

PRESSES = 60
MINUTES = (3.0, 10.0)


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name, jack_server() as server:
        os.environ.update(server.names())
        folder = Path(name)
        silence = folder / "silence.wav"
        soundfile.write(silence, np.zeros((60 * RATE_HZ, 2), np.float32), RATE_HZ)
        player = Player(device=CARD)
        try:
            player.load(silence)
            with server.recorder() as recorder:
                recorder.connect()
                recorder.wait(0.5)
                return [
                    _row(player, recorder, path, minutes, silence)
                    for minutes in MINUTES
                    for path in _long_music.write(folder / f"{minutes:g}", minutes)
                ]
        finally:
            player.close()


def _row(player: Player, recorder: Recorder, path: Path, minutes: float, silence: Path) -> dict[str, object]:
    on_key = _times_ms(player, recorder, path, silence, neighbours=[silence])
    ahead = _times_ms(player, recorder, path, silence, neighbours=[path, silence])
    return {
        "format": path.suffix[1:],
        "minutes": minutes,
        "on the key, median ms": round(float(np.median(on_key)), 1),
        "on the key, p99 ms": round(float(np.percentile(on_key, 99)), 1),
        "prefetched, median ms": round(float(np.median(ahead)), 1),
        "prefetched, p99 ms": round(float(np.percentile(ahead, 99)), 1),
        "one block, ms": round(1000 * BLOCK / RATE_HZ, 1),
        "underruns so far": player.underruns,
        "of them JACK's own": recorder.gaps,
    }


def _times_ms(player: Player, recorder: Recorder, path: Path, silence: Path, neighbours: list[Path]) -> list[float]:
    """Return key to sound of many presses at random moments."""
    chance = random.Random(1)
    player.prefetch(neighbours)
    recorder.wait(1.0)
    times_ms = []
    for _ in range(PRESSES):
        first, pressed_s = len(recorder.blocks), time.monotonic()
        player.load(path)
        heard = next(at for at in count(first) if _block(recorder, at).any())
        times_ms.append(1000 * (recorder.times_s[heard] - pressed_s))
        time.sleep(chance.uniform(0.05, 0.1))
        player.load(silence)
        time.sleep(chance.uniform(0.1, 0.15))
    return times_ms


def _block(recorder: Recorder, number: int) -> np.ndarray:
    while len(recorder.blocks) <= number:
        time.sleep(0.001)
    return recorder.blocks[number]
