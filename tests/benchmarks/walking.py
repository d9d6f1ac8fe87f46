"""The real window on tracks of three minutes: from the arrow key to the sound, the stored preview, the fine picture."""

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from bgm_finder.audio.playing.output import open_silence
from bgm_finder.workflows.picture import Drawing
from tests.benchmarks import _library, _long_music
from tests.benchmarks._polling import Polling
from tests.benchmarks._window import Bench, opened, share

COPIES = 8
"""Tracks of each format."""
_REST_MS = 1200
"""A listener's pause, in which the neighbours are decoded and the fine picture is finished."""


class Walk(QObject):
    """Notes when each thing that a press of the arrow key asks for is there."""

    def __init__(self, bench: Bench, watch: Polling) -> None:
        super().__init__()
        self._bench, self._watch = bench, watch
        self._drawn: list[Drawing] = []
        self._times: dict[str, float] = {}
        for signal in (bench.app.preview.drawn, bench.app.preview.grown):
            signal.connect(self._drawn.append)
        bench.paints.on_end = self._on_painted

    def step(self) -> tuple[str, dict[str, float]]:
        """Presses the arrow key once; return the format, and the milliseconds by what came then."""
        app, player = self._bench.app, self._bench.app.player
        switches = player.switches
        self._drawn.clear()
        self._times = {}
        self._bench.pulse.begin()
        self._watch.begin(lambda: player.switches > switches and player.position_s > 0.0)
        self._began_s = time.perf_counter()
        QTest.keyClick(app.window.table, Qt.Key.Key_Down)
        self._bench.rest(_REST_MS)
        while "whole" not in self._times:
            self._bench.rest(_REST_MS // 10)
        assert player.path is not None
        self._times["sound"] = 1000 * (self._watch.came_true_s() - self._began_s)
        self._times["gap"] = max(self._bench.pulse.gaps_ms)
        return player.path.suffix[1:], self._times

    def _on_painted(self) -> None:
        for drawing in self._drawn:
            kinds = ["begun", *(["whole"] if drawing.is_whole else [])] if drawing.is_fine else ["preview"]
            for kind in kinds:
                self._times.setdefault(kind, 1000 * (time.perf_counter() - self._began_s))
        self._drawn.clear()


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        catalogue = _library.analysed(Path(folder), COPIES)
        with opened(catalogue, open_silence) as bench, Polling() as watch:
            found = _walked(bench, watch)
    return [_row(kind, [times for suffix, times in found if suffix == kind]) for kind in sorted({k for k, _ in found})]


def _walked(bench: Bench, watch: Polling) -> list[tuple[str, dict[str, float]]]:
    bench.app.search.load()
    bench.rest(4000)
    walk = Walk(bench, watch)
    walk.step()  # the first track has no prefetched head
    return [walk.step() for _ in range(COPIES * len(_long_music.FORMATS) - 1)]


def _row(kind: str, steps: list[dict[str, float]]) -> dict[str, object]:
    def at(name: str, percent: float) -> float:
        return share([times.get(name, float("nan")) for times in steps], percent)

    return {
        "format": kind,
        "tracks": len(steps),
        "sound, median ms": at("sound", 50),
        "sound, p99 ms": at("sound", 99),
        "stored preview painted, median ms": at("preview", 50),
        "stored preview painted, p99 ms": at("preview", 99),
        "fine picture begins, median ms": at("begun", 50),
        "fine picture begins, p99 ms": at("begun", 99),
        "whole fine picture painted, median ms": at("whole", 50),
        "whole fine picture painted, p99 ms": at("whole", 99),
        "longest gap of the event loop, p99 ms": at("gap", 99),
    }
