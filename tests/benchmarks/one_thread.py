"""What numpy's linear algebra costs with one thread and with one for each core: a drawing, and a ranking of 600,000.

The threads of a product that is done wait for the next one without resting, which the time of the processor shows.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bgm_finder.jobs.job import Job
from bgm_finder.similarity.ranking import rank
from bgm_finder.track import SoundAt
from bgm_finder.workflows.picture import draw

_TRACK = Path(__file__).parents[2] / "resources" / "demo" / "Harbour Reel.ogg"
_TIMES, _PAUSE_S = 8, 0.1


def main() -> list[dict[str, object]]:
    return [_row(threads) for threads in sorted({1, os.cpu_count() or 1})]


def _row(threads: int) -> dict[str, object]:
    own = {**os.environ, "OPENBLAS_NUM_THREADS": str(threads)}
    done = subprocess.run([sys.executable, "-m", __spec__.name], env=own, capture_output=True, text=True, check=True)
    return {"threads": threads, **json.loads(done.stdout)}


def _measured() -> dict[str, float]:
    matrix = np.random.default_rng(1).standard_normal((600_000, 128), np.float32)
    actions = {
        "drawing": lambda: draw(Job(), SoundAt(_TRACK), lambda _: None),
        "ranking": lambda: rank(matrix[:1], matrix),
    }
    return {name: value for action, act in actions.items() for name, value in _cost(action, act).items()}


def _cost(action: str, act: Callable[[], object]) -> dict[str, float]:
    """Return the median time that passes, and the mean of the processor's, pauses between the actions included."""
    act()
    waited, began_s = [], time.process_time()
    for _ in range(_TIMES):
        start_s = time.perf_counter()
        act()
        waited.append(time.perf_counter() - start_s)
        time.sleep(_PAUSE_S)
    worked_s = (time.process_time() - began_s) / _TIMES
    return {
        f"{action}, ms": round(1e3 * float(np.median(waited)), 1),
        f"{action}, processor ms": round(1e3 * worked_s, 1),
    }


if __name__ == "__main__":
    print(json.dumps(_measured()))
