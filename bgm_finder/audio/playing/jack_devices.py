"""JACK's devices, listed by a process of their own: a server that dies meanwhile may take whoever asks along."""

import contextlib
import multiprocessing
import sys
import time
from multiprocessing.connection import Connection

from bgm_finder.audio.playing import portaudio
from bgm_finder.audio.playing.jack_client import JACK, may_be_there

_PATIENCE_S = 10.0
"""A process begins within a second, on a busy computer in some; one whose server stands still would never answer."""
_EVERY_S = 30.0
"""Where there is no sound at all, JACK is looked for so often at most: a key that plays would start a process each."""
_looked_s: list[float] = []
_LEAVE_S = 2.0
"""A client that is killed, instead of taking its leave, holds the server up for ten."""


def jack_devices() -> list[str]:
    """Gives the names of the JACK devices that can play, the default first; none where there is no server."""
    if sys.platform != "linux" or not may_be_there():  # elsewhere PortAudio comes without JACK
        return []
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_list, args=(theirs,), daemon=True, name="jack devices")
    with portaudio.guard:  # outside of any sight without JACK, which it would inherit
        process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(_PATIENCE_S) else []
    except EOFError:  # it died
        return []
    finally:
        ours.close()
        process.join(_LEAVE_S)
        process.kill()
        process.join()


def makeshift_device() -> str | None:
    """Gives JACK's default device for want of any other; None where there is none, or was none a moment ago."""
    if _looked_s and time.monotonic() - _looked_s[-1] < _EVERY_S:
        return None
    found = jack_devices()
    _looked_s[:] = [] if found else [time.monotonic()]
    return found[0] if found else None


def _list(answer: Connection) -> None:
    try:
        sd = portaudio.load(with_jack=True)
    except OSError:  # PortAudio is not installed
        answer.send([])
        return
    names: list[str] = []
    for api in sd.query_hostapis():
        if api["name"] == JACK:
            indexes = sorted(api["devices"], key=lambda index: index != api["default_output_device"])
            able = [sd.query_devices(index) for index in indexes]
            names += [f"{facts['name']}, {JACK}" for facts in able if facts["max_output_channels"] > 0]
    with contextlib.suppress(BrokenPipeError):  # nobody waited so long
        answer.send(names)
    sd._terminate()
