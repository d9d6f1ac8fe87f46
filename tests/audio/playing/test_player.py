"""The player and its process: commands are answered at once, and nothing that ends the process ends the sound."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.playing.output import SilentOutput, open_silence
from bgm_finder.audio.playing.player import Player
from bgm_finder.audio.playing.sound_card import NoSoundCard
from bgm_finder.reasons import Reason, Refusal

RATE_HZ = 44_100
TIMEOUT_S = 20.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks for signals")


def until(claim):
    deadline = time.monotonic() + TIMEOUT_S
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.002)


def only_default(device, over_jack):
    """Open a silence that counts as a sound card, but no device by its name."""
    if device is not None:
        raise NoSoundCard(Reason.DEVICE_NOT_THERE, device=device)
    output = SilentOutput()
    output.is_silent = False
    output.name = "card"
    return output


class Deadly(SilentOutput):
    """Ends the process with the first sound, as a decoder that crashes on its file does."""

    def start(self, fill):
        os.kill(os.getpid(), signal.SIGSEGV)


def open_deadly(device, over_jack):
    return Deadly()


@pytest.fixture
def tracks(tmp_path):
    paths = [tmp_path / f"{name}.wav" for name in "ab"]
    for path in paths:
        soundfile.write(path, np.zeros((20 * RATE_HZ, 2), np.float32), RATE_HZ)
    return paths


@pytest.fixture
def player(tracks):
    player = Player(only_default)
    player.load(tracks[0])
    until(lambda: player.position_s > 0.2)
    yield player
    pids = player.pids
    player.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_what_was_commanded_is_seen_at_once(player, tracks):
    player.seek(10.0)
    assert player.position_s == pytest.approx(10.0, abs=0.01)
    player.pause()
    assert not player.is_playing
    player.stop()
    assert (player.position_s, player.is_playing) == (0.0, False)
    player.seek(99.0)
    assert player.position_s == pytest.approx(20.0)
    player.play()
    assert player.is_playing
    player.load(tracks[1], start_s=3.0, play=False)
    assert (player.path, player.position_s, player.is_playing, player.error) == (tracks[1], 3.0, False, None)
    until(lambda: player.duration_s == 20.0)
    assert player.position_s == 3.0


def test_the_last_of_many_commands_holds(player, tracks):
    for number in range(200):
        player.load(tracks[number % 2], start_s=number / 20)
    assert player.position_s == pytest.approx(9.95)
    until(lambda: player.position_s > 10.1)
    assert player.path == tracks[1]


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGSTOP])
def test_a_process_that_dies_or_stands_still_is_told_once_and_the_sound_goes_on(player, number):
    player.seek(5.0)
    player.set_loop(4.0, 12.0)
    until(lambda: player.position_s > 5.2)
    for crashes in range(3):
        before_s = player.position_s
        os.kill(player.pids[0], number)
        until(lambda crashes=crashes: player.crashes > crashes)
        assert player.is_playing
        assert player.position_s == pytest.approx(before_s, abs=0.2)
        until(lambda before_s=before_s: player.position_s > before_s + 0.3)
        assert player.position_s < before_s + 2.0
        assert player.crashes == crashes + 1


def test_a_paused_process_that_dies_stays_paused_and_keeps_its_place(player):
    player.pause()
    player.seek(7.0)
    os.kill(player.pids[0], signal.SIGKILL)
    until(lambda: player.crashes == 1 and player.rate_hz is not None)
    assert (player.position_s, player.is_playing) == (7.0, False)


def test_a_device_of_which_each_process_dies_is_given_up(tracks):
    player = Player(open_deadly)
    try:
        player.load(tracks[0])
        until(lambda: player.device_error is not None and player.rate_hz is not None)
        assert player.device_error == Refusal(Reason.DEVICE_NO_ANSWER, {"device": "default"})
        assert player.crashes <= 5
        assert player.error.reason == Reason.STOPS_DECODER
    finally:
        player.close()


def test_a_device_that_is_not_there_is_not_replaced_by_another_and_another_can_be_chosen(player):
    place_s = player.position_s
    player.use_device("headphones")
    until(lambda: player.device_error is not None)
    assert player.device_error == Refusal(Reason.DEVICE_NOT_THERE, {"device": "headphones"})
    until(lambda: player.rate_hz is not None)
    assert player.is_silent
    assert not player.is_playing
    assert player.position_s == pytest.approx(place_s, abs=0.5)
    player.use_device(None)
    player.play()
    until(lambda: player.device_error is None and player.position_s > place_s + 0.5)
    assert not player.is_silent


def test_a_player_that_waits_has_no_process_until_a_track_is_loaded(tracks):
    player = Player(open_silence, waits=True)
    try:
        assert player.pids == []
        player.load(tracks[0], play=False)
        until(lambda: player.duration_s == 20.0)
    finally:
        player.close()


def test_a_file_that_cannot_be_read_is_one_error_until_another_track_comes(player, tracks, tmp_path):
    player.load(tmp_path / "gone.wav")
    until(lambda: player.error is not None)
    error = player.error
    assert error.reason == Reason.VANISHED
    player.set_level(0.5)
    until(lambda: player.is_ready)
    assert player.error is error
    player.load(tracks[0])
    assert player.error is None


def test_the_end_is_told(player):
    player.seek(19.9)
    assert not player.has_ended
    until(lambda: player.has_ended)
    assert not player.is_playing
    player.play()
    assert not player.has_ended
    until(lambda: 0.1 < player.position_s < 5.0)
