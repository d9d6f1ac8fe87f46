"""How long until the window can be used, against a bare window of the same libraries, by turns in the same run.

The app is started as a user starts it; its own file says when the list is there and answers. It is ended then, before
it looks for files, which are not there. A first round is not counted: it leaves the disk warm and the modules compiled,
as an installed program has them. BGM_BENCH_TRACKS: the sizes, 10,000 and 600,000 where it is not set.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.controllers.library import WORTH_KEEPING
from tests.benchmarks import _synthetic

SIZES = [int(size) for size in os.environ.get("BGM_BENCH_TRACKS", "10000 600000").split()]
ROUNDS = 7
_PATIENCE_S = 120.0
_BARE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1280, 720)
window.show()
QTimer.singleShot(0, lambda: Path(sys.argv[1]).write_text("ready"))
application.exec()
"""


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory(prefix="bgm-finder-bench-") as folder:
        home = Path(folder)
        programs = {"bare window": [sys.executable, "-c", _BARE, str(home / "ready")]}
        for size in SIZES:
            catalogue = home / f"{size}.sqlite"
            shutil.copyfile(_synthetic.catalogue(size), catalogue)
            _let_settle(catalogue)
            start = [sys.executable, "-m", "bgm_finder", "--catalogue", str(catalogue), "--ready-file"]
            programs[f"{size:,} tracks"] = [*start, str(home / "ready")]
        times = {name: [] for name in programs}
        for number in range(1 + ROUNDS):
            for name, program in programs.items():
                spent = _seconds(program, home)
                times[name] += [spent] if number else []
    return [_row(name, spent, times["bare window"]) for name, spent in times.items()]


def _row(name: str, spent: list[float], bare: list[float]) -> dict[str, object]:
    return {
        "window": name,
        "median s": round(statistics.median(spent), 2),
        "longest s": round(max(spent), 2),
        "ratio of medians": round(statistics.median(spent) / statistics.median(bare), 2),
        "ratio of the shortest": round(min(spent) / min(bare), 2),
    }


def _let_settle(catalogue: Path) -> None:
    """Leaves the catalogue as a session before has: a large library's columns are kept for the next start."""
    with Catalogue(catalogue) as opened:
        columns = opened.columns(_synthetic.network())
        if len(columns) >= WORTH_KEEPING:
            opened.keep_columns(columns)


def _seconds(program: list[str], home: Path) -> float:
    began_s = time.perf_counter()
    with _started(program, home):
        return time.perf_counter() - began_s


@contextmanager
def _started(program: list[str], home: Path) -> Iterator[None]:
    ready = home / "ready"
    ready.unlink(missing_ok=True)
    named = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(named, str(home))}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(program, env=env, stderr=subprocess.DEVNULL)
    try:
        ends_s = time.perf_counter() + _PATIENCE_S
        while not ready.exists():
            assert process.poll() is None and time.perf_counter() < ends_s, "the window did not come"
            time.sleep(0.002)
        yield
    finally:
        process.kill()
        process.wait()
