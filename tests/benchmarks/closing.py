"""How soon the window is gone after Ctrl+Q or kill -TERM, and how soon all its processes have ended.

Just after the start, while the network loads; at rest; while a track plays; and in the middle of an analysis.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import _long_music
from tests.end_to_end.desktop import Desk, screen

ROUNDS = int(os.environ.get("BENCH_CLOSINGS", "3"))
_COPIES = 5
_PATIENCE_S = 60.0
_TITLE = "BGM Finder"


def main() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as name, screen() as environment:
        folder = Path(name)
        few, many = folder / "few", folder / "many"
        _long_music.write(few, 0.2)
        for number in range(_COPIES):
            _long_music.write(many / str(number), 3.0)
        cases: list[tuple[str, Path, float]] = [
            ("the network loads", few, 0.3),
            ("at rest", few, 12.0),
            ("a track plays", few, 8.0),
            ("an analysis", many, 8.0),
        ]
        ways: list[tuple[str, Callable[[Desk, int], object]]] = [
            ("Ctrl+Q", lambda desk, _pid: desk.press("ctrl+q", delay_ms=0)),
            ("kill -TERM", lambda _desk, pid: os.kill(pid, signal.SIGTERM)),
        ]
        return [
            _row(folder, environment, case, music, after_s, way, close)
            for case, music, after_s in cases
            for way, close in ways
        ]


def _row(
    folder: Path,
    environment: dict[str, str],
    case: str,
    music: Path,
    after_s: float,
    way: str,
    close: Callable[[Desk, int], object],
) -> dict[str, object]:
    gone, ended = [], []
    for _ in range(ROUNDS):
        with _open(folder, environment, music) as (program, desk):
            if case == "a track plays":
                desk.press("Down")
            time.sleep(after_s)
            began_s = time.monotonic()
            close(desk, program.pid)
            _until(lambda: not _is_visible(environment))
            gone.append(time.monotonic() - began_s)
            _until(lambda program=program: program.poll() is not None and not _of_session(program.pid))
            ended.append(time.monotonic() - began_s)
    return {
        "closed while": case,
        "by": way,
        "rounds": ROUNDS,
        "window gone, longest ms": round(1000 * max(gone)),
        "processes ended, longest ms": round(1000 * max(ended)),
    }


@contextmanager
def _open(folder: Path, environment: dict[str, str], music: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Desk]]:
    """Start the app on an empty catalogue and a folder of music."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        own = {f"XDG_{name}_HOME": str(Path(home, name)) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        ready = Path(home, "ready")
        words = ["--catalogue", str(Path(home, "catalogue.sqlite")), "--ready-file", str(ready), str(music)]
        program = subprocess.Popen(
            [sys.executable, "-m", "bgm_finder", *words],
            env={**environment, **own},
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until(ready.exists)
            desk = Desk(environment)
            desk.focus(_TITLE)
            yield program, desk
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()


def _is_visible(environment: dict[str, str]) -> bool:
    words = ["xdotool", "search", "--onlyvisible", "--name", _TITLE]
    return subprocess.run(words, env=environment, capture_output=True).returncode == 0


def _of_session(session: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def _until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)
