"""What titles are ordered by: kept beside them, as an index of the database orders 600,000 faster than we could."""

import os
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.folding import fold

_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 12
"""Digits that numbers are filled up to, so that 9 comes before 10."""


def title_key(name: bytes, listed: str, own: str) -> str:
    """Gives the key of a track: of its tag list's title, else of its file's own, else of the file's name."""
    title = listed or own or stem(os.fsdecode(name))
    return natural(title.encode("utf-8", "replace").decode())


def natural(text: str) -> str:
    """Gives a key that orders texts by the value of the numbers in them, width, case and kana aside."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_LONGEST_NUMBER), fold(text))


def natural_ranks(texts: Sequence[str]) -> NDArray[np.int32]:
    """Gives each text's place in natural order; those that differ by case, width or kana only share one."""
    keys = {text: natural(text) for text in set(texts)}
    place = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    rank_of = {text: place[key] for text, key in keys.items()}
    return np.fromiter(map(rank_of.__getitem__, texts), np.int32, len(texts))


def stem(path: str) -> str:
    """Gives the file name without its ending, much faster than pathlib does."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[:dot] if dot > 0 else name
