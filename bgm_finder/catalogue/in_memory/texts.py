"""One text a row for hundreds of thousands of rows, kept as bytes in blocks: read singly, searched block by block."""

from abc import abstractmethod
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

BLOCK_ROWS = 8192
"""Rows that a full block holds: few enough to be put together anew where one changes, and to stay in a cache."""

_LINE_FEED = 10


@dataclass(frozen=True, slots=True)
class Block:
    """Texts that follow each other, each ended by a line feed, which a text may hold as well."""

    letters: bytes | memoryview
    """A view where they lie in something larger, such as a file that was read at once."""
    ends: NDArray[np.int32]
    """Where each text ends, its line feed not counted."""

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> "Block":
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        return cls(b"\n".join([*texts, b""]), (np.cumsum(lengths + 1) - 1).astype(np.int32))

    @classmethod
    def parted(cls, letters: bytes, count: int) -> "Block | None":
        """Return the block of so many joined texts, or None where one of them holds a line feed itself."""
        ends = np.flatnonzero(np.frombuffer(letters, np.uint8) == _LINE_FEED).astype(np.int32)
        return cls(letters, ends) if len(ends) == count else None

    def text(self, place: int) -> bytes:
        return bytes(self.letters[int(self.ends[place - 1]) + 1 if place else 0 : int(self.ends[place])])

    def texts(self) -> list[bytes]:
        ends = self.ends.tolist()
        starts, letters = [0, *(end + 1 for end in ends)], bytes(self.letters)
        return [letters[start:end] for start, end in zip(starts, ends, strict=False)]


class Lines(Sequence[str]):
    """A text a row, put together when it is asked for."""

    @abstractmethod
    def at(self, row: int) -> str:
        """Return the text of a row that is there."""

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...

    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return [self.at(one) for one in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self.at(int(row) % len(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list has none


class Texts(Lines):
    """Never changed; what differs in a few rows shares the blocks of all others."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = tuple(block for block in blocks if len(block.ends))
        self.firsts = [0, *accumulate(len(block.ends) for block in self.blocks)]
        """The row that each block begins with, and the number of rows."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        return cls(_blocks([text.encode("utf-8", "surrogateescape") for text in texts]))

    def __len__(self) -> int:
        return self.firsts[-1]

    def __iter__(self) -> Iterator[str]:
        for block in self.blocks:
            yield from map(_decoded, block.texts())

    def at(self, row: int) -> str:
        return _decoded(self._stored(row))

    def rows_of(self, text: str) -> list[int]:
        """Return the rows that hold exactly this text."""
        wanted = text.encode("utf-8", "surrogateescape")
        found = []
        for first, block in zip(self.firsts, self.blocks, strict=False):
            letters = bytes(block.letters)
            place = letters.find(wanted)
            while place >= 0:
                row = int(np.searchsorted(block.ends, place))
                if row < len(block.ends) and block.text(row) == wanted:
                    found.append(first + row)
                place = letters.find(wanted, int(block.ends[row]) + 1) if row < len(block.ends) else -1
        return found

    def changed(self, news: Mapping[int, bytes], gone: Sequence[int], added: Sequence[bytes]) -> "Texts":
        """Return the texts with others in some rows, without the rows gone, and with more at the end.

        Gives itself where nothing differs.
        """
        others: dict[int, bytes | None] = {row: text for row, text in news.items() if self._stored(row) != text}
        others |= dict.fromkeys(gone)
        if not (others or added):
            return self
        blocks = list(self.blocks)
        by_block: defaultdict[int, list[int]] = defaultdict(list)
        for row in others:
            by_block[bisect_right(self.firsts, row) - 1].append(row)
        for number, rows in by_block.items():
            texts: list[bytes | None] = [*blocks[number].texts()]
            for row in rows:
                texts[row - self.firsts[number]] = others[row]
            blocks[number] = Block.of([text for text in texts if text is not None])
        if blocks and added and len(blocks[-1].ends) < BLOCK_ROWS:
            added = [*blocks.pop().texts(), *added]
        return Texts([*blocks, *_blocks(added)])

    def _stored(self, row: int) -> bytes:
        number = bisect_right(self.firsts, row) - 1
        return self.blocks[number].text(row - self.firsts[number])


def _decoded(stored: bytes) -> str:
    """Return a text; bytes that are none stand as surrogate escapes, so that Path(text) opens the file."""
    return stored.decode("utf-8", "surrogateescape")


def _blocks(texts: Sequence[bytes]) -> list[Block]:
    return [Block.of(texts[start : start + BLOCK_ROWS]) for start in range(0, len(texts), BLOCK_ROWS)]
