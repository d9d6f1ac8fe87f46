"""What a long run is watched by: how long the event loop stood still and where, memory, handles, threads, errors."""

import ctypes
import logging
import os
import sys
import threading
import time
import traceback
from array import array
from collections import Counter
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 4
_LOOK_EVERY_S = 0.02
_STANDS_STILL_S = 0.15
"""From here on the place where the event loop stands is noted."""


class Heartbeat(QObject):
    """Beats in the event loop and keeps how late each beat was, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms = array("f")  # four bytes a beat: a list of floats grew by 30 MB an hour
        self.last_s = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def stop(self) -> None:
        self._timer.stop()

    def summary(self) -> dict[str, float]:
        gaps = np.array(self.gaps_ms or [0.0])
        shares = {f"p{share:g}_ms": float(np.percentile(gaps, share)) for share in (50, 99, 99.9)}
        return {**shares, "worst_ms": float(gaps.max()), "beats": len(self.gaps_ms)}

    def _beat(self) -> None:
        now_s = time.perf_counter()
        self.gaps_ms.append(max(0.0, 1e3 * (now_s - self.last_s) - _BEAT_MS))
        self.last_s = now_s


class Lookout(threading.Thread):
    """Notes where the event loop's thread is whenever it stands still."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        super().__init__(name="lookout", daemon=True)
        self._heartbeat = heartbeat
        self._watched = threading.get_ident()
        self._ended = threading.Event()
        self.places: Counter[str] = Counter()

    def run(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            if time.perf_counter() - self._heartbeat.last_s > _STANDS_STILL_S:
                frame = sys._current_frames().get(self._watched)
                self.places[_place(traceback.extract_stack(frame)) if frame else "gone"] += 1

    def stop(self) -> None:
        self._ended.set()
        self.join()


class Errors(logging.Handler):
    """Collects what the log says at the level of an error or above, and what no one caught."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: Counter[str] = Counter()
        self._hook = sys.excepthook
        logging.getLogger().addHandler(self)
        sys.excepthook = lambda kind, error, trace: self._count("".join(traceback.format_exception(kind, error, trace)))

    def close(self) -> None:
        logging.getLogger().removeHandler(self)
        sys.excepthook = self._hook
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        self._count(logging.Formatter().format(record))

    def _count(self, text: str) -> None:
        self.seen[text] += 1


def memory_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Mallinfo(ctypes.Structure):
    _names = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    _fields_ = tuple((name, ctypes.c_size_t) for name in _names)


def in_use_mb() -> float | None:
    """Return what of the C library's heaps is in use: what grows here is kept by someone. None without glibc 2.33."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return None
    ask.restype = _Mallinfo
    return float(ask().uordblks) / 1e6


def handles() -> int:
    """Return how many files, pipes and sockets this process holds open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def _place(stack: traceback.StackSummary) -> str:
    """Return the innermost steps in our own code, and the one below them."""
    ours = [n for n, step in enumerate(stack) if "/bgm_finder/" in step.filename]
    if not ours:
        return f"{Path(stack[-1].filename).name}:{stack[-1].name}"
    return " > ".join(f"{Path(step.filename).name}:{step.name}:{step.lineno}" for step in stack[ours[-1] - 1 :][:4])
