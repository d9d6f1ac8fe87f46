"""What loading torch does to the window at the start: its one gap in the event loop, and when the stream is opened."""

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop

from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.workflows.index_folder import index
from tests.benchmarks import _long_music
from tests.benchmarks._stop_watch import StopWatch
from tests.benchmarks._window import opened, share


class Card(StopWatch):
    """A sound card that notes when it is opened."""

    opened_s: float | None = None

    def start(self, fill: object) -> None:
        self.opened_s = time.perf_counter()
        super().start(fill)  # type: ignore[arg-type]


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name:
        music, catalogue = Path(name, "music"), Path(name, "catalogue.sqlite")
        _long_music.write(music, 0.2, ("16.wav",))
        index(Job(), catalogue, [music], make_executor)
        card = Card()
        with opened(catalogue, lambda _device: card) as bench:
            bench.rest(500)
            was_open = card.opened_s is not None
            loop = QEventLoop()
            bench.app.search.loaded.connect(loop.quit)
            bench.pulse.begin()
            began_s = time.perf_counter()
            bench.app.search.load()
            loop.exec()
            took_s = time.perf_counter() - began_s
            gaps_ms = list(bench.pulse.gaps_ms)
            bench.rest(500)
            return [
                {
                    "loading, s": round(took_s, 2),
                    "gap of the event loop, p99 ms": share(gaps_ms, 99),
                    "longest gap, ms": round(max(gaps_ms), 1),
                    "stream open before": was_open,
                    "stream opened after, ms": round(1000 * ((card.opened_s or 0.0) - began_s - took_s), 1),
                }
            ]
