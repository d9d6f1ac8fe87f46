"""The engine over an output that is pulled by hand, and over the silent one."""

import threading
import time

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.playing.engine import Engine
from bgm_finder.audio.playing.output import SilentOutput
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.playing.sound_card import NoSoundCard
from bgm_finder.reasons import Reason

RATE_HZ = 44_100
BLOCK = 512
FADE_IN = int(0.003 * RATE_HZ) + 1
FADE_OUT = int(0.010 * RATE_HZ)
PATIENCE_S = 10.0


class PulledOutput:
    """Takes sound when the test says so; keeps to Output."""

    is_silent = True
    name = "pulled"
    stops_after_s = 3600.0
    is_lost = False
    underflows = 0

    def __init__(self, rate_hz=RATE_HZ):
        self.rate_hz = rate_hz
        self.fill = None
        self.is_open = False

    def start(self, fill):
        self.fill = fill
        self.is_open = True

    def stop(self):
        self.is_open = False

    def close(self):
        self.is_open = False

    def pull(self, frames):
        sound = np.full((frames, 2), np.nan, np.float32)
        for start in range(0, frames, BLOCK):
            self.fill(sound[start : start + BLOCK])
        return sound


def until(claim):
    deadline = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.001)


def settle(engine):
    """Waits until so much is decoded that pulling two seconds by hand runs into no gap."""
    until(lambda: engine.state().is_ready)
    until(lambda: engine.state().ahead_s > 1.4)


def pull(engine, output, seconds):
    parts = []
    for _ in range(round(seconds * RATE_HZ / BLOCK)):
        settle(engine)
        parts.append(output.pull(BLOCK))
    return np.concatenate(parts)


