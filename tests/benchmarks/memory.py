"""What the program holds in memory: idle, after a search, and after many tracks were walked through.

Growth is that of walking through the same tracks again and again; what the first visit needs is no growth.

Resident memory as Linux tells it; each size in a process of its own. BGM_BENCH_TRACKS: the sizes, 10,000 and 600,000
where it is not set; BGM_BENCH_CHANGES: how many track changes, 2,000 where it is not set.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bgm_finder.audio.playing.output import open_silence
from tests.benchmarks import _synthetic, _window

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
CHANGES = int(os.environ.get("BGM_BENCH_CHANGES", "2000"))
_PAUSE_MS = 10


def main() -> list[dict[str, object]]:
    if not Path("/proc/self/statm").exists():
        return []
    return [_in_fresh_process(size) for size in SIZES]


def measured(size: int) -> dict[str, object]:
    """Return the row of one size; loads the network first, as the app does once the list is there."""
    # a look for a sound card that is not there leaves a few KB in libjack each time, which is no growth of ours
    with _window.opened(_synthetic.catalogue(size), open_silence) as bench:
        bench.app.search.load()
        bench.rest(8000)
        row: dict[str, object] = {"tracks": size, "idle, MB": _resident_mb()}
        bench.window.table.select_silently(size // 2)
        bench.until(bench.window.commands["find_similar"].trigger, bench.app.search.found)
        bench.rest(1000)
        row["after a search, MB"] = _resident_mb()
        bench.app.search.clear()
        bench.window.table.select_silently(0)
        _walk(bench, CHANGES // 10)
        halves = [_growth_mb(bench, CHANGES // 2) for _ in range(2)]
        return {
            **row,
            "track changes": CHANGES,
            "growth over the first half, MB": halves[0],
            "growth over the second half, MB": halves[1],
        }


def _growth_mb(bench: _window.Bench, steps: int) -> float:
    """Go through the first tracks of the list again and again, which the walk before this has shown already."""
    before = _resident_mb()
    for _ in range(10):
        bench.window.table.select_silently(0)
        _walk(bench, min(steps // 10, CHANGES // 10))
    return round(_resident_mb() - before, 1)


def _walk(bench: _window.Bench, steps: int) -> None:
    for _ in range(steps):
        if not bench.window.table.step(1):
            bench.window.table.select_silently(0)
        bench.rest(_PAUSE_MS)
    bench.pulse.begin()  # forgets its notes, which grow
    bench.paints.times_ms.clear()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _in_fresh_process(size: int) -> dict[str, object]:
    program = f"import json; from tests.benchmarks import memory; print(json.dumps(memory.measured({size})))"
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    row: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return row
