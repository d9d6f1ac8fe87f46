"""The band: who joins the main instrument, what each plays and how loudly."""

import random
from dataclasses import dataclass

from lab.music.compose_comping import PICKS
from lab.music.compose_piece import PieceSpec
from lab.music.compose_styles import Style

LEAD_RANGE = {
    "acoustic_guitar": (55, 79),
    "electric_guitar": (52, 81),
    "piano": (62, 86),
    "synthesizer": (57, 84),
    "electric_piano": (60, 81),
    "organ": (57, 79),
    "accordion": (57, 81),
    "strings": (57, 84),
    "brass": (53, 74),
    "woodwind": (60, 84),
    "mallets": (64, 88),
    "plucked": (57, 84),
    "choir": (57, 76),
}
"""Lowest and highest pitch of a melody."""

GUITARS = ("acoustic_guitar", "electric_guitar")
_HELD = ("strings", "choir", "organ", "accordion")
_SLOW_BPM = 100
"""Genres that never go faster are ones in which a synthesizer that joins in lays a carpet."""


@dataclass(slots=True)
class Player:
    """A chair in the band, before its notes are written."""

    instrument: str
    role: str
    level_db: float
    pattern: str = ""
    centre: int = 60


def gather_band(rng: random.Random, recipe: random.Random, main: str, style: Style, spec: PieceSpec) -> list[Player]:
    """Return the players of a piece led by the main instrument."""
    company = spec.company if spec.company is not None else _company(rng, main, style)
    drawn = recipe.choice(("both", "both", "both", "lead", "comp"))
    playing = spec.playing or ("both" if not set(company) - {"bass", "drums"} else drawn)
    players = []
    if playing in ("both", "lead"):
        players.append(Player(main, "lead", 0.0))
    if playing in ("both", "comp"):
        accompanist = _accompanist(recipe, main, style, -3.0 if playing == "both" else 0.0)
        accompanist.pattern = spec.pattern or accompanist.pattern
        players.append(accompanist)
    for number, instrument in enumerate(company):
        players.append(_companion(recipe, instrument, style, number, playing))
    return players


def _company(rng: random.Random, main: str, style: Style) -> tuple[str, ...]:
    size = rng.choice((0, 0, 1, 1, 2, 2, 3))
    pool = [name for name in style.company if name != main]
    others: list[str] = []
    for name in pool:
        if len(others) < size and name not in others and rng.random() < 0.5:
            others.append(name)
    rhythm = ["drums"] if rng.random() < style.drums * 0.85 else []
    if rhythm or rng.random() < 0.35:
        rhythm.append("bass")
    return (*others, *rhythm)


def _accompanist(recipe: random.Random, instrument: str, style: Style, level_db: float) -> Player:
    patterns = style.keys
    if instrument == "acoustic_guitar":
        patterns = (*style.strums, *PICKS[:4])
    if instrument == "electric_guitar":
        patterns = (*("riff",) * (3 if style.has_riffs else 0), *style.strums, "arpeggio8", "broken")
    if instrument in _HELD:
        patterns = ("hold", "half", "hold")
    centre = recipe.choice((52, 55, 60)) if instrument in ("piano", "electric_guitar") else 60
    return Player(instrument, "comp", level_db, recipe.choice(patterns), centre)


def _companion(recipe: random.Random, instrument: str, style: Style, number: int, main_does: str) -> Player:
    if instrument == "bass":
        return Player(instrument, "bass", recipe.uniform(-7, -3))
    if instrument in ("drums", "percussion"):
        return Player(instrument, "drums", recipe.uniform(-9, -4))
    if main_does == "comp" and number == 0:
        return Player(instrument, "lead", recipe.uniform(-7, -4))
    is_slow = style.tempo_bpm[1] <= _SLOW_BPM
    if (instrument in _HELD or (instrument == "synthesizer" and is_slow)) and recipe.random() < 0.75:
        return Player(instrument, "pad", recipe.uniform(-13, -7), "hold", recipe.choice((60, 64)))
    if recipe.random() < 0.35:
        return Player(instrument, "counter", recipe.uniform(-12, -7))
    return _accompanist(recipe, instrument, style, recipe.uniform(-13, -7))
