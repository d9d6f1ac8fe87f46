"""The player over an output that is pulled by hand, and over the silent one."""

import threading
import time

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.playing.output import NoSoundCard, SilentOutput
from bgm_finder.audio.playing.player import Player
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.reasons import Reason, Refusal

RATE_HZ = 44_100
BLOCK = 512
FADE_IN = int(0.003 * RATE_HZ) + 1
FADE_OUT = int(0.010 * RATE_HZ)
PATIENCE_S = 10.0


class PulledOutput:
    """Takes sound when the test says so; keeps to Output."""

    is_silent = True
    name = "pulled"
    is_lost = False
    underflows = 0

    def __init__(self, rate_hz=RATE_HZ):
        self.rate_hz = rate_hz
        self.fill = None
        self.is_open = False

    def start(self, fill):
        self.fill = fill
        self.is_open = True

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


def settle(player):
    """Waits until so much is decoded that pulling two seconds by hand runs into no gap."""
    until(lambda: player.is_ready)
    voice = player._voice
    until(lambda: voice.is_complete or voice.waiting_s > 1.4)


def pull(player, output, seconds):
    parts = []
    for _ in range(round(seconds * RATE_HZ / BLOCK)):
        settle(player)
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
    """Gives the largest jump between neighbouring samples; the tones alone make 0.05 at most."""
    return float(np.abs(np.diff(sound, axis=0)).max())


@pytest.fixture
def output():
    return PulledOutput()


@pytest.fixture
def player(output):
    player = Player(lambda device: output)
    yield player
    player.close()
    assert not output.is_open


def test_plays_the_file_sample_for_sample(tmp_path, player, output):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    heard = pull(player, output, 3.0)
    np.testing.assert_array_equal(heard[FADE_IN:], samples[FADE_IN : len(heard)])
    assert player.position_s == pytest.approx(len(heard) / RATE_HZ)
    assert player.duration_s == pytest.approx(4.0)
    assert player.underruns == 0


def test_a_track_change_is_heard_at_once_and_without_a_click(tmp_path, player, output):
    write(tmp_path / "a.wav", 220.0)
    second = write(tmp_path / "b.wav", 500.0, phase=1.5)
    player.load(tmp_path / "a.wav")
    before = pull(player, output, 0.5)
    player.load(tmp_path / "b.wav")
    settle(player)
    after = output.pull(4 * BLOCK)
    np.testing.assert_array_equal(after[FADE_OUT:], second[FADE_OUT : len(after)])
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert player.path == tmp_path / "b.wav"
    assert player.switches == 2


def test_a_change_to_a_track_that_is_not_there_yet_fades_the_old_one_out(tmp_path, player, output):
    write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    before = pull(player, output, 0.2)
    player.load(tmp_path / "gone.wav")
    until(lambda: player.error is not None)
    after = output.pull(2 * BLOCK)
    assert not after[FADE_OUT:].any()
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert player.error.reason == Reason.VANISHED
    assert not player.is_playing
    assert player.ended == 0


@pytest.mark.parametrize("place_s", [0.0, 1.2345, 3.9])
def test_a_seek_goes_to_the_exact_frame_without_a_click(tmp_path, player, output, place_s):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    before = pull(player, output, 0.5)
    player.seek(place_s)
    assert player.position_s == pytest.approx(place_s)
    settle(player)
    after = output.pull(2 * BLOCK)
    frame = round(place_s * RATE_HZ)
    np.testing.assert_array_equal(after[FADE_OUT:], samples[frame + FADE_OUT : frame + len(after)])
    assert largest_step(np.concatenate([before, after])) < 0.06
    assert player.position_s == pytest.approx(place_s + len(after) / RATE_HZ)


def test_a_seek_beyond_the_end_ends_the_track(tmp_path, player, output):
    write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    pull(player, output, 0.1)
    player.seek(99.0)
    settle(player)
    output.pull(2 * BLOCK)
    assert player.ended == 1
    assert player.position_s == pytest.approx(4.0)


