"""Signals that ask the app to end."""

import signal
import threading

import pytest

from bgm_finder.controllers.quit_signals import QuitSignals

ASKING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


@pytest.mark.parametrize("number", ASKING)
def test_a_signal_is_answered_in_the_loop_once_what_is_going_on_has_ended(qtbot, number):
    before = signal.signal(number, signal.SIG_DFL)  # a shell starts what runs behind it with SIGINT ignored
    signals, lock, held = QuitSignals(), threading.Lock(), []
    signals.received.connect(lambda: held.append(lock.locked()))
    try:
        assert signal.getsignal(number) is not signal.SIG_DFL
        with qtbot.waitSignal(signals.received), lock:
            signal.raise_signal(number)
            assert held == []
    finally:
        signals.close()
        after = signal.signal(number, before)
    assert held == [False]
    assert after is signal.SIG_DFL


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no terminals that hang up")
def test_a_signal_that_was_ignored_before_stays_ignored(qtbot):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals, received = QuitSignals(), []
    signals.received.connect(lambda: received.append(True))
    try:
        signal.raise_signal(signal.SIGHUP)
        with qtbot.waitSignal(signals.received):
            signal.raise_signal(signal.SIGTERM)
        assert received == [True]
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signals.close()
        signal.signal(signal.SIGHUP, before)
