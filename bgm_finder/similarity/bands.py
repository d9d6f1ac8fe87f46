"""Bands of closeness: within one, tracks are equally close to the query, and other things may decide their order."""

import math

_COSINE_STEP = 0.05


def band(score: float) -> int:
    """Return the band that a score, such as a cosine, lies in; the higher, the closer."""
    return math.floor(score / _COSINE_STEP)
