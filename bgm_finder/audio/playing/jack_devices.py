"""JACK's devices, as a process of their own lists them."""

import sys
from multiprocessing.connection import Connection
from typing import Any

from bgm_finder.audio.playing.jack_sight import JACK, may_be_there
from bgm_finder.audio.playing.sound_card import NoSoundCard, name_of, sounddevice
from bgm_finder.audio.playing.sound_process import SoundProcess


def jack_devices() -> list[str]:
    """Return the names of the JACK devices that can play, the default first; none where there is no server."""
    if sys.platform != "linux" or not may_be_there():  # elsewhere PortAudio comes without JACK
        return []
    process = SoundProcess(_list)
    try:
        found: list[str] = process.answer()
        return found
    except (EOFError, OSError):  # it died, or its server stands still
        return []
    finally:
        process.end()


def names_in(sd: Any) -> list[str]:
    """Return the same, where JACK is in sight."""
    names: list[str] = []
    for api in sd.query_hostapis():
        if api["name"] == JACK:
            indexes = sorted(api["devices"], key=lambda index: index != api["default_output_device"])
            able = [sd.query_devices(index) for index in indexes]
            names += [name_of(sd, facts) for facts in able if facts["max_output_channels"] > 0]
    return names


def _list(line: Connection) -> None:
    try:
        line.send(names_in(sounddevice(with_jack=True)))
    except NoSoundCard:
        line.send([])
