"""Chords, scales, voicings and guitar grips."""

import pytest

from lab.music.compose_harmony import Chord, guitar_shape, parse_chord, scale_over, voicing
from lab.music.compose_styles import STYLES


@pytest.mark.parametrize(
    ("symbol", "tones"),
    [
        ("I", (0, 4, 7)),
        ("vi7", (9, 0, 4, 7)),
        ("bVII", (10, 2, 5)),
        ("iim7b5", (2, 5, 8, 0)),
        ("Vsus4", (7, 0, 2)),
        ("i5", (0, 7)),
        ("IVmaj9", (5, 9, 0, 4, 7)),
    ],
)
def test_symbols_become_the_chords_they_name(symbol, tones):
    assert parse_chord(symbol, 0).tones == tones


def test_chords_follow_the_key():
    assert parse_chord("V", 2).tones == (9, 1, 4)


@pytest.mark.parametrize("symbol", ["H", "Imaj13", "", "7"])
def test_a_wrong_symbol_is_refused(symbol):
    with pytest.raises(ValueError, match="not a chord symbol"):
        parse_chord(symbol, 0)


def test_every_progression_of_every_style_can_be_read():
    for style in STYLES.values():
        for line in (*style.major, *style.minor):
            for symbol in line.replace("|", " ").split():
                assert parse_chord(symbol, 0).tones


def test_a_borrowed_chord_bends_the_scale():
    minor_fourth = parse_chord("iv", 0)
    assert scale_over(minor_fourth, 0, "major") == (0, 2, 4, 5, 7, 8, 11)


def test_voices_move_little_between_chords():
    first = voicing(parse_chord("I", 0), 60, 3)
    second = voicing(parse_chord("vi", 0), 60, 3, first)
    assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) <= 3
    assert {pitch % 12 for pitch in second} == {9, 0, 4}


def test_a_guitar_grip_has_its_root_lowest_and_at_most_six_strings():
    for root in range(12):
        grip = guitar_shape(Chord((root, (root + 4) % 12, (root + 7) % 12)))
        assert grip[0] % 12 == root
        assert 4 <= len(grip) <= 6
        assert all(pitch % 12 in (root, (root + 4) % 12, (root + 7) % 12) for pitch in grip)