def write(path, hz=220.0, seconds=4.0, rate_hz=RATE_HZ, phase=0.0):
    """Writes two tones of slowly changing pitch, so that every place in the file is unlike any other."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    left = 0.4 * np.sin(2 * np.pi * (hz + 5 * at) * at + phase)
    right = 0.4 * np.sin(2 * np.pi * (1.5 * hz + 7 * at) * at + phase)
    samples = np.stack([left, right], axis=1).astype(np.float32)
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
    return samples


def largest_step(sound):
    """Return the largest jump between neighbouring samples; the tones alone make 0.05 at most."""
    return float(np.abs(np.diff(sound, axis=0)).max())


@pytest.fixture
def output():
    return PulledOutput()


@pytest.fixture
def engine(output):
    engine = Engine(lambda: output, Prefetch())
    yield engine
    engine.close()
    assert not output.is_open


def test_plays_the_file_sample_for_sample(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    heard = pull(engine, output, 3.0)
    np.testing.assert_array_equal(heard[FADE_IN:], samples[FADE_IN : len(heard)])
    assert engine.state().position_s == pytest.approx(len(heard) / RATE_HZ)
    assert engine.state().duration_s == pytest.approx(4.0)
    assert engine.state().underruns == 0


def test_a_track_change_is_heard_at_once_and_without_a_click(tmp_path, engine, output):
    write(tmp_path / "a.wav", 220.0)
    second = write(tmp_path / "b.wav", 500.0, phase=1.5)
    engine.load(tmp_path / "a.wav")
    before = pull(engine, output, 0.5)
    engine.load(tmp_path / "b.wav")
    settle(engine)
    after = output.pull(4 * BLOCK)
    np.testing.assert_array_equal(after[FADE_OUT:], second[FADE_OUT : len(after)])
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert engine.state().switches == 2


def test_a_change_to_a_track_that_is_not_there_yet_fades_the_old_one_out(tmp_path, engine, output):
    write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    before = pull(engine, output, 0.2)
    engine.load(tmp_path / "gone.wav")
    until(lambda: engine.state().error is not None)
    after = output.pull(2 * BLOCK)
    assert not after[FADE_OUT:].any()
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert engine.state().error.reason == Reason.VANISHED
    assert not engine.state().is_playing
    assert not engine.state().has_ended


@pytest.mark.parametrize("place_s", [0.0, 1.2345, 3.9])
def test_a_seek_goes_to_the_exact_frame_without_a_click(tmp_path, engine, output, place_s):
    samples = write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    before = pull(engine, output, 0.5)
    engine.seek(place_s)
    assert engine.state().position_s == pytest.approx(place_s)
    settle(engine)
    after = output.pull(2 * BLOCK)
    frame = round(place_s * RATE_HZ)
    np.testing.assert_array_equal(after[FADE_OUT:], samples[frame + FADE_OUT : frame + len(after)])
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert engine.state().position_s == pytest.approx(place_s + len(after) / RATE_HZ)


def test_a_seek_beyond_the_end_ends_the_track(tmp_path, engine, output):
    write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    pull(engine, output, 0.1)
    engine.seek(99.0)
    settle(engine)
    output.pull(2 * BLOCK)
    assert engine.state().has_ended
    assert engine.state().position_s == pytest.approx(4.0)


def test_the_last_of_many_loads_wins(tmp_path, engine, output):
    paths = [tmp_path / f"{number}.wav" for number in range(8)]
    sounds = [write(path, 200.0 + 40 * number) for number, path in enumerate(paths)]
    for path in paths:
        engine.load(path)
    heard = pull(engine, output, 0.2)
    np.testing.assert_array_equal(heard[FADE_IN:], sounds[-1][FADE_IN : len(heard)])


def test_pause_keeps_the_position_and_play_goes_on(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    before = pull(engine, output, 0.5)
    engine.pause()
    fading = output.pull(8 * BLOCK)
    assert not fading[FADE_OUT:].any()
    held_s = engine.state().position_s
    assert not engine.state().is_playing
    assert held_s == pytest.approx(len(before) / RATE_HZ, abs=0.01)
    engine.play()
    after = output.pull(2 * BLOCK)
    frame = round(held_s * RATE_HZ)
    np.testing.assert_array_equal(after[FADE_IN:], samples[frame + FADE_IN : frame + len(after)])
    assert largest_step(np.concatenate([before, fading, after])) < 0.06


def test_stop_goes_back_to_the_start(tmp_path, engine, output):
    write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    pull(engine, output, 0.5)
    engine.stop()
    settle(engine)
    assert not output.pull(4 * BLOCK)[FADE_OUT:].any()
    assert engine.state().position_s == 0.0
    assert not engine.state().is_playing


def test_the_end_is_counted_once_and_play_begins_again(tmp_path, engine, output):
    samples = write(tmp_path / "short.wav", seconds=0.3)
    engine.load(tmp_path / "short.wav")
    heard = pull(engine, output, 0.5)
    np.testing.assert_array_equal(heard[FADE_IN : len(samples)], samples[FADE_IN:])
    assert not heard[len(samples) :].any()
    assert (engine.state().has_ended, engine.state().is_playing, engine.state().underruns) == (True, False, 0)
    engine.play()
    again = pull(engine, output, 0.1)
    np.testing.assert_array_equal(again[FADE_IN:], samples[FADE_IN : len(again)])


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_loop_is_exact_to_the_frame(tmp_path, engine, output, when):
    samples = write(tmp_path / "a.wav", seconds=2.0)
    engine.load(tmp_path / "a.wav", play=False)
    if when == "while":
        settle(engine)  # all of it is decoded by now
    engine.set_loop(0.5, 0.75)
    engine.play()
    heard = pull(engine, output, 1.5)
    start, end = round(0.5 * RATE_HZ), round(0.75 * RATE_HZ)
    looped = [samples[:end]] + [samples[start:end]] * 4
    np.testing.assert_array_equal(heard[FADE_IN:], np.concatenate(looped)[FADE_IN : len(heard)])
    assert 0.5 <= engine.state().position_s <= 0.75
    assert not engine.state().has_ended


def test_a_loop_ends_when_it_is_cleared(tmp_path, engine, output):
    write(tmp_path / "a.wav", seconds=2.0)
    engine.load(tmp_path / "a.wav", start_s=1.0)
    engine.set_loop(1.0, 1.5)
    pull(engine, output, 1.2)
    engine.set_loop(None, None)
    pull(engine, output, 1.5)
    assert engine.state().has_ended
    assert engine.state().position_s == pytest.approx(2.0)


def test_a_loop_over_the_whole_track_has_no_gap(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav", seconds=0.4)
    engine.load(tmp_path / "a.wav", play=False)
    settle(engine)
    engine.set_loop(0.0, engine.state().duration_s)
    engine.play()
    heard = pull(engine, output, 1.0)
    np.testing.assert_array_equal(heard[FADE_IN:], np.concatenate([samples] * 3)[FADE_IN : len(heard)])


def test_the_volume_turns_without_a_click(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav")
    before = pull(engine, output, 0.2)
    engine.set_level(0.25)
    after = pull(engine, output, 0.3)
    np.testing.assert_allclose(after[-BLOCK:], 0.25 * samples[len(before) + len(after) - BLOCK :][:BLOCK], atol=1e-6)
    assert largest_step(np.concatenate([before, after])) < 0.06


def test_a_gain_belongs_to_its_track(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav", gain_db=-6.0206)
    heard = pull(engine, output, 0.2)
    np.testing.assert_allclose(heard[FADE_IN:], 0.5 * samples[FADE_IN : len(heard)], atol=1e-5)
    engine.load(tmp_path / "a.wav")
    heard = pull(engine, output, 0.2)
    np.testing.assert_array_equal(heard[FADE_OUT:], samples[FADE_OUT : len(heard)])


def test_too_loud_a_gain_never_leaves_full_scale(tmp_path, engine, output):
    write(tmp_path / "a.wav")
    engine.load(tmp_path / "a.wav", gain_db=24.0)
    assert np.abs(pull(engine, output, 0.3)).max() == 1.0


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 48_000, 96_000])
def test_other_rates_are_resampled_to_the_right_pitch_and_place(tmp_path, engine, output, rate_hz):
    write(tmp_path / "a.wav", rate_hz=rate_hz)
    wanted = write(tmp_path / "same.wav")
    engine.load(tmp_path / "a.wav", start_s=1.0)
    heard = pull(engine, output, 1.0)
    np.testing.assert_allclose(heard[2000:], wanted[RATE_HZ + 2000 : RATE_HZ + len(heard)], atol=5e-3)


def test_a_head_decoded_before_is_heard_and_goes_on_exactly(tmp_path, output):
    prefetch = Prefetch()
    engine = Engine(lambda: output, prefetch)
    try:
        until(lambda: engine.state().rate_hz is not None)
        write(tmp_path / "a.wav", rate_hz=48_000)
        wanted = write(tmp_path / "b.wav")
        prefetch.want([tmp_path / "gone.wav", tmp_path / "a.wav", tmp_path / "b.wav"])
        until(lambda: prefetch.get(tmp_path / "a.wav") is not None and prefetch.get(tmp_path / "b.wav") is not None)
        engine.load(tmp_path / "b.wav")
        at_once = output.pull(BLOCK)  # nothing was waited for
        np.testing.assert_array_equal(at_once[FADE_IN:], wanted[FADE_IN:BLOCK])
        heard = np.concatenate([at_once, pull(engine, output, 3.5)])
        np.testing.assert_array_equal(heard[FADE_IN:], wanted[FADE_IN : len(heard)])
        engine.load(tmp_path / "a.wav")
        heard = pull(engine, output, 3.5)
        np.testing.assert_allclose(heard[2000:], wanted[2000 : len(heard)], atol=5e-3)
    finally:
        engine.close()


@pytest.fixture
def prefetched(tmp_path, output):
    """A engine that holds the head of a.wav, of 4 s."""
    prefetch = Prefetch()
    engine = Engine(lambda: output, prefetch)
    write(tmp_path / "a.wav")
    until(lambda: engine.state().rate_hz is not None)
    prefetch.want([tmp_path / "a.wav"])
    until(lambda: prefetch.get(tmp_path / "a.wav") is not None)
    yield engine, prefetch
    engine.close()


def test_a_track_with_a_head_is_opened_only_when_the_head_runs_short(tmp_path, prefetched, output):
    engine, _ = prefetched
    (tmp_path / "a.wav").unlink()
    engine.load(tmp_path / "a.wav")
    assert engine.state().duration_s == 4.0
    assert output.pull(round(0.3 * RATE_HZ)).any()
    assert engine.state().error is None
    output.pull(round(0.5 * RATE_HZ))
    until(lambda: engine.state().error is not None)


def test_a_head_is_decoded_anew_where_its_file_has_changed(tmp_path, prefetched):
    _, prefetch = prefetched
    before, wanted = prefetch.get(tmp_path / "a.wav"), write(tmp_path / "a.wav", hz=330.0, seconds=5.0)
    prefetch.want([tmp_path / "a.wav"])
    until(lambda: prefetch.get(tmp_path / "a.wav") is not before)
    after = prefetch.get(tmp_path / "a.wav")
    assert after.facts.duration_s == 5.0
    np.testing.assert_array_equal(after.samples, wanted[: len(after.samples)])


def test_a_loop_within_the_head_is_kept_to(tmp_path, prefetched, output):
    engine, _ = prefetched
    wanted = soundfile.read(tmp_path / "a.wav", dtype="float32")[0]
    engine.load(tmp_path / "a.wav")
    engine.set_loop(0.0, 0.5)
    heard = pull(engine, output, 1.2)
    loop = round(0.5 * RATE_HZ)
    np.testing.assert_array_equal(heard[loop : 2 * loop], wanted[:loop])


def test_a_file_that_vanishes_while_it_plays_is_told_and_the_next_one_plays(tmp_path, engine, output):
    soundfile.write(tmp_path / "part.ogg", np.full((3 * RATE_HZ, 2), 0.25, np.float32), RATE_HZ)
    (tmp_path / "joined.ogg").write_bytes((tmp_path / "part.ogg").read_bytes() * 2)
    engine.load(tmp_path / "joined.ogg")
    pull(engine, output, 0.5)
    (tmp_path / "joined.ogg").unlink()
    until(lambda: output.pull(BLOCK) is not None and engine.state().error is not None)
    assert engine.state().error.reason == Reason.VANISHED
    samples = write(tmp_path / "b.wav")
    engine.load(tmp_path / "b.wav")
    assert engine.state().error is None
    heard = pull(engine, output, 1.0)
    np.testing.assert_array_equal(heard[FADE_OUT:], samples[FADE_OUT : len(heard)])


def no_sound_card():
    raise NoSoundCard(Reason.NO_SOUND_LIBRARY, error="gone")


def test_without_a_sound_card_time_goes_on_in_silence(tmp_path):
    engine = Engine(no_sound_card, Prefetch())
    try:
        write(tmp_path / "a.wav", seconds=0.4)
        began_s = time.monotonic()
        engine.load(tmp_path / "a.wav")
        until(lambda: engine.state().has_ended)
        assert engine.state().is_silent
        assert engine.state().device_error.reason == Reason.NO_SOUND_LIBRARY
        assert 0.3 < time.monotonic() - began_s < 5.0
        assert engine.state().position_s == pytest.approx(0.4)
    finally:
        engine.close()


def test_an_output_rests_while_nothing_plays_and_goes_on_with_the_next_key(tmp_path, engine, output):
    samples = write(tmp_path / "a.wav")
    output.stops_after_s = 0.0
    engine.load(tmp_path / "a.wav", play=False)
    until(lambda: not output.is_open)
    engine.play()
    until(lambda: output.is_open)
    heard = pull(engine, output, 0.2)
    np.testing.assert_array_equal(heard[FADE_IN:], samples[FADE_IN : len(heard)])


def test_the_silent_output_keeps_real_time():
    output = SilentOutput()
    taken = []
    began_s = time.monotonic()
    output.start(lambda sound: taken.append(len(sound)))
    until(lambda: sum(taken) > 0.3 * output.rate_hz)
    took_s = time.monotonic() - began_s
    output.close()
    assert sum(taken) / output.rate_hz == pytest.approx(took_s, abs=0.1)


def test_calls_come_back_at_once(tmp_path, engine):
    write(tmp_path / "a.wav", seconds=20.0)
    began_s = time.thread_time()
    for number in range(50):
        engine.load(tmp_path / "a.wav", start_s=number / 5)
        engine.seek(1.0)
        engine.set_loop(0.5, 1.5)
    assert (time.thread_time() - began_s) / 150 < 0.002
