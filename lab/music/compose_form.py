"""The form of a piece: which sections follow each other, who plays in them and how strongly."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """Some bars of the form: who plays, how strongly, and to which tune."""

    bars: int
    roles: frozenset[str]
    force: float
    tune: str


ENDING = "end"
"""The tune of the last bar, where all come to rest."""


def draw_form(rng: random.Random, bars: int, roles: frozenset[str], force: float, is_whole: bool) -> list[Section]:
    """Return about so many bars for players of the roles: a whole piece, or an excerpt of two sections."""
    return _whole(bars, roles, force) if is_whole else _excerpt(rng, bars, roles, force)


def _excerpt(rng: random.Random, bars: int, roles: frozenset[str], force: float) -> list[Section]:
    first = rng.choice("ab")
    half = max(2, bars // 4 * 2)
    resting = rng.choice(("counter", "drums", "pad", "bass", ""))
    fewer = (roles - {resting}) or roles
    return [
        Section(half, fewer, force * 0.92, first),
        Section(bars - half, roles, force, "b" if first == "a" else "a"),
    ]


def _whole(bars: int, roles: frozenset[str], force: float) -> list[Section]:
    quiet = roles & {"comp", "pad"} or roles
    eighth = max(1, round(bars / 8))
    intro = pause = 2 if eighth < 3 else 4
    verse = eighth * 2
    rest = max(4, bars - intro - verse - pause - 1)
    return [
        Section(intro, quiet, force * 0.85, "a"),
        Section(verse, (roles - {"counter"}) or roles, force * 0.92, "a"),
        Section(rest - rest // 2, roles, force, "b"),
        Section(pause, (roles - {"drums", "bass"}) or roles, force * 0.8, "a"),
        Section(rest // 2, roles, force, "a"),
        Section(1, roles, force * 0.9, ENDING),
    ]
