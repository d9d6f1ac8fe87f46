"""Ways of playing: the main instrument's notes change, the company's don't, and no note rings into its own repeat."""

import numpy as np
import pytest

from lab.music.compose import compose
from lab.music.compose_piece import MAIN_INSTRUMENTS
from lab.music.corpus import exchanged
from lab.music.perform import performed

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_company_plays_as_written(seed: int) -> None:
    piece = compose(seed)
    played = performed(piece, np.random.default_rng(seed))
    for before, after in zip(piece.parts, played.parts, strict=True):
        assert before.instrument == piece.main_instrument or before == after


@pytest.mark.parametrize("seed", SEEDS)
def test_no_note_rings_into_its_own_repeat(seed: int) -> None:
    played = performed(compose(seed), np.random.default_rng(seed))
    for part in played.parts:
        if part.instrument == played.main_instrument:
            notes = sorted(part.notes, key=lambda note: (note.pitch, note.start_s))
            for one, following in zip(notes, notes[1:], strict=False):
                same = one.pitch == following.pitch and following.start_s - one.start_s > 0.05
                assert not same or one.start_s + one.length_s <= following.start_s + 1e-6


def test_ways_differ() -> None:
    piece = compose(3)
    ways = {performed(piece, np.random.default_rng(seed)).parts for seed in range(20)}
    assert len(ways) > 5


@pytest.mark.parametrize("other", MAIN_INSTRUMENTS)
def test_exchange_keeps_the_notes_and_changes_the_label(other: str) -> None:
    piece = compose(5)
    changed = exchanged(piece, other)
    assert changed.main_instrument == other
    assert [part.notes for part in changed.parts] == [part.notes for part in piece.parts]
    assert any(part.instrument == other for part in changed.parts)
    assert exchanged(changed, piece.main_instrument) == piece
