"""When a process of the player counts as standing still."""

import time

from bgm_finder.audio.playing.crashes import Heartbeat


def test_a_pause_in_which_the_window_slept_too_is_known_and_counts_for_nothing(monkeypatch):
    now_s = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    heartbeat = Heartbeat(look_s=0.1)
    assert not heartbeat.stands_still(1, True)
    now_s += 0.1
    assert not heartbeat.stands_still(1, True)
    assert heartbeat.slept_s == 0.0
    now_s += 8.0
    assert not heartbeat.stands_still(1, True)
    assert 7.9 < heartbeat.slept_s < 8.1
    for _ in range(6):
        now_s += 0.1
        stands_still = heartbeat.stands_still(1, True)
        assert heartbeat.slept_s == 0.0
    assert stands_still