def test_the_last_of_many_loads_wins(tmp_path, player, output):
    paths = [tmp_path / f"{number}.wav" for number in range(8)]
    sounds = [write(path, 200.0 + 40 * number) for number, path in enumerate(paths)]
    for path in paths:
        player.load(path)
    heard = pull(player, output, 0.2)
    np.testing.assert_array_equal(heard[FADE_IN:], sounds[-1][FADE_IN : len(heard)])


def test_pause_keeps_the_position_and_play_goes_on(tmp_path, player, output):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    before = pull(player, output, 0.5)
    player.pause()
    fading = output.pull(8 * BLOCK)
    assert not fading[FADE_OUT:].any()
    held_s = player.position_s
    assert not player.is_playing
    assert held_s == pytest.approx(len(before) / RATE_HZ, abs=0.01)
    player.play()
    after = output.pull(2 * BLOCK)
    frame = round(held_s * RATE_HZ)
    np.testing.assert_array_equal(after[FADE_IN:], samples[frame + FADE_IN : frame + len(after)])
    assert largest_step(np.concatenate([before, fading, after])) < 0.06


def test_stop_goes_back_to_the_start(tmp_path, player, output):
    write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    pull(player, output, 0.5)
    player.stop()
    settle(player)
    assert not output.pull(4 * BLOCK)[FADE_OUT:].any()
    assert player.position_s == 0.0
    assert not player.is_playing


def test_the_end_is_counted_once_and_play_begins_again(tmp_path, player, output):
    samples = write(tmp_path / "short.wav", seconds=0.3)
    player.load(tmp_path / "short.wav")
    heard = pull(player, output, 0.5)
    np.testing.assert_array_equal(heard[FADE_IN : len(samples)], samples[FADE_IN:])
    assert not heard[len(samples) :].any()
    assert (player.ended, player.is_playing, player.underruns) == (1, False, 0)
    player.play()
    again = pull(player, output, 0.1)
    np.testing.assert_array_equal(again[FADE_IN:], samples[FADE_IN : len(again)])


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_loop_is_exact_to_the_frame(tmp_path, player, output, when):
    samples = write(tmp_path / "a.wav", seconds=2.0)
    player.load(tmp_path / "a.wav", play=False)
    if when == "while":
        settle(player)  # all of it is decoded by now
    player.set_loop(0.5, 0.75)
    player.play()
    heard = pull(player, output, 1.5)
    start, end = round(0.5 * RATE_HZ), round(0.75 * RATE_HZ)
    looped = [samples[:end]] + [samples[start:end]] * 4
    np.testing.assert_array_equal(heard[FADE_IN:], np.concatenate(looped)[FADE_IN : len(heard)])
    assert 0.5 <= player.position_s <= 0.75
    assert player.ended == 0


def test_a_loop_ends_when_it_is_cleared(tmp_path, player, output):
    write(tmp_path / "a.wav", seconds=2.0)
    player.load(tmp_path / "a.wav", start_s=1.0)
    player.set_loop(1.0, 1.5)
    pull(player, output, 1.2)
    player.set_loop(None, None)
    pull(player, output, 1.5)
    assert player.ended == 1
    assert player.position_s == pytest.approx(2.0)


def test_a_loop_over_the_whole_track_has_no_gap(tmp_path, player, output):
    samples = write(tmp_path / "a.wav", seconds=0.4)
    player.load(tmp_path / "a.wav", play=False)
    settle(player)
    player.set_loop(0.0, player.duration_s)
    player.play()
    heard = pull(player, output, 1.0)
    np.testing.assert_array_equal(heard[FADE_IN:], np.concatenate([samples] * 3)[FADE_IN : len(heard)])


def test_the_volume_turns_without_a_click(tmp_path, player, output):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav")
    before = pull(player, output, 0.2)
    player.set_level(0.25)
    after = pull(player, output, 0.3)
    np.testing.assert_allclose(after[-BLOCK:], 0.25 * samples[len(before) + len(after) - BLOCK :][:BLOCK], atol=1e-6)
    assert largest_step(np.concatenate([before, after])) < 0.06


