"""Tempo texts as people and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgm_finder.catalogue.tempo_text import bpm_of


@pytest.mark.parametrize(
    ("text", "bpm"),
    [
        ("128", 128), ("128 BPM", 128), ("128bpm", 128), ("BPM128", 128), ("BPM: 128", 128), ("BPM：１２８", 128),
        ("♩=128", 128), ("♩ = 120", 120), ("♩.=80", 80), ("1/4 = 132", 132), ("テンポ128", 128), ("テンポ：９６", 96),
        ("128,5", 128.5), ("128.50", 128.5), ("１２８．５", 128.5), ("128.00", 128), ("128,000", 128),
        ("１２８ｂｐｍ", 128),
        ("~128", 128), ("≈128", 128), ("ca. 128", 128), ("c.128", 128), ("approx 128", 128), ("約128", 128),
        ("128前後", 128), ("+128", 128), ("128 拍/分", 128), ("128 beats/min", 128), ("128.", 128), (" 128 ", 128),
        ("120-128", 124), ("120 - 128 BPM", 124), ("120〜128", 124), ("120～128", 124), ("120–128", 124),
        ("120BPM-128BPM", 124), ("120 to 128", 124), ("120から128", 124), ("92.5…93.5", 93), ("120−128", 124),
        ("128/64", 128), ("64/128", 64), ("128 (64)", 128), ("128±2", 128), ("4/4 128", 128), ("128 BPM, 3/4", 128),
        ("12800", 128), ("1285", 128.5), ("9500", 95), ("1200", 120), ("128000", 128), ("12850 BPM", 128.5),
        ("Allegro (132)", 132), ("Fast 140", 140), ("Allegro 120-168", 144), ("速い（150）", 150), ("500", 500),
    ],
)  # fmt: skip
def test_a_tempo_is_read_as_it_is_meant(text, bpm):
    assert bpm_of(text) == bpm


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "?", "fast", "速い", "0", "0.00", "000", "-128", "3:20", "00:03:20", "4/4", "6/8", "100%",
        "44100 Hz", "128 kbps", "2024-01-02", "2024/05", "n/a", "5", "1234567",
    ],
)  # fmt: skip
def test_what_names_no_tempo_gives_none(text):
    assert bpm_of(text) is None


@given(st.text(max_size=30))
def test_any_text_gives_a_tempo_or_none(text):
    bpm = bpm_of(text)
    assert bpm is None or 10 <= bpm < 1000
