"""How often the window and the player's processes wake up, and what they take of a core: playing, hidden, at rest.

At rest without a sound card 5 s after a pause; over JACK's dummy driver 5 s after it, and once the stream has been stopped.
"""

import os
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bgm_finder.audio.playing.output import OpenOutput, open_card, open_silence
from tests.benchmarks import _library
from tests.benchmarks._window import Bench, opened
from tests.benchmarks.held_down import CARD
from tests.jack_dummy import jack_server

SECONDS = float(os.environ.get("BENCH_IDLE_S", "15"))
_REST_MS = 5_000
_STOPPED_MS = 35_000
"""After this long a silent stream has been stopped."""


def main() -> list[dict[str, object]]:
    if not Path("/proc/self/task").exists():
        return []
    with tempfile.TemporaryDirectory() as folder, jack_server() as server:
        os.environ.update(server.names())
        catalogue = _library.analysed(Path(folder), 1)
        rows = _rows(catalogue, open_silence, "no card", (_REST_MS,))
        return rows + _rows(catalogue, open_card, "JACK", (_REST_MS, _STOPPED_MS))


def _rows(catalogue: Path, open_output: OpenOutput, what: str, pauses_ms: tuple[int, ...]) -> list[dict[str, object]]:
    rows = []
    with opened(catalogue, open_output) as bench:
        bench.pulse.stop()
        bench.app.search.load()
        bench.rest(4000)
        bench.app.player.use_device(CARD if open_output is open_card else None)
        bench.rest(1000)
        QTest.keyClick(bench.window.table, Qt.Key.Key_Down)
        bench.rest(3000)
        assert bench.app.player.is_playing
        rows.append(_row(bench, f"{what}, playing"))
        bench.window.hide()
        rows.append(_row(bench, f"{what}, playing, hidden"))
        bench.window.show()
        bench.app.playback.toggle()
        for pause_ms in pauses_ms:
            bench.rest(pause_ms)
            rows.append(_row(bench, f"{what}, {pause_ms // 1000} s later"))
    return rows


def _row(bench: Bench, what: str) -> dict[str, object]:
    pids = [os.getpid(), *bench.app.player.pids]
    before = [_spent(pid) for pid in pids]
    began_s = time.monotonic()
    bench.rest(round(1000 * SECONDS))
    took_s = time.monotonic() - began_s
    row: dict[str, object] = {"what": what, "seconds": SECONDS}
    for name, pid, (wakes, cpu_s) in zip(("window", "player", "spare"), pids, before, strict=False):
        wakes_now, cpu_now_s = _spent(pid)
        row[f"{name}, wake-ups a second"] = round((wakes_now - wakes) / took_s, 1)
        row[f"{name}, % of a core"] = round(100 * (cpu_now_s - cpu_s) / took_s, 2)
    return row


def _spent(pid: int) -> tuple[int, float]:
    """Return how often the threads of a process slept and woke, and their processor time in seconds."""
    wakes = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        lines = (task / "status").read_text().splitlines()
        wakes += next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return wakes, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
