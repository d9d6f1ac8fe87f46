"""Tracks auditioned while a big analysis runs, in the real window and over JACK's dummy driver, against an idle run.

BENCH_AUDITION_S: the length of each run in seconds, ten minutes where it is not set. The idle run plays one track and
analyses nothing. Afterwards a folder with more tracks than can be analysed meanwhile is added; ↓ is pressed every two
seconds, and after each press there is a jump forward. The list grows meanwhile, as it does for a user.
"""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from bgm_finder.catalogue.in_memory.columns import ANALYSED
from tests.benchmarks import _library, _long_music
from tests.benchmarks._window import Bench, opened, share
from tests.benchmarks.held_down import begin, press
from tests.jack_dummy import jack_server

SECONDS = float(os.environ.get("BENCH_AUDITION_S", "600"))
COPIES = 4
"""Tracks of each format that are analysed already."""
_A_SECOND = 60
"""Tracks that wait for their analysis, for each second of the run: more than two processors can do."""
_PRESS_MS, _JUMP_MS = 2000, 900


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name, jack_server() as server:
        os.environ.update(server.names())  # before the sound library is loaded, which looks at them once
        folder = Path(name)
        catalogue = _library.analysed(folder, COPIES)
        waiting = _waiting(folder / "more", round(_A_SECOND * SECONDS))
        with opened(catalogue) as bench:
            begin(bench)
            idle = _row(bench, "one track plays, no analysis", is_auditioned=False)
            scanning = bench.app.library.scanning
            scanning.add([waiting])
            busy = _row(bench, "auditioning while an analysis runs", is_auditioned=True)
            assert scanning.is_busy, "the analysis was over before the run"
            scanning.stop()
            return [idle, busy]


def _waiting(folder: Path, count: int) -> Path:
    """Return a folder of so many names for one file."""
    (original,) = _long_music.write(folder, _library.MINUTES, ("a.ogg",))
    for number in range(1, count):
        (folder / f"{number // 1000:03}").mkdir(exist_ok=True)
        os.link(original, folder / f"{number // 1000:03}" / f"{number:06}.ogg")
    return folder


def _row(bench: Bench, what: str, is_auditioned: bool) -> dict[str, object]:
    player, table = bench.app.player, bench.window.table
    keys, jump = QTimer(interval=_PRESS_MS), QTimer(interval=_JUMP_MS, singleShot=True)
    keys.timeout.connect(lambda: (press(table), jump.start()))
    jump.timeout.connect(lambda: QTest.keyClick(table, Qt.Key.Key_L))
    underruns, switches, analysed = player.underruns, player.switches, _analysed(bench)
    bench.pulse.begin()
    if is_auditioned:
        keys.start()
    bench.rest(round(1000 * SECONDS))
    keys.stop()
    return {
        "what": what,
        "seconds": SECONDS,
        "tracks and places begun": player.switches - switches,
        "tracks analysed": _analysed(bench) - analysed,
        "underruns": player.underruns - underruns,
        "gap of the event loop, p99 ms": share(bench.pulse.gaps_ms, 99),
        "p99.9 ms": share(bench.pulse.gaps_ms, 99.9),
        "longest gap, ms": round(max(bench.pulse.gaps_ms), 1),
    }


def _analysed(bench: Bench) -> int:
    """Return how many of the tracks that the window knows can be searched for."""
    columns = bench.app.library.columns
    return 0 if columns is None else int((columns.states & ANALYSED != 0).sum())
