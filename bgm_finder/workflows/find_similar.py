"""Reference or track -> ranked matches, inside the filter and outside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import probe
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, UNREADABLE, Columns
from bgm_finder.conditions import Filter
from bgm_finder.drives.waiting import ANSWER_S
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.mel import Floats
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.similarity.bands import band
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.ranking import percentiles, rank, wanted_direction
from bgm_finder.track import AtMost, Match, Reference, Scope, Section, SoundAt
from bgm_finder.workflows.analyse import read_windows
from bgm_finder.workflows.at_most import best_few
from bgm_finder.workflows.closeness_of import Likeness
from bgm_finder.workflows.kept_vectors import KeptVectors, Vectors
from bgm_finder.workflows.left_out import are_missing, are_unreadable
from bgm_finder.workflows.passages import best_passages, score_by_sections

_NO_ROWS = np.zeros(0, np.int64)
_UNWANTED = np.float32(np.nan)
_FEW = 8
"""So many tracks that wait for their vectors are analysed before the search; more are counted as left out."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a search is for."""

    references: Sequence[Reference]
    wanted: Filter = field(default_factory=Filter)
    negatives: Sequence[Reference] = ()
    """What the matches should not sound like."""
    scope: Scope = Scope.ALL
    top: int = 100
    """The length of each list."""
    at_most: AtMost | None = None
    """How many tracks of one artist or folder each list holds; None for any number."""
    weights: Sequence[float] = ()
    """How much each reference counts beside the others, above 0; 1 each where there are none."""
    negative_weights: Sequence[float] = ()
    """How much each negative counts, above 0; 1 each where there are none."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best matches of both sides of the filter, the closest first; no track beyond a limit that binds.

    Outside it, of those that are equally close the ones with the fewest misses come first.
    """

    inside: tuple[Match, ...]
    outside: tuple[Match, ...]
    left_out: int
    """Tracks that could not take part: not analysed yet, unreadable, or missing before they were analysed."""
    is_filtered: bool = True
    """Whether any condition may put a track outside; else everything that is listed is inside."""
    at_most: AtMost | None = None
    """How many tracks of one artist or folder each list holds."""
    left_out_unreadable: int = 0
    """How many of the left out cannot be read."""
    left_out_missing: int = 0
    """How many of the left out are missing; the others wait for their analysis."""
    unreadable: tuple[Unreadable, ...] = ()
    """References that were left out; the others were searched by."""
    compared: int = 0
    """Tracks that took part."""
    sections_known: int | None = None
    """Of how many tracks the sections are known, where a stretch is searched by; else None."""


