"""Files that are alive while they are read: one that grows, and one whose reads are never answered."""

import os
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RATE_HZ = 44_100
_STEP_S = 0.05


@contextmanager
def growing_file(path: Path) -> Iterator[None]:
    """Let a sound file grow all the time, as one does that is being copied or recorded."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, _RATE_HZ, 0, "NONE", ""))
        file.writeframes(os.urandom(2 * _RATE_HZ))
    is_over = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not is_over.wait(_STEP_S):
                file.write(os.urandom(4_000))
                file.flush()

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def silent_folder(folder: Path, silent_at: str = "read") -> Iterator[list[Path]]:
    """Mounts a folder with a file that never answers a read, as a vanished share's or a cloud's placeholder.

    silent_at: list, where the folder never tells what it holds, or look, where it does not even tell what it is.
    Gives the file; nothing where this machine cannot mount one (it takes root, fuse3 and mfusepy).
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.silent_file", str(folder), silent_at],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    is_mounted = server.stdout.readline().strip() == "mounted"
    try:
        yield [folder / "placeholder.wav"] if is_mounted else []
    finally:
        if is_mounted:
            subprocess.run(["fusermount3", "-u", "-z", str(folder)], check=False)
        server.kill()
        server.wait()
        server.stdout.close()
        server.stdin.close()
