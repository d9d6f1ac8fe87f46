"""What closeness is measured on sounds like nothing that a network learns from."""

import numpy as np
import pytest

from lab.music.compose import compose
from lab.music.compose_piece import PieceSpec
from lab.music.held_out import SoundSet
from lab.music.render_fonts import FONTS, installed_fonts

HELD_OUT = {name for name, font in FONTS.items() if font.is_held_out}


def test_nothing_is_trained_on_sounds_that_are_held_out():
    assert HELD_OUT
    assert not HELD_OUT & set(installed_fonts())


@pytest.mark.skipif(not all(FONTS[name].file.exists() for name in HELD_OUT), reason="minuet-data is not installed")
def test_a_set_plays_an_instrument_on_one_sound_and_only_on_those_held_out():
    piece = compose(9_000_001, PieceSpec(genre="pops", length_s=6.0))
    sounds = SoundSet(0)
    for part in piece.parts:
        sound, stem = sounds.stem(part)
        assert {sound.source, *([sound.layer.source] if sound.layer else [])} <= HELD_OUT
        assert np.abs(stem).max() > 0.001
        assert sounds.stem(part)[0] == sound