def find_similar(
    job: Job,
    catalogue: Path,
    columns: Columns,
    embedder: Embedder,
    query: Query,
    kept: KeptVectors | None = None,
) -> Ranking:
    """Rank the library by the weighted mean of the cosines with the references, less that with the negatives.

    Where a stretch of a reference is asked for, each track counts by its best section, if its sections are known.

    The references themselves are left out of the lists. Of several references those that cannot be read are left out.
    kept: what searches before this one left, for those that follow each other.
    Raises Unreadable where none can, CatalogueError.
    """
    references, wanted = query.references, query.wanted
    if not references:
        raise ValueError("a search needs at least one reference")
    kept = kept or KeptVectors()
    with Catalogue(catalogue) as opened:
        _analyse_few(job, opened, columns, embedder)
        vectors = kept.of_library(opened, embedder.name)
        own = _Own(job, opened, embedder, vectors, kept)
        readable, weights, unreadable = own.vectors(references, query.weights or [1.0] * len(references))
        unlike = np.stack([own.vector(reference) for reference in query.negatives]) if query.negatives else None
        stacked = np.stack(readable)
        alike = wanted_direction(stacked, None, weights)
        direction = (
            alike if unlike is None else wanted_direction(stacked, unlike, weights, query.negative_weights or None)
        )
        asked = {track_id for reference in references if (track_id := own.track_id(reference)) is not None}
        job.check()
        is_by_section = any(reference.section is not None for reference in references)
        scored = _Scored(opened, embedder, kept, columns, vectors)
        scores, by_section = scored.by(direction, is_by_section)
        in_likeness = scores if unlike is None else scored.by(alike, is_by_section)[0]
        sections_known = opened.sections.count(embedder.name) if is_by_section else None
        left_out = np.isnan(scores)
        job.check()
        inside, outside = _sides(columns, scores, wanted, sorted(asked))
        near = _listed(columns, inside, query) if query.scope != Scope.OUTSIDE else _NO_ROWS
        off = _listed(columns, outside, query) if query.scope != Scope.INSIDE else _NO_ROWS
        job.check()
        passages = best_passages(opened, embedder, direction, columns.ids[np.concatenate([near, off])].tolist())
    shares = percentiles(scores, np.concatenate([near, off]))  # the references count here, and are not listed
    likeness = Likeness(in_likeness, by_section, embedder.borders)
    return Ranking(
        inside=likeness.worded(columns, _matches(columns, scores, near, shares[: len(near)], passages, None)),
        outside=_fewest_misses_first(
            likeness.worded(columns, _matches(columns, scores, off, shares[len(near) :], passages, wanted))
        ),
        left_out=int(np.count_nonzero(left_out)),
        left_out_unreadable=int(np.count_nonzero(left_out & are_unreadable(columns))),
        left_out_missing=int(np.count_nonzero(left_out & are_missing(columns))),
        is_filtered=_may_be_outside(wanted),
        at_most=query.at_most,
        unreadable=tuple(unreadable),
        compared=int(np.count_nonzero(~left_out)),
        sections_known=sections_known,
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    """The tracks as a direction scores them."""

    catalogue: Catalogue
    embedder: Embedder
    kept: KeptVectors
    columns: Columns
    vectors: Vectors

    def by(self, direction: Floats, is_by_section: bool) -> tuple[Floats, NDArray[np.bool_] | None]:
        """Return each row's score, nan where there is none, and which rows their sections are scored by, if any."""
        has_some = len(self.vectors.ids)
        ranked = rank(direction[None], self.vectors.matrix) if has_some else np.zeros(0, np.float32)
        scores = self.kept.scores_by_row(self.columns, ranked)
        if not is_by_section:
            return scores, None
        return scores, score_by_sections(self.catalogue, self.embedder, self.kept, self.columns, direction, scores)


class _Own:
    """The vectors of references: those of analysed tracks are there already, the others are made now."""

    def __init__(self, job: Job, catalogue: Catalogue, embedder: Embedder, vectors: Vectors, kept: KeptVectors) -> None:
        self._job = job
        self._catalogue = catalogue
        self._embedder = embedder
        self._vectors = vectors
        self._kept = kept

    def track_id(self, reference: Reference) -> int | None:
        """Return the track that a reference is, also where only its path is known."""
        return self._catalogue.files.id_at(reference.path) if reference.track_id is None else reference.track_id

    def vectors(
        self, references: Sequence[Reference], weights: Sequence[float]
    ) -> tuple[list[Floats], list[float], list[Unreadable]]:
        """Return vectors and weights of those that can be read, and why the others cannot.

        Raises Unreadable where none can.
        """
        found: list[Floats] = []
        left: list[float] = []
        unreadable: list[Unreadable] = []
        for reference, weight in zip(references, weights, strict=True):
            try:
                found.append(self.vector(reference))
                left.append(weight)
            except Unreadable as error:
                unreadable.append(error)
        if not found:
            raise unreadable[0]
        return found, left, unreadable

    def vector(self, reference: Reference) -> Floats:
        self._job.check()
        track_id = self.track_id(reference)
        if reference.section is None and reference.stream is None and track_id is not None:
            places = np.flatnonzero(self._vectors.ids == track_id)
            if len(places):
                return _heard(reference, np.array(self._vectors.matrix[places[0]], np.float32))
        stream = reference.stream
        if stream is None:
            streams = self._catalogue.sound_streams
            stream = streams.of_file(reference.path) if track_id is None else streams.of_track(track_id)
        own = self._kept.of_file(self._job, SoundAt(reference.path, stream), self._embedder, reference.section)
        return _heard(reference, own)


def _heard(reference: Reference, vector: Floats) -> Floats:
    """Return the vector back; raises Unreadable where it is that of silence."""
    if not vector.any():
        raise Unreadable(reference.path, Reason.ONLY_SILENCE)
    return vector


def _analyse_few(job: Job, catalogue: Catalogue, columns: Columns, embedder: Embedder) -> None:
    """Analyse tracks that wait for it where they are few; what cannot be read is noted with its reason."""
    waits = columns.states & (ANALYSED | MISSING | UNREADABLE) == 0
    if not 0 < np.count_nonzero(waits) <= _FEW:
        return
    for todo in catalogue.analyses.waiting_for_vectors(embedder.name, columns.ids[waits].tolist()):
        job.check()
        try:
            read_with_timeout(job, todo.path, partial(probe, todo.path, todo.stream), ANSWER_S)
            sound = SoundAt(todo.path, todo.stream)
            reading, vector = read_with_timeout(job, todo.path, partial(read_windows, sound, embedder))
        except Unreadable as error:
            catalogue.analyses.store_unreadable(todo.track_id, error.refusal, todo.stream)
        else:
            catalogue.analyses.store_windows(todo.track_id, reading, embedder.name, vector, todo.stream)


def _sides(columns: Columns, scores: Floats, wanted: Filter, asked: Sequence[int]) -> tuple[Floats, Floats]:
    """Return the scores inside the filter and those outside it, each with nan for all others and for those asked by.

    What is beyond a limit that binds is on neither side.
    """
    if not filters.conditions(wanted):
        inside, outside = scores.copy(), np.zeros(0, np.float32)
        inside[columns.rows_of(asked)] = np.nan
        return inside, outside
    found = filters.FilterResult(columns, wanted)
    mask = found.mask()
    inside, outside = np.where(mask, scores, _UNWANTED), np.where(mask | found.beyond(), _UNWANTED, scores)
    for side in (inside, outside):
        side[columns.rows_of(asked)] = np.nan
    return inside, outside


def _may_be_outside(wanted: Filter) -> bool:
    """Return whether a track can be outside the filter, and in a list all the same."""
    return len(filters.conditions(wanted)) > len(filters.binding(wanted))


def _listed(columns: Columns, scores: Floats, query: Query) -> NDArray[np.int64]:
    return best_few(columns, scores, query.top, query.at_most)


def _fewest_misses_first(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Put those with fewer misses first among the equally close; the order of the others stays."""
    return tuple(sorted(matches, key=lambda match: (-band(match.score), len(match.misses))))


def _matches(
    columns: Columns,
    scores: Floats,
    rows: NDArray[np.int64],
    shares: Floats,
    passages: dict[int, Section],
    wanted: Filter | None,
) -> tuple[Match, ...]:
    return tuple(
        Match(
            track_id=int(columns.ids[row]),
            score=float(scores[row]),
            percentile=float(share),
            misses=() if wanted is None else filters.misses(columns, wanted, int(row)),
            passage=passages.get(int(columns.ids[row])),
        )
        for row, share in zip(rows, shares, strict=True)
    )
