"""What loading torch does to the window at the start: its one gap in the event loop."""

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop

from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.workflows.index_folder import index
from tests.benchmarks import _long_music
from tests.benchmarks._window import opened, share


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name:
        music, catalogue = Path(name, "music"), Path(name, "catalogue.sqlite")
        _long_music.write(music, 0.2, ("16.wav",))
        index(Job(), catalogue, [music], make_executor)
        with opened(catalogue) as bench:
            bench.rest(500)
            loop = QEventLoop()
            bench.app.search.loaded.connect(loop.quit)
            bench.pulse.begin()
            began_s = time.perf_counter()
            bench.app.search.load()
            loop.exec()
            took_s = time.perf_counter() - began_s
            gaps_ms = list(bench.pulse.gaps_ms)
            return [
                {
                    "loading, s": round(took_s, 2),
                    "gap of the event loop, p99 ms": share(gaps_ms, 99),
                    "longest gap, ms": round(max(gaps_ms), 1),
                }
            ]
