"""Words looked for in title, artist, comment, file name and tags of all tracks."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.columns import Columns
from bgm_finder.catalogue.folding import fold


def text_mask(columns: Columns, text: str) -> NDArray[np.bool_]:
    """Gives which rows hold every word of the text, each anywhere, width, case and kana aside."""
    mask = np.ones(len(columns), np.bool_)
    for word in fold(text).split():
        mask &= _word_mask(columns, word)
    return mask


def has_text(columns: Columns, row: int, text: str) -> bool:
    """Tells the same of a single row, without looking through all."""
    places = [columns.searched[row], *(fold(name) for names in columns.tags_at(row).values() for name in names)]
    return all(any(word in place for place in places) for word in fold(text).split())


def _word_mask(columns: Columns, word: str) -> NDArray[np.bool_]:
    mask = np.zeros(len(columns), np.bool_)
    letters, ends = columns.search_bytes
    mask[np.searchsorted(ends, _places(letters, word.encode("utf-8", "replace")))] = True
    for column in columns.tags.values():
        hits = [name for name in column.names if word in fold(name)]
        if hits:
            mask |= column.mask_of(hits, len(columns))
    return mask


def _places(letters: NDArray[np.uint8], word: bytes) -> NDArray[np.intp]:
    """Gives where the word starts in the text.

    Starts from the word's rarest byte: the first byte of a kana stands everywhere in Japanese text.
    """
    room = len(letters) - len(word) + 1
    if room <= 0:
        return np.zeros(0, np.intp)
    frequent = np.bincount(letters[:: max(1, len(letters) // 65536)], minlength=256)
    order = sorted(range(len(word)), key=lambda place: frequent[word[place]])
    places = np.flatnonzero(letters[order[0] : order[0] + room] == word[order[0]])
    for offset in order[1:]:
        places = places[letters[places + offset] == word[offset]]
    return places