def test_a_gain_belongs_to_its_track(tmp_path, player, output):
    samples = write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav", gain_db=-6.0206)
    heard = pull(player, output, 0.2)
    np.testing.assert_allclose(heard[FADE_IN:], 0.5 * samples[FADE_IN : len(heard)], atol=1e-5)
    player.load(tmp_path / "a.wav")
    heard = pull(player, output, 0.2)
    np.testing.assert_array_equal(heard[FADE_OUT:], samples[FADE_OUT : len(heard)])


def test_too_loud_a_gain_never_leaves_full_scale(tmp_path, player, output):
    write(tmp_path / "a.wav")
    player.load(tmp_path / "a.wav", gain_db=24.0)
    assert np.abs(pull(player, output, 0.3)).max() == 1.0


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 48_000, 96_000])
def test_other_rates_are_resampled_to_the_right_pitch_and_place(tmp_path, player, output, rate_hz):
    write(tmp_path / "a.wav", rate_hz=rate_hz)
    wanted = write(tmp_path / "same.wav")
    player.load(tmp_path / "a.wav", start_s=1.0)
    heard = pull(player, output, 1.0)
    np.testing.assert_allclose(heard[2000:], wanted[RATE_HZ + 2000 : RATE_HZ + len(heard)], atol=5e-3)


def test_a_head_decoded_before_is_heard_and_goes_on_exactly(tmp_path, output):
    prefetch = Prefetch()
    player = Player(lambda device: output, prefetch=prefetch)
    try:
        until(lambda: player.rate_hz is not None)
        write(tmp_path / "a.wav", rate_hz=48_000)
        wanted = write(tmp_path / "b.wav")
        prefetch.want([tmp_path / "gone.wav", tmp_path / "a.wav", tmp_path / "b.wav"])
        until(lambda: prefetch.get(tmp_path / "a.wav") is not None and prefetch.get(tmp_path / "b.wav") is not None)
        player.load(tmp_path / "b.wav")
        at_once = output.pull(BLOCK)  # nothing was waited for
        np.testing.assert_array_equal(at_once[FADE_IN:], wanted[FADE_IN:BLOCK])
        heard = np.concatenate([at_once, pull(player, output, 3.5)])
        np.testing.assert_array_equal(heard[FADE_IN:], wanted[FADE_IN : len(heard)])
        player.load(tmp_path / "a.wav")
        heard = pull(player, output, 3.5)
        np.testing.assert_allclose(heard[2000:], wanted[2000 : len(heard)], atol=5e-3)
    finally:
        player.close()
        prefetch.close()


@pytest.fixture
def prefetched(tmp_path, output):
    """A player that holds the head of a.wav, of 4 s."""
    prefetch = Prefetch()
    player = Player(lambda device: output, prefetch=prefetch)
    write(tmp_path / "a.wav")
    until(lambda: player.rate_hz is not None)
    prefetch.want([tmp_path / "a.wav"])
    until(lambda: prefetch.get(tmp_path / "a.wav") is not None)
    yield player
    player.close()
    prefetch.close()


def test_a_track_with_a_head_is_opened_only_when_the_head_runs_short(tmp_path, prefetched, output):
    (tmp_path / "a.wav").unlink()
    prefetched.load(tmp_path / "a.wav")
    assert prefetched.duration_s == 4.0
    assert output.pull(round(0.3 * RATE_HZ)).any()
    assert prefetched.error is None
    output.pull(round(0.5 * RATE_HZ))
    until(lambda: prefetched.error is not None)


def test_a_head_is_decoded_anew_where_its_file_has_changed(tmp_path, prefetched):
    prefetch = prefetched._prefetch
    before, wanted = prefetch.get(tmp_path / "a.wav"), write(tmp_path / "a.wav", hz=330.0, seconds=5.0)
    prefetch.want([tmp_path / "a.wav"])
    until(lambda: prefetch.get(tmp_path / "a.wav") is not before)
    after = prefetch.get(tmp_path / "a.wav")
    assert after.facts.duration_s == 5.0
    np.testing.assert_array_equal(after.samples, wanted[: len(after.samples)])


