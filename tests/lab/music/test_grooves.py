"""Bands are played in MMA's styles, over chords of one key, with a lead that keeps to them."""

import shutil

import mido
import numpy as np
import pytest

from lab.music import grooves
from lab.music.render_fonts import installed_fonts


def test_chords_begin_on_the_tonic_and_come_again():
    phrase = grooves.chords(np.random.default_rng(3), 24)
    assert len(phrase) == 24
    length = next(n for n in (4, 8) if phrase[:n] == phrase[n : 2 * n])
    assert phrase == (phrase[:length] * 6)[:24]
    assert phrase[0].quality in ("", "m")


def test_a_lead_keeps_to_the_chords_and_fills_its_bars():
    phrase = [grooves.Bar(0, ""), grooves.Bar(9, "m7")] * 4
    track = grooves.lead(phrase, 480, 4.0, np.random.default_rng(1))
    now, heard = 0, []
    for message in track:
        now += message.time
        if message.type == "note_on":
            bar = phrase[now // (4 * 480)]
            heard.append(message.note % 12 in {tone % 12 for tone in bar.tones()})
    assert len(heard) > 10
    assert all(heard)
    assert now <= len(phrase) * 4 * 480


def test_an_exchanged_instrument_stays_in_its_family_and_drums_stay_drums():
    track = mido.MidiTrack(mido.Message("program_change", channel=n % 16, program=33) for n in range(160))
    file = mido.MidiFile()
    file.tracks.append(track)
    grooves.exchange(file, np.random.default_rng(0))
    programs = {message.program for message in track}
    assert programs <= set(range(32, 40))
    assert len(programs) > 4
    assert all(message.program == 33 for message in track if message.channel == 9)


@pytest.mark.skipif(not shutil.which("mma") or not installed_fonts(), reason="needs Debian's mma and a soundfont")
def test_the_same_seed_renders_the_same_band(tmp_path):
    fonts, names = installed_fonts()[:1], grooves.styles()
    assert len(names) > 500
    seed = next(seed for seed in range(20) if grooves.render(seed, names, fonts, tmp_path))
    first = (tmp_path / f"{seed:06d}.flac").read_bytes()
    labels = grooves.render(seed, names, fonts, tmp_path)
    assert labels["duration_s"] > 10
    assert (tmp_path / f"{seed:06d}.flac").read_bytes() == first
