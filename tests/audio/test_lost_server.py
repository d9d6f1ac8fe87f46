"""The sound goes away while a track plays, and comes back: real sound servers, ended, stopped and started again."""

import signal
import threading
import time

import pytest
from jack_dummy import jack_server
from listener import lost_and_paused
from pulse_dummy import pulse_server

from bgm_finder.reasons import Reason, Refusal

JACK = "system, JACK Audio Connection Kit"
PULSE = "pulse, ALSA"
NO_ANSWER = str(Refusal(Reason.DEVICE_NO_ANSWER, {"device": JACK}))
BUSY_S = 3.0
"""A tenth to a half of it where the computer has nothing else to do: tests/reliability/player_crashes.py."""
SOON_S = 8.0
"""Closing takes two seconds where JACK stands still; the rest is for a busy computer."""


@pytest.fixture
def pulse():
    with pulse_server() as server:
        yield server


@pytest.mark.parametrize("key", ["play", "next"])
def test_a_killed_server_pauses_and_the_next_key_plays_on_the_new_one(listen, pulse, key):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.kill()
    facts = lost_and_paused(listener)
    assert facts["error"].startswith(Reason.DEVICE_GONE)
    pulse.start()
    assert not listener.do("tell")["playing"]  # not by itself
    listener.do(key)
    again = listener.do("heard")
    assert again["position_s"] == pytest.approx(3.3 if key == "next" else facts["position_s"] + 0.3, abs=0.5)
    assert listener.close() == 0


def test_a_device_that_is_unplugged_pauses_and_one_at_another_rate_plays_on(listen, pulse):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.unload_sink()
    facts = lost_and_paused(listener)
    pulse.load_sink(48_000)
    assert not listener.do("tell")["playing"]
    listener.do("play")
    assert listener.do("heard")["position_s"] == pytest.approx(facts["position_s"] + 0.3, abs=0.5)
    assert listener.close() == 0


def test_a_server_that_stands_still_pauses_and_can_be_gone_on_with(listen, pulse):
    listener = listen("", pulse.environment())
    listener.do("heard")
    pulse.halt()
    facts = lost_and_paused(listener)
    assert facts["error"].startswith(Reason.DEVICE_NO_ANSWER)
    pulse.go_on()
    listener.do("play")
    listener.do("heard")


def test_an_app_that_is_put_to_sleep_plays_on_where_it_was(listen, pulse):
    listener = listen("", pulse.environment())
    before = listener.do("heard")
    listener.send(signal.SIGSTOP)
    threading.Event().wait(5.0)
    listener.send(signal.SIGCONT)
    after = listener.do("tell")
    assert after["position_s"] - before["position_s"] < 2.0
    if not after["playing"]:
        listener.do("play")
    listener.do("heard")
    assert listener.close() == 0


def test_without_a_server_nothing_is_heard_until_there_is_one(listen, pulse):
    pulse.kill()
    listener = listen("", pulse.environment())
    facts = listener.do("lost")
    assert facts["silent"]
    pulse.start()
    threading.Event().wait(2.1)  # a missing device is not tried at each key
    listener.do("next")
    listener.do("heard")


def test_after_a_jack_server_died_another_device_can_be_chosen(listen, pulse):
    with jack_server() as server:
        listener = listen(PULSE, {**pulse.environment(), **server.names()})
        listener.do("heard")
    facts = listener.do("device default, ALSA")  # makes PortAudio look for devices, which JACK's end once made fatal
    assert facts["error"] is None
    listener.do("heard")
    assert listener.close() == 0


def test_a_player_that_dies_or_stands_still_goes_on_at_the_same_place(listen):
    with jack_server(is_synchronous=False) as server:
        listener = listen(JACK, server.environment())
        listener.do("heard")
        for number in (signal.SIGSEGV, signal.SIGSTOP):
            listener.do("spare")
            facts = listener.do(f"signal {int(number)}")
            assert facts["gap_s"] < BUSY_S
            assert facts["moved_s"] == pytest.approx(0.05, abs=0.3)
        assert listener.close() == 0


@pytest.fixture
def jack():
    with jack_server() as server:
        yield server


def closes_soon(listener):
    before_s = time.monotonic()
    assert listener.close() == 0
    assert time.monotonic() - before_s < SOON_S


def test_a_jack_server_that_stands_still_pauses_holds_no_close_up_and_can_be_gone_on_with(listen, jack):
    listener, other = listen(JACK, jack.environment()), listen(JACK, jack.environment())
    listener.do("heard")
    other.do("heard")
    jack.halt()
    assert lost_and_paused(listener)["error"] == NO_ANSWER
    closes_soon(other)
    jack.go_on()
    listener.do("heard again")
    listener.do("heard")
    closes_soon(listener)


def test_a_jack_server_that_stands_still_while_it_is_opened_is_named(listen, jack):
    jack.halt()
    listener = listen(JACK, jack.environment())
    assert lost_and_paused(listener)["error"] == NO_ANSWER
    jack.go_on()
    listener.do("heard again")
    listener.do("heard")
    closes_soon(listener)
