"""Words looked for in title, artist, comment, file name and tags of all tracks."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.folding import fold
from bgm_finder.catalogue.in_memory.texts import Block

Mask = NDArray[np.bool_]
Letters = NDArray[np.uint8]

_FIRST_BYTES = 2
"""So many bytes of a word are compared everywhere, the others where these are found."""
_FEW = 0.5
"""Share of a block's rows; so few places are looked at one by one."""
_MANY_BLOCKS = 8
_THREADS = min(4, os.cpu_count() or 1)
"""Comparing holds up no other thread."""


def text_mask(columns: Columns, text: str) -> Mask:
    """Gives which rows hold every word of the text, each anywhere, width, case and kana aside."""
    mask = np.ones(len(columns), np.bool_)
    for word in fold(text).split():
        mask &= _word_mask(columns, word)
    return mask


def has_text(columns: Columns, row: int, text: str) -> bool:
    """Tells the same of a single row, without looking through all."""
    places = [columns.searched[row], *(fold(name) for names in columns.tags_at(row).values() for name in names)]
    return all(any(word in place for place in places) for word in fold(text).split())


def _word_mask(columns: Columns, word: str) -> Mask:
    wanted = word.encode("utf-8", "replace")
    blocks = columns.searched.blocks
    order = _rarest_first(wanted, blocks[0]) if blocks else []
    mask = np.concatenate([np.zeros(0, np.bool_), *_each(blocks, lambda block: _found(block, wanted, order))])
    for column in columns.tags.values():
        hits = [name for name in column.names if word in fold(name)]
        if hits:
            mask |= column.mask_of(hits, len(columns))
    return mask


def _each(blocks: Sequence[Block], find: Callable[[Block], Mask]) -> list[Mask]:
    if len(blocks) < _MANY_BLOCKS:
        return [find(block) for block in blocks]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="words") as pool:
        return list(pool.map(find, blocks))


def _rarest_first(word: bytes, block: Block) -> list[int]:
    """Gives the places in the word, the rarest byte first: the first byte of a kana is everywhere in Japanese text."""
    frequent = np.bincount(np.frombuffer(block.letters, np.uint8), minlength=256)
    return sorted(range(len(word)), key=lambda place: int(frequent[word[place]]))


def _found(block: Block, word: bytes, order: list[int]) -> Mask:
    """Gives which texts of a block hold the word."""
    letters = np.frombuffer(block.letters, np.uint8)
    room = len(letters) - len(word) + 1
    if room <= 0:
        return np.zeros(len(block.ends), np.bool_)
    is_here = _equal(letters, word, order[:_FIRST_BYTES], room)
    if np.count_nonzero(is_here) < _FEW * len(block.ends):
        return _looked_at(letters, block.ends, word, order[_FIRST_BYTES:], np.flatnonzero(is_here))
    if len(order) > _FIRST_BYTES:
        is_here &= _equal(letters, word, order[_FIRST_BYTES:], room)
    # a word holds no line feed: where it begins in a text it ends there too, so that the rest has no say
    starts = np.concatenate([[0], block.ends[:-1] + 1])
    starts = starts[starts < room]
    mask = np.zeros(len(block.ends), np.bool_)
    mask[: len(starts)] = np.logical_or.reduceat(is_here, starts)
    return mask


def _equal(letters: Letters, word: bytes, places: list[int], room: int) -> Mask:
    is_here: Mask = np.equal(letters[places[0] : places[0] + room], word[places[0]])
    for place in places[1:]:
        is_here &= letters[place : place + room] == word[place]
    return is_here


def _looked_at(
    letters: Letters, ends: NDArray[np.int32], word: bytes, order: list[int], begins: NDArray[np.intp]
) -> Mask:
    for place in order:
        begins = begins[letters[begins + place] == word[place]]
    mask = np.zeros(len(ends), np.bool_)
    mask[np.searchsorted(ends, begins.astype(np.int32))] = True
    return mask
