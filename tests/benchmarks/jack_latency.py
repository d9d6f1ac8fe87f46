"""From a change of the sound to its first sample in JACK, over which a process of its own plays."""

import os
import random
import time

import numpy as np

from bgm_finder.audio.playing.output import Output, open_output
from tests.benchmarks.held_down import CARD
from tests.jack_dummy import RATE_HZ, Recorder, jack_server

CHANGES = 150
BLOCKS = (256, 1024)
"""Frames that JACK takes at a time."""


def main() -> list[dict[str, object]]:
    return [_row(block) for block in BLOCKS]


def _row(block: int) -> dict[str, object]:
    with jack_server(block) as server:
        os.environ.update(server.names())
        card = open_output(CARD)
        try:
            with server.recorder() as recorder:
                late_ms = _late_ms(card, recorder)
                gaps = recorder.gaps
        finally:
            card.close()
    return {
        "JACK's frames at a time": block,
        "the same, ms": round(1000 * block / RATE_HZ, 1),
        "heard after, median ms": round(float(np.median(late_ms)), 1),
        "p99 ms": round(float(np.percentile(late_ms, 99)), 1),
        "underflows": card.underflows,
        "JACK's own gaps": gaps,
    }


def _late_ms(card: Output, recorder: Recorder) -> list[float]:
    """Return how much later than its change the sound is there, of many changes at random moments."""
    loudness, chance, changed_s = [0.0], random.Random(1), []
    card.start(lambda block: block.fill(loudness[0]))
    recorder.connect()
    for number in range(2 * CHANGES):
        time.sleep(chance.uniform(0.15, 0.25))
        changed_s.append(time.monotonic())
        loudness[0] = float(number % 2 == 0)
    recorder.wait(0.2)
    heard_s = _rises_s(recorder)
    return [1000 * (min(there_s for there_s in heard_s if there_s > at_s) - at_s) for at_s in changed_s[::2]]


def _rises_s(recorder: Recorder) -> list[float]:
    """Return when the sound rises from silence, on the clock of time.monotonic."""
    loud, rises_s = False, []
    for at_s, block in zip(recorder.times_s, recorder.blocks, strict=False):
        frames = np.flatnonzero(block[:, 0] > 0)
        if len(frames) and not loud:
            rises_s.append(at_s + frames[0] / RATE_HZ)
        loud = bool(block[-1, 0] > 0)
    return rises_s
