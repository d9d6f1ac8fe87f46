"""The columns as a file beside the catalogue: read at the start in a tenth of the time that the catalogue itself takes.

It may be deleted at any time. What has changed since it was written is read from the catalogue.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.tag_column import TagColumn
from bgm_finder.catalogue.in_memory.texts import Block, Texts
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.places import Paths, Titles

_FORMAT = f"bgm-finder columns 2.{len(MIGRATIONS)}"
_ARRAYS = ("ids", "durations_s", "bpms", "bpms_estimated", "marks", "states", "title_ranks")
_BROKEN = (OSError, ValueError, KeyError)
"""What reading a file ends in that is not there, or not whole."""
_TEXTS = ("names", "titles", "artists", "comments", "searched")


def write_columns(columns: Columns, target: Path, token: str) -> None:
    """Writes the columns, whole or not at all. token: what the catalogue that they belong to has been given."""
    head = {
        "format": _FORMAT,
        "token": token,
        "network": columns.network,
        "stamp": columns.stamp,
        "roots": list(columns.paths.roots.items()),  # JSON writes surrogate escapes as they are
        "tags": [[category, list(column.names)] for category, column in columns.tags.items()],
        "blocks": [len(text.blocks) for text in _texts(columns)],
    }
    unfinished = target.with_name(target.name + ".unfinished")
    with unfinished.open("wb") as file:
        _write_bytes(file, json.dumps(head).encode())
        for array in _arrays(columns):
            np.save(file, array, allow_pickle=False)
        for text in _texts(columns):
            for block in text.blocks:
                _write_bytes(file, block.ends.tobytes())
                _write_bytes(file, block.letters)
    unfinished.replace(target)


def stamp_of(source: Path, token: str | None, network: str) -> int | None:
    """Gives the stamp of what was written for this token and network; None where there is no such file."""
    with suppress(*_BROKEN), source.open("rb") as file:
        return int(head["stamp"]) if (head := _head(file, token, network)) is not None else None
    return None


def read_columns(source: Path, token: str | None, network: str) -> Columns | None:
    """Gives what was written for this token and network; None where there is no such file."""
    with suppress(*_BROKEN), source.open("rb") as file:
        return _columns(file, head) if (head := _head(file, token, network)) is not None else None
    return None


def _head(file: IO[bytes], token: str | None, network: str) -> dict[str, Any] | None:
    head: dict[str, Any] = json.loads(_read_bytes(file))
    return head if (head["format"], head["token"], head["network"]) == (_FORMAT, token, network) else None


def _columns(file: IO[bytes], head: dict[str, Any]) -> Columns:
    arrays: dict[str, Any] = {name: _read_array(file) for name in _ARRAYS}
    folder_ids = _read_array(file)
    tags = {category: TagColumn(tuple(names), _read_array(file), _read_array(file)) for category, names in head["tags"]}
    texts = {name: Texts(list(_read_blocks(file, count))) for name, count in zip(_TEXTS, head["blocks"], strict=True)}
    paths = Paths(texts["names"], folder_ids, dict(head["roots"]))
    return Columns(
        **arrays,
        paths=paths,
        titles=Titles(texts["titles"], paths),
        artists=texts["artists"],
        comments=texts["comments"],
        searched=texts["searched"],
        tags=tags,
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


def _read_array(file: IO[bytes]) -> NDArray[Any]:
    found: NDArray[Any] = np.load(file, allow_pickle=False)
    return found


def _read_blocks(file: IO[bytes], count: int) -> Iterator[Block]:
    for _ in range(count):
        ends = np.frombuffer(_read_bytes(file), np.int32)
        yield Block(_read_bytes(file), ends)


def _write_bytes(file: IO[bytes], content: bytes) -> None:
    file.write(len(content).to_bytes(8, "little"))
    file.write(content)


def _read_bytes(file: IO[bytes]) -> bytes:
    length = int.from_bytes(file.read(8), "little")
    if not 0 < length <= os.fstat(file.fileno()).st_size - file.tell():
        raise ValueError("the file is not whole")
    return file.read(length)
