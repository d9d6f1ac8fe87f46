"""The vectors that one search leaves to the next: those of the library, and those made of files and sections."""

import weakref
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import probe
from bgm_finder.audio.files import require_regular_file
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import Columns, rows_of
from bgm_finder.catalogue.sections import SectionTable
from bgm_finder.drives.waiting import ANSWER_S
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.mel import Floats
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.analyse import file_windows
from bgm_finder.workflows.growing_matrix import GrowingMatrix

_MOST_FILES = 64
_IDS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all analysed tracks: ids in any order, and float32, (tracks, dimensions), of unit length."""

    ids: NDArray[np.int64]
    matrix: Floats


class KeptVectors:
    """Return vectors as they are now; use it in one thread."""

    def __init__(self) -> None:
        self._library: GrowingMatrix | None = None
        self._read_as: tuple[tuple[int, int], str] | None = None
        """The catalogue and the network of the vectors that are kept."""
        self._stamp = 0
        self._placed_in: weakref.ref[Columns] | None = None
        self._places: NDArray[np.int32] | None = None
        self._sections: SectionTable | None = None
        self._sections_read_as: tuple[Path, str, str | None] | None = None
        self._files: OrderedDict[tuple[object, ...], Floats] = OrderedDict()

    def of_library(self, catalogue: Catalogue, network: str) -> Vectors:
        """Return the vectors that the network of this stored name made; reads only those again that have changed."""
        # the stamp first: what is stored between the two is then read once more the next time, and never missed
        stamp = catalogue.changes.stamp()
        is_known = self._library is not None and (catalogue.file, network) == self._read_as and stamp >= self._stamp
        changed = catalogue.changes.since(self._stamp) if is_known else None
        if self._library is None or changed is None:
            self._library = self._placed_in = None  # the old ones need not be held beside the new ones
            self._library = GrowingMatrix(catalogue.vectors.count(network))
            for ids, vectors in catalogue.vectors.blocks(network):
                self._library.put(ids, vectors)
        else:
            if changed:  # the rows move, under the same stamp too where a change comes just after it was asked for
                self._placed_in = None
            for start in range(0, len(changed), _IDS_AT_ONCE):
                some = changed[start : start + _IDS_AT_ONCE]
                self._library.replace(some, *catalogue.vectors.of(network, some))
        self._read_as, self._stamp = (catalogue.file, network), stamp
        return Vectors(self._library.ids, self._library.matrix)

    def scores_by_row(self, columns: Columns, scores: Floats) -> Floats:
        """Put a score of each of the library's vectors in its track's place in the columns, nan where there is none.

        Whose place is where is found out once for columns and vectors that stay as they are.
        """
        if self._placed_in is None or self._placed_in() is not columns:
            self._places = self._places_in(columns)
            self._placed_in = weakref.ref(columns)
        if self._places is None:
            return scores
        placed = np.full(len(columns) + 1, np.nan, np.float32)
        placed[self._places] = scores
        return placed[:-1]

    def _places_in(self, columns: Columns) -> NDArray[np.int32] | None:
        """Return the row of each vector, one behind the last for a track that is not there; None where all agree."""
        ids = self._library.ids if self._library is not None else np.zeros(0, np.int64)
        if np.array_equal(ids, columns.ids):
            return None
        if not len(ids) or not len(columns):
            return np.full(len(ids), len(columns), np.int32)
        rows = np.minimum(rows_of(columns.ids, np.minimum(ids, columns.ids[-1])), len(columns) - 1)
        return np.where(columns.ids[rows] == ids, rows, len(columns)).astype(np.int32)

    def sections_of_library(self, catalogue: Catalogue, embedder: Embedder) -> SectionTable:
        """Return the sections that the network has heard of all tracks; reads them again where any has changed."""
        wanted = (catalogue.path, embedder.name, catalogue.sections.stamp())
        if self._sections is None or wanted != self._sections_read_as:
            self._sections = self._sections_read_as = None
            self._sections = catalogue.sections.table(embedder.name, embedder.dimensions)
            self._sections_read_as = wanted
        return self._sections

    def of_file(self, job: Job, sound: SoundAt, embedder: Embedder, section: Section | None) -> Floats:
        """Return the vector of a file, or of a stretch of it; makes it where the file is new or has changed.

        Raises Unreadable, Cancelled.
        """
        path = sound.path
        facts = read_with_timeout(job, path, partial(require_regular_file, path), ANSWER_S)
        key = (embedder.name, sound, facts.st_mtime_ns, facts.st_size, section)
        if key not in self._files:
            read_with_timeout(job, path, partial(probe, path, sound.stream), ANSWER_S)
            windows = read_with_timeout(job, path, partial(file_windows, sound, embedder, section))
            self._files[key] = embedder.embed(windows)
        self._files.move_to_end(key)
        while len(self._files) > _MOST_FILES:
            self._files.popitem(last=False)
        return self._files[key]
