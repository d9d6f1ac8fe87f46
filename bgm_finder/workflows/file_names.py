"""Names for files that are made from other files' names."""

import os

_MOST_BYTES = 240
"""Common file systems take 255 as one name; what is being written bears a longer one for a moment."""


def fitting(stem: str, ending: str) -> str:
    """Return the name of both parts, the stem cut where a file system would refuse the whole."""
    room = _MOST_BYTES - len(os.fsencode(ending))
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return stem + ending
