"""JACK's devices, listed by a process of their own: a server that dies meanwhile may take whoever asks along."""

import multiprocessing
import sys
from multiprocessing.connection import Connection

from bgm_finder.audio.playing import portaudio
from bgm_finder.audio.playing.jack_client import JACK

_PATIENCE_S = 5.0
"""A process begins within a second; one whose JACK server stands still would never answer."""
_LEAVE_S = 2.0
"""A client that is killed, instead of taking its leave, holds the server up for ten."""


def jack_devices() -> list[str]:
    """Gives the names of the JACK devices that can play, the default first; none where there is no server."""
    if sys.platform != "linux":  # elsewhere PortAudio comes without JACK
        return []
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_list, args=(theirs,), daemon=True, name="jack devices")
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
    answer.send(names)
    sd._terminate()
