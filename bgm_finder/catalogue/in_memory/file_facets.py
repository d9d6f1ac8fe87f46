"""Artists and folders of all tracks, kept as tags are, so that the filter ticks and counts them alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.places import Paths
from bgm_finder.catalogue.in_memory.tag_column import Mask, TagColumn
from bgm_finder.catalogue.in_memory.texts import Block, Texts
from bgm_finder.catalogue.text_folding import fold

Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Coded:
    """A block of texts as numbers: each distinct value once, and for each row which of them it is."""

    block: Block
    """Held, so that no other block takes its identity."""
    values: tuple[bytes, ...]
    codes: Codes


CodedBlocks = dict[int, Coded]
"""By the identity of the block: where a few tracks change, all other blocks stay the same objects."""


@dataclass(frozen=True)
class FolderColumn(TagColumn):
    """Folders as paths that begin with the added folder's name; a folder holds all that lies below it.

    rows and codes name the folder that a track lies in itself.
    """

    ends: NDArray[np.int64]
    """The code behind those of all folders below each one, which follow it."""

    def names_at(self, row: int) -> tuple[str, ...]:
        """Return the folder that a track lies in, then those above it."""
        parts = self.own_name_at(row).split("/")
        return tuple("/".join(parts[:depth]) for depth in range(len(parts), 0, -1)) if parts != [""] else ()

    def own_name_at(self, row: int) -> str:
        """Return the folder that a track lies in; nothing where it lies in none that has a name."""
        return next(iter(super().names_at(row)), "")

    def named(self, text: str) -> list[str]:
        """Return the folders that a text names: whole, or by the last parts of the name, with slashes between."""
        wanted = text.strip("/")
        return [name for name in self.names if wanted and f"/{name}".endswith(f"/{wanted}")]

    def mask_of(self, names: Sequence[str] | frozenset[str], count: int) -> Mask:
        mask = np.zeros(count, np.bool_)
        for code in (self.code_of[name] for name in names if name in self.code_of):
            mask[self._by_code.rows_between(code, int(self.ends[code]))] = True
        return mask

    def counts_within(self, mask: Mask) -> NDArray[np.int64]:
        sums = np.concatenate([[0], np.cumsum(super().counts_within(mask))])
        return np.asarray(sums[self.ends] - sums[:-1], np.int64)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """What words are looked for in: the path of each folder, without an added folder that is the only one."""
        is_only_root = sum("/" not in name for name in self.names) == 1
        return tuple(fold(below(name) if is_only_root else name) for name in self.names)


def below(folder: str) -> str:
    """Return a folder's path below the added folder; nothing for that one itself."""
    return folder.partition("/")[2]


def artist_column(artists: Texts, coded: CodedBlocks) -> TagColumn:
    """Return the artists; a track without one has no code. coded: of the blocks, by artists_in."""
    codes, values = _joined(artists, coded)
    names = sorted({_text(value) for value in values} - {""})
    return _column(names, codes, [_text(value) for value in values])


def folder_column(paths: Paths, coded: CodedBlocks) -> FolderColumn:
    """Return the folders, those that hold only other folders among them. coded: of the blocks, by folders_in."""
    codes, values = _joined(paths.names, coded)
    roots = root_names(paths.roots)
    ids = np.array(sorted(roots), np.int64)
    places = np.searchsorted(ids, paths.folder_ids) * len(values) + codes
    is_used = np.zeros(len(ids) * len(values), np.bool_)
    is_used[places] = True
    used = np.flatnonzero(is_used).tolist()
    own = [_path(roots[int(ids[place // len(values)])], _text(values[place % len(values)])) for place in used]
    number = np.zeros(len(is_used), np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    names = _with_those_above(own)
    plain = _column(names, number[places], own)
    return FolderColumn(plain.names, plain.rows, plain.codes, _ends(names))


def artists_in(texts: list[bytes]) -> Iterable[bytes]:
    """Return the artist of each text."""
    return map(bytes.strip, texts)


def folders_in(names: list[bytes]) -> Iterable[bytes]:
    """Return the folder of each file, below the added one."""
    return (name.rpartition(b"/")[0] for name in names)


def coded_blocks(texts: Texts, value_of: Callable[[list[bytes]], Iterable[bytes]], before: CodedBlocks) -> CodedBlocks:
    """Return the blocks of texts as numbers, in their order; those that were there before are not read again."""
    return {id(block): before.get(id(block)) or _coded(block, value_of) for block in texts.blocks}


def root_names(roots: Mapping[int, str]) -> dict[int, str]:
    """Return what each added folder is called; those of one name also by the folder that they lie in."""
    parts = {number: root.rstrip("/").split("/") for number, root in roots.items()}
    names = {number: part[-1] for number, part in parts.items()}
    taken = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {
        number: f"{name} ({parts[number][-2] if len(parts[number]) > 1 else ''})" if name in taken else name
        for number, name in names.items()
    }


def _coded(block: Block, value_of: Callable[[list[bytes]], Iterable[bytes]]) -> Coded:
    codes: dict[bytes, int] = {}
    numbers = [codes.setdefault(value, len(codes)) for value in value_of(block.texts())]
    return Coded(block, tuple(codes), np.array(numbers, np.int32))


def _joined(texts: Texts, coded: CodedBlocks) -> tuple[Codes, list[bytes]]:
    """Return the numbers of all rows, and the value of each number."""
    code_of: dict[bytes, int] = {}
    parts = [np.zeros(0, np.int32)]
    for block in texts.blocks:
        own = coded[id(block)]
        recoded = np.array([code_of.setdefault(value, len(code_of)) for value in own.values], np.int32)
        parts.append(recoded[own.codes])
    return np.concatenate(parts), list(code_of)


def _column(names: list[str], codes: Codes, values: list[str]) -> TagColumn:
    """Return the column of sorted names where codes number values, of which an empty one is none."""
    code_of = {name: code for code, name in enumerate(names)}
    recoded = np.array([code_of.get(value, -1) for value in values], np.int32)
    found = recoded[codes] if len(recoded) else np.zeros(0, np.int32)
    rows = np.flatnonzero(found >= 0).astype(np.int32)
    return TagColumn(tuple(names), rows, found[rows])


def _path(root: str, folder: str) -> str:
    return "/".join(part for part in (root, folder.strip("/")) if part)


def _with_those_above(folders: Iterable[str]) -> list[str]:
    """Return folders and those above them, each followed by all that lie below it."""
    found: set[str] = set()
    for folder in folders:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found, key=lambda folder: folder.replace("/", "\0"))


def _ends(names: list[str]) -> NDArray[np.int64]:
    ends = np.full(len(names), len(names), np.int64)
    above: list[int] = []
    for code, name in enumerate(names):
        while above and not name.startswith(names[above[-1]] + "/"):
            ends[above.pop()] = code
        above.append(code)
    return ends


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
