"""Plugins as sound sources: their patches are found by instrument, and play the pitch that is written."""

import numpy as np
import pytest

from lab.music import play_plugin
from lab.music.compose_piece import Note
from lab.music.render_effects import level_db
from lab.music.render_plugins import BANKS, installed_banks, patches_of, play_bank

RATE_HZ = 22_050
NOTES = [Note(0.2, 1.5, 57, 0.8)]
INSTALLED = [(bank, instrument) for bank in installed_banks() for instrument in BANKS[bank].names]


@pytest.mark.parametrize(("bank", "instrument"), INSTALLED)
def test_every_instrument_has_patches(bank: str, instrument: str) -> None:
    assert patches_of(bank, instrument)


def test_no_bass_passes_for_a_synthesizer() -> None:
    names = [name for bank in installed_banks() for name in patches_of(bank, "synthesizer")]
    assert not [name for name in names if "bass" in name.lower()]


@pytest.mark.skipif("mda_Piano" not in installed_banks(), reason="mda-lv2 is not installed")
def test_piano_plays_the_pitch_that_is_written() -> None:
    sound = play_bank(NOTES, "mda_Piano", "1", RATE_HZ).mean(axis=0)
    assert np.abs(sound[: int(0.15 * RATE_HZ)]).max() < 1e-3
    held = sound[int(0.4 * RATE_HZ) : int(1.4 * RATE_HZ)]
    spectrum = np.abs(np.fft.rfft(held * np.hanning(len(held))))
    strongest_hz = float(spectrum[:1000].argmax()) * RATE_HZ / len(held)
    assert min(abs(strongest_hz - 220 * number) for number in (1, 2, 3)) < 5


@pytest.mark.skipif("amsynth" not in installed_banks(), reason="amsynth is not installed")
def test_patches_sound_unlike_each_other() -> None:
    one, other = (play_bank(NOTES, "amsynth", name, RATE_HZ)[0] for name in patches_of("amsynth", "synthesizer")[5:7])
    assert level_db(one[None]) > -60
    assert np.corrcoef(one, other)[0, 1] < 0.95


def test_a_control_just_below_zero_is_no_option() -> None:
    words = ["synth.so", "part.mid", "part.wav", "--controls=-3.3e-08,0.5"]
    assert play_plugin.parser().parse_args(words).controls == [-3.3e-08, 0.5]
