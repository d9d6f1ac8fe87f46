"""Walking and scrolling the list in the real window: from the paint event to the end of the painting.

BGM_BENCH_TRACKS: the sizes, 10,000 and 600,000 where it is not set.
"""

import os

from tests.benchmarks import _synthetic, _window

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
STEPS = 200
_PAUSE_MS = 15


def main() -> list[dict[str, object]]:
    return [row for size in SIZES for row in _rows(size)]


def _rows(size: int) -> list[dict[str, object]]:
    with _window.opened(_synthetic.catalogue(size)) as bench:
        table, bar = bench.window.table, bench.window.table.verticalScrollBar()
        actions = {
            "↓ at the list's middle": lambda number: table.step(1, silently=True),
            "a page down": lambda number: bar.setValue(bar.value() + bar.pageStep()),
            "to a far row": lambda number: bar.setValue(number * 104_729 % max(1, bar.maximum())),
        }
        table.select_silently(size // 2)
        return [{"tracks": size, **_row(bench, name, act)} for name, act in actions.items()]


def _row(bench: _window.Bench, name: str, act: object) -> dict[str, object]:
    assert callable(act)
    bench.rest(500)
    bench.paints.times_ms.clear()
    bench.pulse.begin()
    for number in range(STEPS):
        act(number)
        bench.rest(_PAUSE_MS)
    times = bench.paints.times_ms
    return {
        "action": name,
        "paintings": len(times),
        "median ms": _window.share(times, 50),
        "p95 ms": _window.share(times, 95),
        "longest ms": round(max(times), 1),
        "longest event-loop gap, ms": round(max(bench.pulse.gaps_ms), 1),
    }
