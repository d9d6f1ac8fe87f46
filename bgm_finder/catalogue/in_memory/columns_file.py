"""The columns as a file beside the catalogue: read at the start in a tenth of the time that the catalogue itself takes.

It may be deleted at any time. What has changed since it was written is read from the catalogue.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.brief_columns import no_brief
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.places import Paths, Titles
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.catalogue.in_memory.texts import Block, Texts
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.drafts import draft_of

_FORMAT = f"bgm-finder columns 3.{len(MIGRATIONS)}"
_ARRAYS = ("ids", "durations_s", "bpms", "bpms_estimated", "states", "title_ranks")
_BROKEN = (OSError, ValueError, KeyError, TypeError)
"""What reading a file ends in that is not there, or not whole."""
_TEXTS = ("names", "titles", "artists", "comments", "searched")
_LENGTH_BYTES = 8
"""Each part begins with its length in so many bytes, at a multiple of as many, as arrays like it."""


def write_columns(columns: Columns, target: Path, token: str) -> None:
    """Write the columns, whole or not at all. token: what the catalogue that they belong to has been given."""
    head = {
        "format": _FORMAT,
        "token": token,
        "network": columns.network,
        "stamp": columns.stamp,
        "roots": list(columns.paths.roots.items()),  # JSON writes surrogate escapes as they are
        "tags": [[category, list(column.names)] for category, column in columns.tags.items()],
        "kinds": [array.dtype.str for array in _arrays(columns)],
        "blocks": [len(text.blocks) for text in _texts(columns)],
    }
    with draft_of(target) as draft, draft.open("wb") as file:
        _write_part(file, json.dumps(head).encode())
        for array in _arrays(columns):
            _write_part(file, array.tobytes())
        for text in _texts(columns):
            for block in text.blocks:
                _write_part(file, block.ends.tobytes())
                _write_part(file, block.letters)


def stamp_of(source: Path, token: str | None, network: str) -> int | None:
    """Return the stamp of what was written for this token and network; None where there is no such file."""
    with suppress(*_BROKEN), source.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        return int(_head(file.read(length), token, network)["stamp"])
    return None


def read_columns(source: Path, token: str | None, network: str) -> Columns | None:
    """Return what was written for this token and network; None where there is no such file."""
    with suppress(*_BROKEN):
        # at once: who reads in pieces waits for the other threads after each
        parts = _Parts(np.fromfile(source, np.uint8))
        return _columns(parts, _head(bytes(parts.next()), token, network))
    return None


class _Parts:
    """The parts of a file, one after the other; they stay where they are in it."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self._content = content.data
        self._at = 0

    def next(self) -> memoryview:
        begins = self._at + _LENGTH_BYTES
        length = int.from_bytes(self._content[self._at : begins], "little")
        if begins + length > len(self._content):
            raise ValueError("the file is not whole")
        self._at = begins + length + -length % _LENGTH_BYTES
        return self._content[begins : begins + length]


def _head(written: bytes, token: str | None, network: str) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(written)
    if (head["format"], head["token"], head["network"]) != (_FORMAT, token, network):
        raise ValueError("the file belongs to something else")
    return head


def _columns(parts: _Parts, head: dict[str, Any]) -> Columns:
    array = (np.frombuffer(parts.next(), kind) for kind in head["kinds"])
    arrays: dict[str, Any] = {name: next(array) for name in _ARRAYS}
    folder_ids = next(array)
    tags = {category: TagColumn(tuple(names), next(array), next(array)) for category, names in head["tags"]}
    texts = {name: Texts(list(_blocks(parts, count))) for name, count in zip(_TEXTS, head["blocks"], strict=True)}
    paths = Paths(texts["names"], folder_ids, dict(head["roots"]))
    return Columns(
        **arrays,
        paths=paths,
        titles=Titles(texts["titles"], paths),
        artists=texts["artists"],
        comments=texts["comments"],
        searched=texts["searched"],
        tags=tags,
        **no_brief(len(arrays["ids"])),
        stamp=head["stamp"],
        network=head["network"],
    )


def _arrays(columns: Columns) -> Iterator[NDArray[Any]]:
    yield from (getattr(columns, name) for name in _ARRAYS)
    yield columns.paths.folder_ids
    for column in columns.tags.values():
        yield from (column.rows, column.codes)


def _texts(columns: Columns) -> list[Texts]:
    return [columns.paths.names, columns.titles.own, columns.artists, columns.comments, columns.searched]


def _blocks(parts: _Parts, count: int) -> Iterator[Block]:
    for _ in range(count):
        ends = np.frombuffer(parts.next(), np.int32)
        yield Block(parts.next(), ends)


def _write_part(file: IO[bytes], content: bytes | memoryview) -> None:
    file.write(len(content).to_bytes(_LENGTH_BYTES, "little"))
    file.write(content)
    file.write(bytes(-len(content) % _LENGTH_BYTES))
