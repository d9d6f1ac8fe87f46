"""↓ held down in the real window, over JACK's dummy driver: underruns, against one track that plays in the same run."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from bgm_finder.gui.track_table import TrackTable
from tests.benchmarks import _library
from tests.benchmarks._window import Bench, opened, share
from tests.jack_dummy import jack_server

SECONDS = float(os.environ.get("BENCH_HELD_S", "30"))
CARD = "system, JACK Audio Connection Kit"
COPIES = 4
"""Tracks of each format."""
_REPEAT_MS = 33
"""A keyboard's usual rate."""


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder, jack_server() as server:
        os.environ.update(server.names())  # before the sound library is loaded, which looks at them once
        catalogue = _library.analysed(Path(folder), COPIES)
        with opened(catalogue) as bench:
            begin(bench)
            return [_row(bench, "one track plays", 0), _row(bench, "↓ held down", 1), _row(bench, "one track plays", 0)]


def begin(bench: Bench) -> None:
    """Play the first track through JACK, and waits until the window has come to rest."""
    bench.app.search.load()
    bench.rest(4000)
    bench.app.player.use_device(CARD)
    bench.rest(1000)
    QTest.keyClick(bench.window.table, Qt.Key.Key_Down)
    bench.rest(3000)
    player = bench.app.player
    assert player.is_playing, player.device_error
    assert not player.is_silent, player.device_error


def _row(bench: Bench, what: str, step: int) -> dict[str, object]:
    player, table = bench.app.player, bench.window.table
    keys = QTimer(interval=_REPEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    keys.timeout.connect(lambda: press(table))
    underruns, switches = player.underruns, player.switches
    bench.pulse.begin()
    if step:
        keys.start()
    bench.rest(round(1000 * SECONDS))
    keys.stop()
    return {
        "what": what,
        "seconds": SECONDS,
        "tracks begun": player.switches - switches,
        "underruns": player.underruns - underruns,
        "gap of the event loop, p99 ms": share(bench.pulse.gaps_ms, 99),
        "longest gap, ms": round(max(bench.pulse.gaps_ms), 1),
    }


def press(table: TrackTable) -> None:
    """Presses ↓ once more; at the list's end it begins again at the top."""
    if table.currentIndex().row() + 1 >= table.tracks.rowCount():
        table.select(0)
    else:
        QTest.keyClick(table, Qt.Key.Key_Down)
