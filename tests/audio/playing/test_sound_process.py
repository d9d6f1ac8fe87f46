"""A process that talks to JACK may die or stand still: whoever waits for it is told soon, and nothing is left of it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bgm_finder.audio.playing import sound_process
from bgm_finder.audio.playing.sound_process import SoundProcess

FOLDERS = (Path(__file__).resolve().parent, Path(__file__).resolve().parents[3])


def say(line, word):
    line.send(word)


def die(line):
    os.kill(os.getpid(), signal.SIGABRT)


def stand_still(line):
    while True:
        time.sleep(60.0)


def test_its_answer_is_given_and_it_ends():
    process = SoundProcess(say, "system")
    assert process.answer() == "system"
    process.end()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="asks for signals")
def test_one_that_dies_is_an_end_of_the_line():
    process = SoundProcess(die)
    with pytest.raises((EOFError, ConnectionError)):
        process.answer()
    process.end()
    assert not multiprocessing.active_children()


def test_one_that_stands_still_is_waited_for_so_long_and_ended(monkeypatch):
    monkeypatch.setattr(sound_process, "_ANSWER_S", 0.3)
    process = SoundProcess(stand_still)
    with pytest.raises(TimeoutError):
        process.answer()
    before_s = time.monotonic()
    process.end()
    assert time.monotonic() - before_s < 1.5
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="asks for signals")
def test_it_ends_with_an_app_that_is_killed_though_it_stands_still():
    program = (
        "import sys, time\n"
        f"sys.path[:0] = {[str(folder) for folder in FOLDERS]!r}\n"
        "from test_sound_process import SoundProcess, stand_still\n"
        "process = SoundProcess(stand_still)\n"
        "print(process.line.recv(), flush=True)\n"
        "time.sleep(60.0)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout.readline() == "begun\n"
        app.kill()
        before_s = time.monotonic()
        assert app.stdout.read() == ""  # ends when nobody is left who could write
        assert time.monotonic() - before_s < 10.0