def test_a_loop_within_the_head_is_kept_to(tmp_path, prefetched, output):
    wanted = soundfile.read(tmp_path / "a.wav", dtype="float32")[0]
    prefetched.load(tmp_path / "a.wav")
    prefetched.set_loop(0.0, 0.5)
    heard = pull(prefetched, output, 1.2)
    loop = round(0.5 * RATE_HZ)
    np.testing.assert_array_equal(heard[loop : 2 * loop], wanted[:loop])


def test_a_change_of_device_goes_on_at_the_same_place(tmp_path):
    outputs = {None: PulledOutput(), "other": PulledOutput(48_000)}
    player = Player(lambda device: outputs[device])
    try:
        write(tmp_path / "a.wav")
        player.load(tmp_path / "a.wav")
        pull(player, outputs[None], 1.0)
        place_s = player.position_s
        player.use_device("other")
        until(lambda: outputs["other"].is_open and player.rate_hz == 48_000)
        assert not outputs[None].is_open
        assert player.position_s == pytest.approx(place_s)
        assert player.is_playing
        settle(player)
        assert outputs["other"].pull(2 * BLOCK).any()
    finally:
        player.close()


class Socket:
    """Gives another audible output each time that one is opened, once it may be."""

    def __init__(self):
        self.opened, self.may_open = [], threading.Event()
        self.may_open.set()

    def __call__(self, device):
        self.opened.append(PulledOutput())
        self.opened[-1].is_silent = False
        self.may_open.wait(PATIENCE_S)
        return self.opened[-1]


def test_a_file_that_vanishes_while_it_plays_is_told_and_the_next_one_plays(tmp_path, player, output):
    soundfile.write(tmp_path / "part.ogg", np.full((3 * RATE_HZ, 2), 0.25, np.float32), RATE_HZ)
    (tmp_path / "joined.ogg").write_bytes((tmp_path / "part.ogg").read_bytes() * 2)
    player.load(tmp_path / "joined.ogg")
    pull(player, output, 0.5)
    (tmp_path / "joined.ogg").unlink()
    until(lambda: output.pull(BLOCK) is not None and player.error is not None)
    assert player.error.reason == Reason.VANISHED
    samples = write(tmp_path / "b.wav")
    player.load(tmp_path / "b.wav")
    assert player.error is None
    heard = pull(player, output, 1.0)
    np.testing.assert_array_equal(heard[FADE_OUT:], samples[FADE_OUT : len(heard)])


def test_a_lost_device_pauses_says_so_and_is_tried_again_on_play(tmp_path):
    socket = Socket()
    opened, player = socket.opened, Player(socket)
    try:
        write(tmp_path / "a.wav")
        player.load(tmp_path / "a.wav")
        pull(player, opened[0], 0.5)
        opened[0].is_lost = True
        until(lambda: player.trouble is not None)
        assert player.trouble == Refusal(Reason.DEVICE_GONE, {"device": "pulled"})
        until(lambda: player.is_silent)
        assert not player.is_playing
        place_s = player.position_s
        player.play()
        until(lambda: len(opened) == 2 and opened[1].is_open)
        assert player.trouble is None
        assert player.is_playing
        assert player.position_s == pytest.approx(place_s, abs=0.1)
    finally:
        player.close()


def test_keys_pressed_while_a_device_is_being_opened_do_not_open_it_again(tmp_path):
    socket = Socket()
    opened, player = socket.opened, Player(socket)
    try:
        write(tmp_path / "a.wav")
        player.load(tmp_path / "a.wav")
        pull(player, opened[0], 0.5)
        socket.may_open.clear()
        opened[0].is_lost = True
        until(lambda: player.trouble is not None and player.is_silent)
        player.play()
        until(lambda: len(opened) == 2)
        for _ in range(3):
            player.play()
        socket.may_open.set()
        until(lambda: player.trouble is None)
        time.sleep(0.3)  # the outlet's thread would have looked by now
        assert len(opened) == 2
    finally:
        socket.may_open.set()
        player.close()


