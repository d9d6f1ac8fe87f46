"""Where the files of all tracks lie, and what a track without a title is called."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.texts import Lines, Texts
from bgm_finder.catalogue.text_folding import natural_ranks, stem


class Paths(Lines):
    """Absolute paths: the text of an added folder before the name below it."""

    def __init__(self, names: Texts, folder_ids: NDArray[np.int64], roots: Mapping[int, str]) -> None:
        """roots: each folder's text by its number, with a slash at its end."""
        self.names = names
        self.folder_ids = folder_ids
        self.roots = dict(roots)

    @classmethod
    def of(cls, paths: Iterable[str]) -> "Paths":
        names = Texts.of(paths)
        return cls(names, np.zeros(len(names), np.int64), {0: ""})

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        for folder_id, name in zip(self.folder_ids.tolist(), self.names, strict=True):
            yield self.roots[folder_id] + name

    def at(self, row: int) -> str:
        return self.roots[int(self.folder_ids[row])] + self.names.at(row)

    def row_of(self, path: str) -> int | None:
        """Return the row of a path, or None where no track lies there."""
        for folder_id, root in self.roots.items():
            if path.startswith(root):
                rows = self.names.rows_of(path[len(root) :])
                here = [row for row in rows if self.folder_ids[row] == folder_id]
                if here:
                    return here[0]
        return None

    def count_in(self, folder: str) -> int:
        """Return how many tracks an added folder holds, whose text has a slash at its end."""
        ids = [folder_id for folder_id, root in self.roots.items() if root == folder]
        return int(np.count_nonzero(np.isin(self.folder_ids, ids)))

    @cached_property
    def folder_ranks(self) -> NDArray[np.int32]:
        """Each row's place among all folders; those of one folder share one."""
        return natural_ranks([path[: path.rfind("/")] for path in self])

    @cached_property
    def file_ranks(self) -> NDArray[np.int32]:
        """Return each row's place among all file names, without their folders, int32, (rows,)."""
        return natural_ranks([name[name.rfind("/") + 1 :] for name in self.names])


class Titles(Lines):
    """Titles; a track without one is called as its file is, without the ending."""

    def __init__(self, own: Texts, paths: Paths) -> None:
        self.own = own
        self._paths = paths

    def __len__(self) -> int:
        return len(self.own)

    def __iter__(self) -> Iterator[str]:
        for title, name in zip(self.own, self._paths.names, strict=True):
            yield title or stem(name)

    def at(self, row: int) -> str:
        return self.own.at(row) or stem(self._paths.names.at(row))
