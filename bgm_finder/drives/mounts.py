"""Which drive or network share a place lies on."""

import os
import re
from pathlib import Path

_TABLE = Path("/proc/self/mountinfo")
_POINT = 4
"""The place of the mount point in a line of the table."""


def mount_points() -> list[bytes]:
    """Return where drives and shares are mounted, the deepest first; nothing where the system does not say."""
    try:
        lines = _TABLE.read_bytes().splitlines()
    except OSError:
        return []
    return sorted((_plain(line.split()[_POINT]) for line in lines), key=len, reverse=True)


def mount_of(place: bytes, points: list[bytes]) -> bytes | None:
    r"""Return the deepest mount point above an absolute place, or the place itself; None where it is not known.

    On Windows it is the drive or share that the path begins with, such as Z:\ or \\server\share\.
    """
    drive, _ = os.path.splitdrive(place)
    if drive:
        return drive + os.fsencode(os.sep)
    return next((point for point in points if place == point or place.startswith(point.rstrip(b"/") + b"/")), None)


def _plain(written: bytes) -> bytes:
    return re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), written)
