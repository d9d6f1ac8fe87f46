"""Words looked for in title, artist, comment, file name, folders, tags and the brief's notes of all tracks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.texts import Block
from bgm_finder.catalogue.text_folding import fold

Mask = NDArray[np.bool_]
Letters = NDArray[np.uint8]

_FIRST_BYTES = 2
"""So many bytes of a word are compared everywhere, the others where these are found."""
_FEW = 0.5
"""Share of a block's rows; so few places are looked at one by one."""
_EIGHT = 8
"""Places that are passed over at once, as one number."""
_SAMPLE = 65_536
"""So many letters tell which bytes are rare."""


def text_mask(columns: Columns, text: str) -> Mask:
    """Return which rows hold every word of the text, each anywhere, width, case and kana aside."""
    mask = np.ones(len(columns), np.bool_)
    for word in fold(text).split():
        mask &= _word_mask(columns, word)
    return mask


def has_text(columns: Columns, row: int, text: str) -> bool:
    """Tell the same of a single row, without looking through all."""
    places = [columns.searched[row], *(fold(name) for names in columns.tags_at(row).values() for name in names)]
    folders = columns.folder_facet
    places.append(fold(columns.notes.get(row, "")))
    places += [folders.folded[folders.code_of[name]] for name in folders.names_at(row)[:1]]
    return all(any(word in place for place in places) for word in fold(text).split())


def _word_mask(columns: Columns, word: str) -> Mask:
    wanted = word.encode("utf-8", "replace")
    blocks = columns.searched.blocks
    order = _rarest_first(wanted, blocks[0]) if blocks else []
    mask = np.concatenate([np.zeros(0, np.bool_), *_found_in(blocks, wanted, order)])
    for column in columns.tags.values():
        hits = [name for name in column.names if word in fold(name)]
        if hits:
            mask |= column.mask_of(hits, len(columns))
    mask[[row for row, note in columns.notes.items() if word in fold(note)]] = True
    folders = columns.folder_facet
    hits = [name for name, folded in zip(folders.names, folders.folded, strict=True) if word in folded]
    return mask | folders.mask_of(hits, len(columns)) if hits else mask


def _rarest_first(word: bytes, block: Block) -> list[int]:
    """Return the places in the word, the rarest byte first: the first byte of a kana is everywhere in Japanese text."""
    frequent = np.bincount(np.frombuffer(block.letters, np.uint8)[:_SAMPLE], minlength=256)
    return sorted(range(len(word)), key=lambda place: int(frequent[word[place]]))


def _found_in(blocks: Sequence[Block], word: bytes, order: list[int]) -> list[Mask]:
    longest = max((len(block.letters) for block in blocks), default=0)
    room = -(-longest // _EIGHT) * _EIGHT
    scratch = np.empty((2, room), np.bool_)  # for all blocks: fresh memory takes longer to come than to be filled
    return [_found(block, word, order, scratch) for block in blocks]


def _found(block: Block, word: bytes, order: list[int], scratch: Mask) -> Mask:
    """Return which texts of a block hold the word; scratch: two rows with a place for each letter."""
    letters = np.frombuffer(block.letters, np.uint8)
    room = len(letters) - len(word) + 1
    if room <= 0:
        return np.zeros(len(block.ends), np.bool_)
    is_here = _narrowed(letters, word, order[:_FIRST_BYTES], scratch[:, :room])
    whole = scratch[0, : -(-room // _EIGHT) * _EIGHT]
    whole[room:] = False
    eights = np.flatnonzero(whole.view(np.uint64) != 0)
    if len(eights) < _FEW * len(block.ends):
        return _looked_at(letters, block.ends, word, order[_FIRST_BYTES:], _within(eights, whole))
    _narrowed(letters, word, order[_FIRST_BYTES:], scratch[:, :room], is_here)
    # a word holds no line feed: where it begins in a text it ends there too, so that the rest has no say
    starts = np.concatenate([[0], block.ends[:-1] + 1])
    starts = starts[starts < room]
    mask = np.zeros(len(block.ends), np.bool_)
    mask[: len(starts)] = np.logical_or.reduceat(is_here, starts)
    return mask


def _within(eights: NDArray[np.intp], is_here: Mask) -> NDArray[np.intp]:
    """Return where it is, from the eights of places that have any: many times quicker than to look at each place."""
    places = np.flatnonzero(is_here.reshape(-1, _EIGHT)[eights])
    return eights[places // _EIGHT] * _EIGHT + places % _EIGHT


def _narrowed(letters: Letters, word: bytes, places: list[int], scratch: Mask, is_here: Mask | None = None) -> Mask:
    """Return where all of these bytes of the word stand in their places, of all letters or of those given."""
    room = scratch.shape[1]
    for place in places:
        compared = letters[place : place + room]
        if is_here is None:
            is_here = np.equal(compared, word[place], out=scratch[0])
        else:
            is_here &= np.equal(compared, word[place], out=scratch[1])
    assert is_here is not None
    return is_here


def _looked_at(
    letters: Letters, ends: NDArray[np.int32], word: bytes, order: list[int], begins: NDArray[np.intp]
) -> Mask:
    for place in order:
        begins = begins[letters[begins + place] == word[place]]
    mask = np.zeros(len(ends), np.bool_)
    mask[np.searchsorted(ends, begins.astype(np.int32))] = True
    return mask
