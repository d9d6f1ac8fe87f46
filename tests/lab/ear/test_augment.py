"""Disturbances change windows as they should, and only so."""

import torch

from bgm_finder.similarity import patches
from lab.ear import augment
from lab.ear.augment import Augmenter, Windows


def windows(count=16, seed=0):
    random = torch.Generator().manual_seed(seed)
    mel = -60 + 30 * torch.rand(count, *patches.EAR_MEL.shape, generator=random)
    notes = -60 + 30 * torch.rand(count, *patches.EAR_NOTES.shape, generator=random)
    return Windows(mel, notes)


def test_the_same_seed_augments_in_the_same_way():
    one, other, third = (Augmenter(seed, windows(4, 9))(windows()) for seed in (1, 1, 2))
    assert torch.equal(one.mel, other.mel)
    assert not torch.equal(one.mel, third.mel)


def test_pictures_stay_finite_and_in_range():
    for picture in Augmenter(3, windows(4, 9))(windows(64)).units():
        assert torch.isfinite(picture).all()
        assert picture.min() >= 0
        assert picture.max() <= 1


def test_many_windows_are_left_as_they_were_by_each_kind_alone():
    plain = windows(200)
    limited = Augmenter(4, None).band_limit(plain)
    untouched = (limited.mel == plain.mel).flatten(1).all(dim=1).float().mean()
    assert 0.4 < untouched < 0.75


def test_mixing_speech_at_no_level_of_music_adds_the_powers():
    music, speech = (Windows(torch.full((1, 80, 192), db), torch.full((1, 72, 24), db)) for db in (0.0, -30.0))
    mixed = augment.with_company(music, speech, torch.tensor([0.0]))
    for picture in (mixed.mel, mixed.notes):
        assert torch.allclose(picture, torch.full_like(picture, 3.01), atol=0.01)


def test_an_octave_up_moves_a_note_by_twelve_bands():
    notes = torch.full((1, 72, 24), -80.0)
    notes[0, 20] = 0.0
    moved = augment.moved(notes, augment.NOTES_HZ, torch.tensor([12.0]), torch.tensor([1.0]))
    assert moved[0, :, 5].argmax() == 32


def test_twice_as_fast_brings_the_end_to_the_middle():
    ramp = torch.arange(192.0).expand(1, 80, 192).clone()
    moved = augment.moved(ramp, augment.MEL_HZ, torch.tensor([0.0]), torch.tensor([2.0]))
    assert moved[0, 0, 90] == 180
