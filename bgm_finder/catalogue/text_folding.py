"""Text as the search and the order of titles see it: width, case and kana make no difference."""

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

_KANA_DISTANCE = ord("ァ") - ord("ぁ")
_HIRAGANA_OF = {code: code - _KANA_DISTANCE for code in [*range(ord("ァ"), ord("ヶ") + 1), ord("ヽ"), ord("ヾ")]}

_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 12
"""Digits that numbers are filled up to, so that 9 comes before 10."""


def fold(text: str) -> str:
    """Return the text with full and half width, upper and lower case, katakana and hiragana made alike, on one line."""
    if text.isascii():  # most of a big library, and many times quicker
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_HIRAGANA_OF).split())


def search_words(name: bytes, *texts: str) -> str:
    """Return the folded texts and file name of one track; the separator keeps a word from spanning two of them."""
    file_name = PurePosixPath(os.fsdecode(name)).name.encode("utf-8", "replace").decode()
    return " | ".join(fold(text) for text in (*texts, file_name) if text)


def title_key(name: bytes, listed: str, own: str) -> str:
    """Return the key of a track: of its tag list's title, else of its file's own, else of the file's name."""
    title = listed or own or stem(os.fsdecode(name))
    return natural(title.encode("utf-8", "replace").decode())


def natural(text: str) -> str:
    """Return a key that orders texts by the value of the numbers in them, width, case and kana aside."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_LONGEST_NUMBER), fold(text))


def natural_ranks(texts: Sequence[str]) -> NDArray[np.int32]:
    """Return each text's place in natural order; those that differ by case, width or kana only share one."""
    keys = {text: natural(text) for text in set(texts)}
    place = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    rank_of = {text: place[key] for text, key in keys.items()}
    return np.fromiter(map(rank_of.__getitem__, texts), np.int32, len(texts))


def stem(path: str) -> str:
    """Return the file name without its ending, much faster than pathlib does."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[:dot] if dot > 0 else name
