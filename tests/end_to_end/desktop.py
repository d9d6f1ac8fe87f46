"""A desktop for tests: a screen of its own, the app on it as a user starts it, real keys and a real mouse."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

PATIENCE_S = 60.0
SCREEN = "1800x760x24"


def until(claim, complaint):
    """Wait for a claim to come true."""
    deadline = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)


@contextmanager
def screen():
    """Run Xvfb and return the environment in which programs show themselves there."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb does not start"
    try:
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


@contextmanager
def started_app(home, folder, environment, **settings):
    """Analyse a folder, start the app on it with these settings, and return the Desk to use it by."""
    config = home / "config" / "bgm-finder"
    config.mkdir(parents=True)
    (config / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    environment = {
        **environment,
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
    }
    ready, catalogue = home / "ready", ["--catalogue", str(home / "catalogue.sqlite")]
    command = [sys.executable, "-m", "bgm_finder", "index", str(folder), "--jobs", "1", *catalogue]
    subprocess.run(command, check=True)
    app = subprocess.Popen(
        [sys.executable, "-m", "bgm_finder", *catalogue, "--ready-file", str(ready)], env=environment
    )
    try:
        until(ready.exists, "the window does not come up")
        desk = Desk(environment)
        desk.focus("BGM Finder")
        yield desk
        app.terminate()
    finally:
        app.kill()
        app.wait()


class Desk:
    """Keys and mouse."""

    def __init__(self, environment):
        self._environment = environment

    def focus(self, title):
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", title)
        self._xdotool("windowfocus", "--sync", found.split()[0])

    def press(self, *keys, delay_ms=60):
        self._xdotool("key", "--delay", str(delay_ms), *keys)

    def drag(self, start, end):
        """Drags from one place to another, slowly enough for both windows to see it."""
        self._xdotool("mousemove", *map(str, start), "mousedown", "1")
        for share in (0.02, 0.05, 0.3, 0.6, 0.9, 0.98, 1.0, 1.0):
            place = [str(round(a + share * (b - a))) for a, b in zip(start, end, strict=True)]
            self._xdotool("mousemove", *place, "sleep", "0.12")
        self._xdotool("mouseup", "1")

    def _xdotool(self, *words):
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, check=True, capture_output=True, text=True, timeout=PATIENCE_S
        )
        return done.stdout
