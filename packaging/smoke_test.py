"""Tries the built app on the demo library: searches by command, then opens the window, searches by key, closes it.

python packaging/smoke_test.py dist/bgm-finder    (Linux, with xvfb and xdotool)
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import demo_trial

READY_WITHIN_S = 180
CLOSED_WITHIN_S = 30
LOOK_EVERY_S = 0.1


def main() -> None:
    program = (Path(sys.argv[1]) / "bgm-finder").resolve()
    with tempfile.TemporaryDirectory(prefix="bgm-finder-smoke-") as folder, virtual_screen() as display:
        home = Path(folder)
        environment = {**demo_trial.surroundings(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        demo_trial.find_similar(program, home, environment)
        try_window(program, home, environment)
    print("the built app opens, searches and closes")


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Return the name of a display that nobody sees."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def try_window(program: Path, home: Path, environment: dict[str, str]) -> None:
    """Open the demo library's window, walk, copy, search and close it with keys alone."""
    ready, log = home / "ready", home / "log"
    with log.open("w", encoding="utf-8") as stream:
        command = [str(program), "--demo", "--ready-file", str(ready)]
        window = subprocess.Popen(command, cwd=home, env=environment, stdout=stream, stderr=stream)
        try:
            began = time.monotonic()
            wait_for(ready, window, log)
            print(f"the window was ready after {time.monotonic() - began:.1f} s")
            press(environment, "Down", "ctrl+c", "s", "ctrl+q")
            code = window.wait(CLOSED_WITHIN_S)
        finally:
            window.kill()
    said = log.read_text(encoding="utf-8")
    if code or "Traceback" in said:
        sys.exit(f"The window ended with code {code} and said:\n{said}")


def wait_for(ready: Path, window: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the window says that it can be used; ends the program where it does not come to that."""
    deadline = time.monotonic() + READY_WITHIN_S
    while not ready.exists():
        if window.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"The window did not get ready and said:\n{log.read_text(encoding='utf-8')}")
        time.sleep(LOOK_EVERY_S)


def press(environment: dict[str, str], *keys: str) -> None:
    """Give the window the keyboard, as no window manager does it here, and press the keys one by one."""
    focus = ["search", "--onlyvisible", "--name", "BGM Finder", "windowfocus", "--sync"]
    for words in (focus, ["key", "--delay", "1000", *keys]):
        subprocess.run(["xdotool", *words], env=environment, check=True)


if __name__ == "__main__":
    main()
