"""Which passage of a track fits what is searched for, where its sections are known."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.mel import Floats
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.ranking import best
from bgm_finder.similarity.section_scores import best_of_each, section_scores
from bgm_finder.track import Section
from bgm_finder.workflows.kept_vectors import KeptVectors

MOST_TRACKS = 25_000
"""The sections of so many are held in memory, about 130 MB; of a bigger library those of the likeliest are read."""
LIKELIEST = 2_000


def best_passages(
    catalogue: Catalogue, embedder: Embedder, wanted: Floats, track_ids: Sequence[int]
) -> dict[int, Section]:
    """Return the section that fits best of each track that the network heard section by section.

    wanted: what is searched for, float32, (dimensions,).
    """
    table = catalogue.sections.table(embedder.name, embedder.dimensions, track_ids)
    _, numbers = best_of_each(section_scores(wanted, table.numbers, table.lengths), table.firsts)
    return {
        track_id: table.section(place, number)
        for place, (track_id, number) in enumerate(zip(table.ids.tolist(), numbers.tolist(), strict=True))
    }


def score_by_sections(
    catalogue: Catalogue, embedder: Embedder, kept: KeptVectors, columns: Columns, wanted: Floats, scores: Floats
) -> NDArray[np.bool_]:
    """Put the score of its best section in each track's place, and return in which rows; the others keep theirs.

    scores: a score for each row of the columns, nan where there is none. In a library of more than 25,000 tracks only
    the 2,000 best by these scores are heard so closely.
    """
    if catalogue.sections.count(embedder.name) <= MOST_TRACKS:
        table = kept.sections_of_library(catalogue, embedder)
    else:
        likeliest = columns.ids[best(scores, LIKELIEST)].tolist()
        table = catalogue.sections.table(embedder.name, embedder.dimensions, likeliest)
    found, _ = best_of_each(section_scores(wanted, table.numbers, table.lengths), table.firsts)
    is_here = np.isin(table.ids, columns.ids)  # a track may have come or gone since the columns were read
    rows = columns.rows_of(table.ids)
    is_scored = np.isfinite(scores[rows])
    scores[rows[is_scored]] = found[is_here][is_scored]
    by_section = np.zeros(len(scores), np.bool_)
    by_section[rows[is_scored]] = True
    return by_section
