"""From the key to the first sample handed to the sound card, by format: decoded on the key, and prefetched."""

import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from bgm_finder.audio.output import Fill
from bgm_finder.audio.player import Player
from bgm_finder.audio.prefetch import Prefetch
from tests.audio import sound_files

FORMATS = ("16.wav", "a.flac", "a.mp3", "a.ogg", "a.m4a", "a.opus")
PRESSES = 60
LENGTH_S = 30.0
BLOCK = 128
"""3 ms: a sound card's own buffer comes on top of the figures, and is the same for every player."""


class StopWatch:
    """Takes sound in real time and notes when the first of it is heard; keeps to Output."""

    is_silent = True
    is_lost = False
    name = "stop watch"
    rate_hz = 44_100
    underflows = 0

    def __init__(self) -> None:
        self.heard = threading.Event()
        self.heard_s = 0.0
        self._closing = threading.Event()

    def start(self, fill: Fill) -> None:
        self._thread = threading.Thread(target=self._run, args=(fill,))
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join()

    def abandon(self) -> None:
        self.close()

    def _run(self, fill: Fill) -> None:
        block = np.empty((BLOCK, 2), np.float32)
        due_s = time.perf_counter()
        while not self._closing.wait(max(0.0, due_s - time.perf_counter())):
            fill(block)
            if block.any() and not self.heard.is_set():
                self.heard_s = time.perf_counter()
                self.heard.set()
            due_s += BLOCK / self.rate_hz


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        samples = sound_files.sweep(LENGTH_S)
        paths = [sound_files.write(Path(folder) / name, samples) for name in FORMATS]
        return [_row(path) for path in paths]


def _row(path: Path) -> dict[str, object]:
    on_key, ahead = _times_ms(path, prefetched=False), _times_ms(path, prefetched=True)
    return {
        "format": path.suffix[1:],
        "on the key, median ms": round(float(np.median(on_key)), 1),
        "on the key, p99 ms": round(float(np.percentile(on_key, 99)), 1),
        "prefetched, median ms": round(float(np.median(ahead)), 1),
        "prefetched, p99 ms": round(float(np.percentile(ahead, 99)), 1),
    }


def _times_ms(path: Path, prefetched: bool) -> list[float]:
    watch, prefetch = StopWatch(), Prefetch()
    player = Player(lambda device: watch, prefetch=prefetch)
    try:
        if prefetched:
            prefetch.want([path])
            while prefetch.get(path) is None:
                time.sleep(0.01)
        return [_press(player, watch, path) for _ in range(PRESSES)]
    finally:
        player.close()
        prefetch.close()


def _press(player: Player, watch: StopWatch, path: Path) -> float:
    player.stop()
    time.sleep(0.05)  # the track before has faded out
    watch.heard.clear()
    began_s = time.perf_counter()
    player.load(path)
    assert watch.heard.wait(5.0), f"{path.name} is not heard"
    return (watch.heard_s - began_s) * 1000
