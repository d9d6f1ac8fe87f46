"""The app as a user starts it: a real screen (Xvfb), real keys (xdotool), a real stream (JACK's dummy driver)."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import numpy as np
import pytest
import soundfile
from jack_dummy import RATE_HZ, jack_server, place_of

PATIENCE_S = 60.0
SOUND_CARD = "system, JACK Audio Connection Kit"


def until(claim, complaint):
    deadline = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)


@pytest.fixture
def display():
    """A screen of our own; gives its name."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reading, writing = os.pipe()
    screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(screen, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb does not start"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    rng = np.random.default_rng(3)
    sounds = {}
    for name in ("first.wav", "second.flac"):
        sounds[name] = rng.uniform(-0.4, 0.4, (20 * RATE_HZ, 2)).astype(np.float32)
        soundfile.write(folder / name, sounds[name], RATE_HZ, subtype="PCM_16")
        sounds[name], _ = soundfile.read(folder / name, dtype="float32")
    return folder, sounds


@contextmanager
def started_app(tmp_path, folder, environment, display):
    config = tmp_path / "config" / "bgm-finder"
    config.mkdir(parents=True)
    settings = {"output_device": SOUND_CARD, "volume": 1.0, "language": "ja"}
    (config / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    environment = {
        **environment,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    ready, catalogue = tmp_path / "ready", ["--catalogue", str(tmp_path / "catalogue.sqlite")]
    subprocess.run([sys.executable, "-m", "bgm_finder", "index", str(folder), *catalogue], check=True)
    command = [sys.executable, "-m", "bgm_finder", *catalogue, "--ready-file", str(ready)]
    app = subprocess.Popen(command, env=environment)
    try:
        until(ready.exists, "the window does not come up")
        yield Keyboard(environment)
        app.terminate()
    finally:
        app.kill()
        app.wait()


class Keyboard:
    """Presses real keys in the app's window."""

    def __init__(self, environment):
        self._environment = environment
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", "BGM Finder")
        self.window = found.split()[0]
        self._xdotool("windowfocus", "--sync", self.window)

    def press(self, *keys):
        self._xdotool("key", "--delay", "60", *keys)

    def _xdotool(self, *words):
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, check=True, capture_output=True, text=True, timeout=PATIENCE_S
        )
        return done.stdout


def test_keys_bring_the_right_sound_to_the_sound_card(tmp_path, music, display):
    folder, sounds = music
    with (
        jack_server() as server,
        started_app(tmp_path, folder, server.environment(), display) as keyboard,
        server.recorder() as recorder,
    ):
        recorder.connect()
        keyboard.press("Down")
        until(lambda: np.abs(recorder.sound()[-2000:]).max(initial=0) > 0, "nothing is heard after Down")
        recorder.wait(1.0)
        begun = recorder.sound()
        keyboard.press("5")
        recorder.wait(1.0)
        middle = recorder.sound()[-RATE_HZ // 2 :]
        keyboard.press("Down")
        recorder.wait(1.0)
        other = recorder.sound()[-RATE_HZ // 2 :]
        keyboard.press("space")
        recorder.wait(0.5)
        silence = recorder.sound()[-RATE_HZ // 4 :]
        gaps = recorder.gaps
    try:
        check_heard(sounds, begun, middle, other, silence)
    except AssertionError:
        if gaps:
            pytest.skip("the computer was too busy for JACK to keep time")
        raise


def check_heard(sounds, begun, middle, other, silence):
    first = begun[np.flatnonzero(np.abs(begun).max(axis=1))[0] :]
    place, likeness = place_of(first[2000:10_000], sounds["first.wav"])
    assert (place, likeness) == (pytest.approx(2000, abs=2), pytest.approx(1.0, abs=1e-3))
    place, likeness = place_of(middle[-10_000:], sounds["first.wav"])
    assert likeness > 0.99
    assert 10.0 < place / RATE_HZ < 12.5
    place, likeness = place_of(other[-10_000:], sounds["second.flac"])
    assert likeness > 0.99
    assert place / RATE_HZ < 2.5
    assert not silence.any()
