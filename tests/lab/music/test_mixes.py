"""Mixes are made of stretches of real tracks and bands, never of packages that are held out from each other."""

import json

import numpy as np
import soundfile

from bgm_finder.training import rendered
from lab.music import changes, mixes
from lab.music.corpus import RATE_HZ


def tone(path, hz, seconds, rate_hz=RATE_HZ, level=0.3):
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    soundfile.write(path, (level * np.sin(2 * np.pi * hz * times)).astype(np.float32), rate_hz)
    return path


def loudest_hz(sound):
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return np.fft.rfftfreq(len(sound), 1 / RATE_HZ)[spectrum.argmax()]


def test_a_stretch_is_as_long_as_asked_and_is_played_as_it_is_or_somewhat_faster_or_slower(tmp_path):
    path = tone(tmp_path / "a.wav", 440, 20, rate_hz=44100)
    heard = [loudest_hz(mixes.stretch(path, np.random.default_rng(seed))) for seed in range(20)]
    assert len(mixes.stretch(path, np.random.default_rng(0))) == mixes.SECONDS * RATE_HZ
    assert sum(abs(hz - 440) < 1 for hz in heard) >= 3
    assert max(heard) > 470
    assert min(heard) < 410
    assert all(440 * 2**-0.36 < hz < 440 * 2**0.36 for hz in heard)


def test_a_stretch_of_a_short_file_is_repeated(tmp_path):
    path = tone(tmp_path / "short.wav", 440, 1.0)
    heard = mixes.stretch(path, np.random.default_rng(1))
    assert len(heard) == mixes.SECONDS * RATE_HZ
    assert np.abs(heard[-RATE_HZ:]).max() > 0.2


def test_both_parts_are_heard_however_loud_their_files_are():
    times = np.arange(RATE_HZ) / RATE_HZ
    loud, soft = 0.9 * np.sin(2 * np.pi * 300 * times), 0.001 * np.sin(2 * np.pi * 1000 * times)
    sound = mixes.mixed([loud.astype(np.float32), soft.astype(np.float32)], np.random.default_rng(3))
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.abs(sound).max() <= 0.81
    assert 0.1 < spectrum[300] / spectrum[1000] < 10


def test_the_same_seed_makes_the_same_mix_and_halves_are_never_mixed(tmp_path):
    sources = [
        mixes.Source(tone(tmp_path / f"{name}.wav", 200 + 100 * number, 10), (name,), ())
        for number, name in enumerate("abcd")
    ]
    halves, bands = [sources[:2], sources[2:]], [mixes.Source(tone(tmp_path / "band.wav", 900, 10), (), ("Font",))]
    rows = [mixes.render(seed, halves, bands, tmp_path) for seed in range(40)]
    first = (tmp_path / "000007.flac").read_bytes()
    assert mixes.render(7, halves, bands, tmp_path) == rows[7]
    assert (tmp_path / "000007.flac").read_bytes() == first
    for seed, row in enumerate(rows):
        assert {*row["packages"]} <= ({"a", "b"} if seed % 2 == 0 else {"c", "d"})
    assert any(row["fonts"] for row in rows)
    assert any(len(row["packages"]) == 2 for row in rows)

    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    kept = rendered.read_company(tmp_path, without=frozenset({"a", "b"}))
    assert {path.name for path in kept} == {row["file"] for row in rows if not {"a", "b"} & {*row["packages"]}}


def test_every_change_leaves_a_stretch_finite_and_as_long_as_it_was():
    rng = np.random.default_rng(0)
    sound = (0.1 * rng.normal(size=RATE_HZ)).astype(np.float32)
    for seed in range(40):
        other = changes.changed(sound, RATE_HZ, np.random.default_rng(seed))
        assert other.shape == sound.shape
        assert other.dtype == np.float32
        assert np.isfinite(other).all()
        assert not np.array_equal(other, sound)
