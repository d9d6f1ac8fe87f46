"""Disks and shares that do not answer: asked by another program, which can be left behind where a thread cannot.

A process with a thread in a call that the system never answers does not end, even when it is killed.
"""

import re
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

_TABLE = Path("/proc/self/mountinfo")
_POINT = 4
"""The place of the mount point in a line of the table."""
_LOOK_S = 0.005
_LONGEST_LOOK_S = 0.2
"""Who has waited for long is looked at less often: each look takes longer than it says, on a busy machine."""


def mount_points() -> list[bytes]:
    """Return where disks and shares are mounted, the deepest first; nothing where the system does not tell."""
    try:
        lines = _TABLE.read_bytes().splitlines()
    except OSError:
        return []
    return sorted((_plain(line.split()[_POINT]) for line in lines), key=len, reverse=True)


def mount_of(place: bytes, points: list[bytes]) -> bytes | None:
    """Return the deepest mount point above a place, or the place itself."""
    return next((point for point in points if place == point or place.startswith(point.rstrip(b"/") + b"/")), None)


def answers(place: bytes, check: Callable[[], None], patience_s: float) -> bool:
    """Whether a folder says what it is and what it holds, within so many looks; check may raise to stop.

    A file, or a folder to which a link leads, is asked too; what is not there has answered.
    """
    words: list[str | bytes] = ["find", "-H", place, "-maxdepth", "0", "-empty"]
    nowhere = subprocess.DEVNULL
    try:
        asked = subprocess.Popen(words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:  # it is not installed
        return True
    try:
        pause = threading.Event()  # wait(timeout) of the process itself goes by a clock that may jump
        waited_s = 0.0
        while asked.poll() is None:
            if waited_s >= patience_s:
                return False
            check()
            look_s = min(max(_LOOK_S, waited_s / 10), _LONGEST_LOOK_S)
            pause.wait(look_s)
            waited_s += look_s
        return True
    finally:
        if asked.returncode is None:
            asked.kill()
            asked.returncode = -signal.SIGKILL  # nobody waits for it: it ends once the share answers or goes


def _plain(written: bytes) -> bytes:
    return re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), written)