def test_a_device_that_is_not_there_is_not_replaced_by_another(tmp_path, output):
    def only_default(device):
        if device is not None:
            raise NoSoundCard(Reason.DEVICE_NOT_THERE, device=device)
        return output

    player = Player(only_default)
    try:
        write(tmp_path / "a.wav")
        player.load(tmp_path / "a.wav")
        pull(player, output, 0.2)
        player.use_device("headphones")
        until(lambda: player.trouble is not None)
        assert player.trouble == Refusal(Reason.DEVICE_NOT_THERE, {"device": "headphones"})
        until(lambda: player.is_silent and player._outlet.output.name == "")
        assert not player.is_playing
        assert not output.is_open
    finally:
        player.close()


def no_sound_card(device):
    raise NoSoundCard(Reason.NO_SOUND_LIBRARY, error="gone")


def test_without_a_sound_card_time_goes_on_in_silence(tmp_path):
    player = Player(no_sound_card)
    try:
        write(tmp_path / "a.wav", seconds=0.4)
        began_s = time.monotonic()
        player.load(tmp_path / "a.wav")
        until(lambda: player.ended == 1)
        assert player.is_silent
        assert player.trouble.reason == Reason.NO_SOUND_LIBRARY
        assert 0.3 < time.monotonic() - began_s < 5.0
        assert player.position_s == pytest.approx(0.4)
    finally:
        player.close()


@pytest.mark.parametrize("deed", ["play", "open"])
def test_a_player_that_waits_opens_the_sound_card_for_the_first_sound(tmp_path, output, deed):
    write(tmp_path / "a.wav")
    player = Player(lambda device: output, waits=True)
    try:
        player.load(tmp_path / "a.wav", play=False)
        assert not output.is_open
        player.play() if deed == "play" else player.open()
        until(lambda: output.is_open and player.is_ready)
        assert player.is_playing == (deed == "play")
    finally:
        player.close()


def test_a_sound_card_that_comes_later_is_heard_from_the_next_track_on(tmp_path, output):
    cards = []

    def plugged_in(device):
        if not cards:
            raise NoSoundCard(Reason.DEVICE_NOT_OPENED, error="busy")
        return cards[0]

    write(tmp_path / "a.wav")
    samples = write(tmp_path / "b.wav", 500.0)
    player = Player(plugged_in)
    try:
        player.load(tmp_path / "a.wav")
        until(lambda: player.is_silent and player.position_s > 0.1)
        cards.append(output)
        until(lambda: time.monotonic() - player._outlet._failed_s > 2.0)  # it is not tried at each key
        player.load(tmp_path / "b.wav")
        until(lambda: output.is_open)
        assert player.trouble is None
        place = round(player.position_s * RATE_HZ)
        heard = pull(player, output, 0.2)
        np.testing.assert_array_equal(heard[FADE_OUT:], samples[place + FADE_OUT : place + len(heard)])
    finally:
        player.close()


def test_the_silent_output_keeps_real_time():
    output = SilentOutput()
    taken = []
    began_s = time.monotonic()
    output.start(lambda sound: taken.append(len(sound)))
    until(lambda: sum(taken) > 0.3 * output.rate_hz)
    took_s = time.monotonic() - began_s
    output.close()
    assert sum(taken) / output.rate_hz == pytest.approx(took_s, abs=0.1)


def test_calls_come_back_at_once(tmp_path, player):
    write(tmp_path / "a.wav", seconds=20.0)
    began_s = time.thread_time()
    for number in range(50):
        player.load(tmp_path / "a.wav", start_s=number / 5)
        player.seek(1.0)
        player.set_loop(0.5, 1.5)
    assert (time.thread_time() - began_s) / 150 < 0.002
