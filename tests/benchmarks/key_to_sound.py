"""From the key to the first sample handed to the sound card, by format: decoded on the key, and prefetched.

And how long the track before is still heard: its fade, in the sound itself.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from bgm_finder.audio.playing.player import Player
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.source import Floats
from tests.benchmarks import _long_music
from tests.benchmarks._stop_watch import BLOCK, StopWatch

PRESSES = 60
MINUTES = (3.0, 10.0)


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        silence = folder / "silence.wav"
        soundfile.write(silence, np.zeros((44_100, 2), np.float32), 44_100)
        return [
            _row(path, minutes, silence)
            for minutes in MINUTES
            for path in _long_music.write(folder / f"{minutes:g}", minutes)
        ]


def _row(path: Path, minutes: float, silence: Path) -> dict[str, object]:
    on_key, _ = _times_ms(path, silence, prefetched=False)
    ahead, fades = _times_ms(path, silence, prefetched=True)
    return {
        "format": path.suffix[1:],
        "minutes": minutes,
        "on the key, median ms": round(float(np.median(on_key)), 1),
        "on the key, p99 ms": round(float(np.percentile(on_key, 99)), 1),
        "prefetched, median ms": round(float(np.median(ahead)), 1),
        "prefetched, p99 ms": round(float(np.percentile(ahead, 99)), 1),
        "one block, ms": round(1000 * BLOCK / StopWatch.rate_hz, 1),
        "longest fade of the track before, ms": round(max(fades), 1),
    }


def _times_ms(path: Path, silence: Path, prefetched: bool) -> tuple[list[float], list[float]]:
    """Return key to sound, and the fade of the track before, of many presses."""
    watch, prefetch = StopWatch(), Prefetch()
    player = Player(lambda device: watch, prefetch=prefetch)
    try:
        if prefetched:
            prefetch.want([path, silence])
            while prefetch.get(silence) is None:
                time.sleep(0.01)
        pairs = [_press(player, watch, path, silence) for _ in range(PRESSES)]
        return [heard for heard, _ in pairs], [fade for _, fade in pairs]
    finally:
        player.close()
        prefetch.close()


def _press(player: Player, watch: StopWatch, path: Path, silence: Path) -> tuple[float, float]:
    heard_ms = watch.measure_ms(lambda: player.load(path), lambda block: bool(block.any()))
    time.sleep(0.05)
    blocks: list[Floats] = []

    def is_over(block: Floats) -> bool:
        blocks.append(block.copy())
        return not block[-1].any()

    watch.measure_ms(lambda: player.load(silence), is_over)
    sound = np.concatenate(blocks)
    return heard_ms, 1000 * (int(np.flatnonzero(sound.any(axis=1)).max(initial=-1)) + 1) / watch.rate_hz
