"""Sounds: in tune, at their level, with their tails, and mixed as told."""

from dataclasses import replace

import mido
import numpy as np
import pytest

from lab.music import render_effects as effects
from lab.music.compose import compose
from lab.music.compose_piece import Note, Part, PieceSpec
from lab.music.compose_rhythm import HAT, KICK
from lab.music.render import mix_parts, render_part
from lab.music.render_drums import play_drums
from lab.music.render_fonts import FONTS, FontMissing, play_font, programs_of, write_midi
from lab.music.render_modal import draw_modal_patch, play_modal
from lab.music.render_sounds import DRUM_MACHINE, MODAL, SYNTH, Sound, choose_sound
from lab.music.render_synth import WAVES, SynthPatch, play_synth

RATE_HZ = 22_050
A3 = (Note(0.0, 1.0, 57, 0.8),)


def _rng(seed=0):
    return np.random.default_rng(seed)


def _pitch_hz(sound):
    """The frequency whose harmonics are strongest together."""
    power = np.abs(np.fft.rfft(sound[0, : RATE_HZ // 2] * np.hanning(RATE_HZ // 2), RATE_HZ * 2)) ** 2
    candidates = np.arange(200, 1000)
    strength = [sum(power[k * bin_] ** 0.25 for k in range(1, 7)) for bin_ in candidates]
    return candidates[int(np.argmax(strength))] / 2


@pytest.mark.parametrize("instrument", ["acoustic_guitar", "electric_guitar", "piano", "bass", "plucked"])
def test_strings_are_in_tune(instrument):
    for seed in range(3):
        sound = play_modal(A3, draw_modal_patch(instrument, _rng(seed)), RATE_HZ, _rng())
        assert _pitch_hz(sound) == pytest.approx(220, abs=3)


@pytest.mark.parametrize("wave", WAVES)
def test_the_synthesizer_is_in_tune(wave):
    sound = play_synth(A3, SynthPatch(wave, fm_ratio=1.0), RATE_HZ, _rng())
    assert _pitch_hz(sound) == pytest.approx(220, abs=3)


def test_a_saw_hardly_aliases():
    patch = SynthPatch("saw", cutoff_hz=9000, sweep_octaves=0, resonance=0.7)
    sound = play_synth((Note(0, 1, 96, 1.0),), patch, RATE_HZ, _rng())[0, 2000:20_000]
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    base = 440 * 2 ** (27 / 12)
    near = np.abs(hz / base - np.round(hz / base)) * base < 12
    assert power[~near].sum() < 0.01 * power.sum()


def test_forceful_notes_are_louder_and_brighter():
    patch = draw_modal_patch("piano", _rng())
    soft = play_modal((Note(0, 1, 57, 0.2),), patch, RATE_HZ, _rng())
    loud = play_modal((Note(0, 1, 57, 1.0),), patch, RATE_HZ, _rng())
    assert effects.level_db(loud) > effects.level_db(soft) + 6

    def brightness(sound):
        power = np.abs(np.fft.rfft(sound[0])) ** 2
        return (power * np.arange(len(power))).sum() / power.sum()

    assert brightness(loud) > brightness(soft)


def test_a_note_ends_with_its_length():
    sound = play_modal((Note(0, 0.5, 57, 0.8),), draw_modal_patch("piano", _rng()), RATE_HZ, _rng())[0]
    assert np.abs(sound[int(1.4 * RATE_HZ) :]).max(initial=0) < 1e-3 * np.abs(sound).max()


def test_the_kick_is_low_and_the_hat_is_high():
    def centre_hz(drum):
        sound = play_drums((Note(0, 0.2, drum, 1.0),), RATE_HZ, _rng())[0]
        power = np.abs(np.fft.rfft(sound)) ** 2
        return (power * np.fft.rfftfreq(len(sound), 1 / RATE_HZ)).sum() / power.sum()

    assert centre_hz(KICK) < 300 < 5000 < centre_hz(HAT)


def test_two_seeds_give_two_guitars():
    first, second = (draw_modal_patch("acoustic_guitar", _rng(seed)) for seed in (1, 2))
    assert first != second


def test_levels_are_set_by_what_sounds():
    tone = np.sin(np.arange(RATE_HZ) * 0.1, dtype=np.float32)[None, :]
    padded = np.pad(tone, ((0, 0), (0, 4 * RATE_HZ)))
    assert effects.level_db(effects.set_level(padded, -20)) == pytest.approx(-20, abs=0.1)
    assert np.abs(effects.set_level(padded, -20)).max() == pytest.approx(0.1414, abs=0.005)


def test_an_amplifier_adds_overtones():
    tone = 0.3 * np.sin(2 * np.pi * 300 * np.arange(RATE_HZ) / RATE_HZ, dtype=np.float32)[None, :]
    driven = effects.amplifier(tone, 30, RATE_HZ, _rng())
    power = np.abs(np.fft.rfft(driven[0])) ** 2
    assert power[880:920].sum() > 1e-3 * power[280:320].sum()
    assert driven.shape == tone.shape


def test_a_room_adds_a_tail_and_width():
    click = np.zeros((2, RATE_HZ), np.float32)
    click[:, 10] = 1
    wet = effects.room(click, 1.0, 0.5, RATE_HZ, _rng())
    assert wet.shape[1] > RATE_HZ
    assert abs(np.corrcoef(wet[:, 2000:12_000])[0, 1]) < 0.2


def test_limiting_keeps_peaks_below_the_ceiling_and_quiet_sound_untouched():
    sound = np.linspace(-3, 3, 1001, dtype=np.float32)[None, :]
    limited = effects.limited(sound, 0.8)
    assert np.abs(limited).max() <= 0.8
    quiet = np.abs(sound) < 0.5
    assert np.array_equal(limited[quiet], sound[quiet])


def test_compression_narrows_the_range():
    loud_then_soft = np.concatenate([np.full(RATE_HZ, 0.8), np.full(RATE_HZ, 0.05)]).astype(np.float32)
    tone = (loud_then_soft * np.sin(np.arange(2 * RATE_HZ) * 0.2)).astype(np.float32)[None, :]
    out = effects.compressed(tone, -20, 4, RATE_HZ)
    middle = RATE_HZ // 2
    before = np.abs(tone[0, :middle]).max() / np.abs(tone[0, -middle:]).max()
    after = np.abs(out[0, middle:RATE_HZ]).max() / np.abs(out[0, -middle:]).max()
    assert after < before * 0.7


def test_parts_are_mixed_at_their_levels():
    piece = compose(5, PieceSpec("synthesizer", "techno", "dark", 130, 9, 8, ("bass", "drums"), playing="lead"))
    sounds = [Sound(SYNTH if part.role != "drums" else DRUM_MACHINE, seed=1, shade=False) for part in piece.parts]
    mix = mix_parts(piece, sounds, RATE_HZ, channels=2)
    assert mix.samples.shape[0] == 2 and np.isfinite(mix.samples).all()
    assert sum(mix.shares.values()) == pytest.approx(1, abs=0.01)
    assert max(mix.shares, key=mix.shares.__getitem__) == "synthesizer"
    softer = replace(piece, parts=tuple(replace(part, level_db=part.level_db - 6) for part in piece.parts))
    quiet = mix_parts(softer, sounds, RATE_HZ, channels=2)
    assert effects.level_db(mix.samples) - effects.level_db(quiet.samples) == pytest.approx(6, abs=0.1)


def test_a_part_panned_left_is_louder_left():
    piece = compose(5, PieceSpec("synthesizer", "techno", "dark", 130, 9, 8, (), playing="lead"))
    mix = mix_parts(piece, [Sound(SYNTH, seed=1, pan=-0.8, shade=False)], RATE_HZ, channels=2)
    left, right = (mix.samples**2).sum(axis=1)
    assert left > 10 * right


def test_without_fonts_our_own_sources_play_everything():
    sources = set()
    for seed in range(12):
        sources |= {choose_sound(part, [], _rng(seed)).source for part in compose(seed).parts}
    assert sources == {MODAL, SYNTH, DRUM_MACHINE}


def test_midi_files_hold_the_notes(tmp_path):
    notes = (Note(0.5, 0.25, 60, 0.5), Note(1.0, 0.5, 64, 1.0))
    write_midi(notes, 8 * 128 + 25, False, tmp_path / "part.mid")
    messages = list(mido.MidiFile(tmp_path / "part.mid"))
    now, begun = 0.0, {}
    for message in messages:
        now += message.time
        if message.type == "note_on":
            begun[message.note] = (pytest.approx(now, abs=0.002), message.velocity)
    assert begun == {60: (0.5, 64), 64: (1.0, 127)}
    assert [m.value for m in messages if m.type == "control_change"] == [8]
    assert [m.program for m in messages if m.type == "program_change"] == [25]


def test_a_missing_font_names_its_package(monkeypatch, tmp_path):
    monkeypatch.setitem(FONTS, "FluidR3_GM", replace(FONTS["FluidR3_GM"], file=tmp_path / "none.sf2"))
    with pytest.raises(FontMissing, match="fluid-soundfont-gm"):
        play_font(A3, "FluidR3_GM", 0, False, RATE_HZ)


@pytest.mark.parametrize("font", FONTS)
def test_an_installed_font_plays_in_tune(font):
    if not FONTS[font].file.exists():
        pytest.skip(f"{FONTS[font].package} is not installed")
    if FONTS[font].has_only_drums:
        drums = play_font((Note(0, 0.5, KICK, 0.9),), font, programs_of(font, "drums")[0], True, RATE_HZ)
        assert effects.level_db(drums) > -60
        return
    notes = (Note(0, 1.5, 57, 0.8),)
    sound = play_font(notes, font, programs_of(font, "piano")[0], False, RATE_HZ)
    assert _pitch_hz(sound.mean(axis=0, keepdims=True)) == pytest.approx(220, abs=4)


def test_a_larger_body_keeps_pitch_and_time():
    if not FONTS["TimGM6mb"].file.exists():
        pytest.skip("timgm6mb-soundfont is not installed")
    part = Part("piano", "lead", 0.0, (Note(0.5, 1.5, 57, 0.8),))
    plain, larger = (
        render_part(part, Sound("TimGM6mb", shade=False, body=body), RATE_HZ, channels=1) for body in (0, 4)
    )
    for sound in (plain, larger):
        onset = int(np.argmax(np.abs(sound[0]) > 0.1 * np.abs(sound).max()))
        assert onset / RATE_HZ == pytest.approx(0.5, abs=0.03)
        assert _pitch_hz(sound[:, onset:]) == pytest.approx(220, abs=4)
    assert not np.allclose(plain[0, :20_000], larger[0, :20_000], atol=1e-3)


def test_a_layer_adds_a_second_sound():
    part = Part("synthesizer", "lead", 0.0, A3)
    alone = Sound(SYNTH, patch=SynthPatch("saw"), shade=False)
    doubled = replace(alone, layer=Sound(SYNTH, patch=SynthPatch("fm", fm_ratio=7.0), shade=False))
    first, second = (render_part(part, sound, RATE_HZ, channels=1) for sound in (alone, doubled))
    assert effects.level_db(second - first) == pytest.approx(effects.level_db(first) - 5, abs=0.1)
