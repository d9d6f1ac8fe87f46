"""How the scores of pairs of recordings are spread, by what the two have in common, and where the words' borders lie.

Each style has several pieces, each piece was played with several sets of sounds, each of these recordings was mastered
more than once (lab.music.held_out).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import decode_windows, probe
from bgm_finder.similarity.closeness import Borders, Compared
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.patches import Floats, window_starts
from bgm_finder.similarity.section_scores import best_of_each

LISTING = "recordings.jsonl"
"""Names of each recording, a JSON object a line, its file, piece, style, and set of sounds."""
RULE = "of recordings of one piece on other sounds nine of ten are related, three of four close, half very close"
_SHARES_BELOW = 0.1, 0.25, 0.5
_APART = 0.001
_MOST_UNRELATED = 0.25
"""Where more of the unrelated pairs are close, the word says nothing, and the network is to have none."""
QUERY_SECTIONS = 2
"""Sections in a row that are searched by: about as long as what people mark."""


class Kind(StrEnum):
    """What two recordings have in common."""

    OTHER_MASTER = "the recording, mastered otherwise"
    OTHER_SOUNDS = "the piece, played on other sounds"
    STYLE_AND_SOUNDS = "another piece of the style on the same sounds"
    STYLE = "another piece of the style on other sounds"
    SOUNDS = "another style on the same sounds"
    UNRELATED = "another style on other sounds"


@dataclass(frozen=True, slots=True)
class Recordings:
    """What a network makes of the recordings, and what each of them is."""

    tracks: Floats
    """(recordings, dimensions)"""
    queries: Floats
    """A stretch out of the middle of each, (recordings, dimensions)."""
    sections: list[Floats]
    """Of each recording, (sections, dimensions)."""
    pieces: NDArray[np.int64]
    styles: NDArray[np.str_]
    sounds: NDArray[np.int64]

    def scores(self, compared: Compared) -> Floats:
        """Return the score of every recording as query (rows) with every one as track."""
        if compared is Compared.TRACKS:
            return self.tracks @ self.tracks.T
        if compared is Compared.SECTION_WITH_TRACKS:
            return self.queries @ self.tracks.T
        firsts = np.cumsum([0, *map(len, self.sections)])
        stacked = np.concatenate(self.sections)
        return np.stack([best_of_each(stacked @ query, firsts)[0] for query in self.queries])

    def are(self, kind: Kind) -> NDArray[np.bool_]:
        """Return which pairs are of a kind, (recordings, recordings)."""
        piece, style, sounds = (_same(of) for of in (self.pieces, self.styles, self.sounds))
        return {
            Kind.OTHER_MASTER: piece & sounds & ~np.eye(len(piece), dtype=bool),
            Kind.OTHER_SOUNDS: piece & ~sounds,
            Kind.STYLE_AND_SOUNDS: style & sounds & ~piece,
            Kind.STYLE: style & ~sounds & ~piece,
            Kind.SOUNDS: sounds & ~style,
            Kind.UNRELATED: ~sounds & ~style,
        }[kind]


def listened(embedder: Embedder, folder: Path) -> Recordings:
    """Return what a network hears in the recordings of a folder; raises OSError where there are none."""
    lines = (folder / LISTING).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    if not rows:
        raise OSError(f"{folder / LISTING} names no recording")
    heard = [_heard(embedder, folder / row["file"]) for row in rows]
    return Recordings(
        np.stack([track for track, _, _ in heard]),
        np.stack([query for _, query, _ in heard]),
        [sections for _, _, sections in heard],
        np.array([row["piece"] for row in rows]),
        np.array([row["style"] for row in rows]),
        np.array([row["sounds"] for row in rows]),
    )


def _heard(embedder: Embedder, path: Path) -> tuple[Floats, Floats, Floats]:
    """Return the vectors of the whole file, of a stretch of it, and of its sections."""
    spec, length_s = embedder.input_spec, probe(path).duration_s
    windows = decode_windows(path, window_starts(length_s, spec), spec.window_s, spec.rate_hz)
    count = max(1, int(length_s / spec.window_s))
    each = decode_windows(path, [number * spec.window_s for number in range(count)], spec.window_s, spec.rate_hz)
    middle = (count - QUERY_SECTIONS) // 2
    query = each[max(0, middle) : max(0, middle) + QUERY_SECTIONS]
    return embedder.embed(windows), embedder.embed(query), embedder.embed_each(each)


def _same(names: NDArray[np.generic]) -> NDArray[np.bool_]:
    return np.asarray(names[:, None] == names[None])


Spread = Mapping[Kind, Floats]
"""The scores of all pairs of each kind."""


def spread(recordings: Recordings, compared: Compared) -> Spread:
    """Return the scores of all pairs, by what they have in common."""
    scores = recordings.scores(compared)
    return {kind: scores[recordings.are(kind)] for kind in Kind}


def borders_of(found: Spread) -> Borders:
    """Return the borders by the RULE; each at least a little above the one before."""
    steps = [0.0]
    for border in np.quantile(found[Kind.OTHER_SOUNDS], _SHARES_BELOW):
        steps.append(round(max(float(border), steps[-1] + _APART), 3))
    return Borders(*steps[1:])


def tells_apart(found: Spread, borders: Borders) -> bool:
    """Return whether words mean something: unrelated recordings are hardly ever close, and mostly distant."""
    unrelated = found[Kind.UNRELATED]
    return bool(np.mean(unrelated >= borders.close) <= _MOST_UNRELATED and np.median(unrelated) < borders.related)


def shares(found: Spread, borders: Borders) -> dict[Kind, list[float]]:
    """Return which share of each kind's pairs gets each word, from distant to very close."""
    steps = [borders.related, borders.close, borders.very_close]
    placed = {
        kind: np.bincount(np.searchsorted(steps, scores, side="right"), minlength=4) for kind, scores in found.items()
    }
    return {
        kind: [round(float(share), 4) for share in counts / max(1, counts.sum())] for kind, counts in placed.items()
    }
