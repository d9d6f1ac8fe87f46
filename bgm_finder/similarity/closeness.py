"""A score in a word: how close it is, by borders that were measured for each network and each way to compare."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bgm_finder.track import Closeness

WORDS = (Closeness.DISTANT, Closeness.RELATED, Closeness.CLOSE, Closeness.VERY_CLOSE)
"""From the lowest scores to the highest."""
SUFFIX = ".closeness.json"
"""Of the file with the borders, beside the weights."""
_HIGHEST = 1.0


class Compared(StrEnum):
    """What a score compares; the same sounds score otherwise in each."""

    TRACKS = "tracks"
    """Whole tracks."""
    SECTION_WITH_TRACKS = "section with tracks"
    """A section with whole tracks, whose own sections are not known."""
    SECTIONS = "sections"
    """A section with the section of each track that fits best."""


@dataclass(frozen=True, slots=True)
class Borders:
    """The lowest scores that are related, close and very close."""

    related: float
    close: float
    very_close: float

    def word(self, score: float) -> Closeness:
        """Return the word for a score."""
        return WORDS[bisect_right(self._steps(), score)]

    def level(self, score: float) -> float:
        """Return a score as the length of a bar, 0 to 1: each word has a quarter of it, a cosine of 1 has all."""
        steps = (0.0, *self._steps(), _HIGHEST)
        if not score > 0.0:
            return 0.0
        place = min(bisect_right(steps, score) - 1, len(WORDS) - 1)
        share = (score - steps[place]) / (steps[place + 1] - steps[place])
        return min(1.0, (place + share) / len(WORDS))

    def _steps(self) -> tuple[float, float, float]:
        return self.related, self.close, self.very_close


def borders_file(weights: Path) -> Path:
    """Return where the borders of a weights file are."""
    return weights.with_name(weights.stem + SUFFIX)


def read_borders(weights: Path, network: str) -> dict[Compared, Borders]:
    """Return the borders that were measured for a network; none where there are none, or only those of another.

    network: the name that is stored with its vectors.
    """
    try:
        stored = json.loads(borders_file(weights).read_text(encoding="utf-8"))
        if stored["network"] != network:
            return {}
        borders = {Compared(name): Borders(*map(float, steps)) for name, steps in stored["borders"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return borders if all(_is_sound(found) for found in borders.values()) else {}


def write_borders(
    weights: Path, network: str, borders: Mapping[Compared, Borders], measured: Mapping[str, object]
) -> None:
    """Write borders beside the weights, with what they were measured on."""
    steps = {str(name): [found.related, found.close, found.very_close] for name, found in borders.items()}
    text = json.dumps({"network": network, "borders": steps, "measured": measured}, indent=1, ensure_ascii=False)
    borders_file(weights).write_text(text + "\n", encoding="utf-8")


def nearest(words: Sequence[Closeness | None]) -> Closeness | None:
    """Return the closest of some words; None where there is none."""
    known = [WORDS.index(word) for word in words if word is not None]
    return WORDS[max(known)] if known else None


def _is_sound(borders: Borders) -> bool:
    return 0.0 < borders.related < borders.close < borders.very_close < _HIGHEST
