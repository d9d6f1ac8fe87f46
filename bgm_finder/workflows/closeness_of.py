"""The word for how close each match is: by the cosine with the references alone, and by what was compared with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.mel import Floats
from bgm_finder.similarity.closeness import Borders, Compared
from bgm_finder.track import Match


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the tracks are to the references, as scores, and which of them were compared by their sections."""

    scores: Floats
    """Mean cosine with the references for each row of the columns, whatever the negatives take away from it.

    Of references that differ, a track can only be close to all: the mean never calls it closer than it is on average.
    """
    by_section: NDArray[np.bool_] | None
    """Which rows; None where whole tracks are searched by."""
    borders: Mapping[Compared, Borders]

    def worded(self, columns: Columns, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Return matches with their words and the lengths of their bars; a network without borders has none."""
        return tuple(self._with_word(match, columns.row_of(match.track_id)) for match in matches)

    def _with_word(self, match: Match, row: int | None) -> Match:
        borders = None if row is None else self.borders.get(self._compared(row))
        if row is None or borders is None:
            return match
        score = float(self.scores[row])
        return replace(match, closeness=borders.word(score), closeness_level=borders.level(score))

    def _compared(self, row: int) -> Compared:
        if self.by_section is None:
            return Compared.TRACKS
        return Compared.SECTIONS if self.by_section[row] else Compared.SECTION_WITH_TRACKS
