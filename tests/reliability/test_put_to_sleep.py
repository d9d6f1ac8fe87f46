"""The window and its workers are stopped in the middle of an analysis and of a track, all at once, and go on."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from music import write_tracks

from bgm_finder.catalogue.catalogue import Catalogue

SLEEPS_S = (3.0, 4.0, 3.0)
AWAKE_LINES = 12
"""Told every 0.1 s while a track plays: so long it is awake before each sleep."""
TRACKS = 6


def put_to_sleep(folder, catalogue, sleeps_s):
    """Run the window on a folder and stops it, with its workers, for so long each time; return what it told last."""
    lines = str((len(sleeps_s) + 1) * 2 * AWAKE_LINES)
    app = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.sleeper", str(folder), str(catalogue), lines],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    watchdog = threading.Timer(sum(sleeps_s) + 300.0, os.killpg, (app.pid, signal.SIGKILL))
    watchdog.start()
    try:
        lines = map(json.loads, app.stdout)
        for sleep_s in sleeps_s:
            before = _awake(lines)
            os.killpg(app.pid, signal.SIGSTOP)
            threading.Event().wait(sleep_s)
            os.killpg(app.pid, signal.SIGCONT)
            after = next(line for line in lines if line["is_playing"])
            awake_s = after["told_s"] - before["told_s"] - sleep_s  # a busy computer lets it tell late
            assert after["position_s"] - before["position_s"] < awake_s + 2.0  # on from where it was, not would be
        *_, last = lines
        return last, app.wait(60)
    finally:
        watchdog.cancel()
        if app.poll() is None:
            os.killpg(app.pid, signal.SIGKILL)
        app.wait()
        app.stdout.close()


def _awake(lines):
    """Let the window be awake for a while that it plays; return what it told last."""
    told = 0
    for line in lines:
        told += line["is_playing"]
        if told > AWAKE_LINES:
            return line
    raise AssertionError("the window ended")


@pytest.mark.skipif(sys.platform == "win32", reason="stops processes as POSIX does")
def test_the_window_and_its_workers_go_on_after_a_sleep(tmp_path):
    write_tracks(tmp_path / "music", TRACKS, seconds=20.0, formats=("wav", "flac"))
    write_tracks(tmp_path / "music", 1, seconds=300.0, formats=("wav",))  # the one that plays, beyond the last sleep
    last, code = put_to_sleep(tmp_path / "music", tmp_path / "c.sqlite", SLEEPS_S)
    assert (last["errors"], last["added"], last["unreadable"], code) == ({}, TRACKS, [], 0)
    with Catalogue(tmp_path / "c.sqlite") as opened:
        assert opened.integrity_complaints() == []
