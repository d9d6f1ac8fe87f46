"""How the window's process is tuned: memory heaps, and garbage collection while it starts."""

import ctypes
import gc
import sys

_ARENA_MAX = -8
"""The C library's name for it in mallopt (M_ARENA_MAX)."""
_MOST_HEAPS = 2


def keep_heaps_few() -> None:
    """Make all threads share two heaps, where each would begin one of its own.

    What one thread has freed is of no use to the others then; after some minutes the window takes a fifth more memory.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries may have none, or pass it over
        if mallopt is not None:
            mallopt(_ARENA_MAX, _MOST_HEAPS)


def put_off_collection() -> None:
    """Collect no garbage until begin_collection: nothing of what a start makes is any, and each look takes its time."""
    gc.disable()


def begin_collection() -> None:
    """Collect garbage from now on."""
    gc.enable()


def spare_from_collection() -> None:
    """Leave out what is there by now: a look through torch's 150,000 objects holds the window up for 0.1 to 0.2 s."""
    gc.freeze()
