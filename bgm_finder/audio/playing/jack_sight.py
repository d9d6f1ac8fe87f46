"""JACK kept out of PortAudio's sight, and whether it is worth looking for."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

JACK = "JACK Audio Connection Kit"
"""What PortAudio calls it."""
_ALSAS_JACK = "jack, ALSA"
"""JACK by way of ALSA's plugin, which is there only while PortAudio may see JACK."""
_NO_SUCH_SERVER = {"JACK_DEFAULT_SERVER": "bgm-finder-looks-for-none", "PIPEWIRE_NOJACK": "1"}
"""What libjack reads when a client is made: the name of the server, and PipeWire's word for no JACK at all."""
_NOTHING = "BGM_FINDER_HIDES_NO_SOUND_SERVER"
"""What the environment says where it says nothing of JACK."""
_SHARED = Path("/dev/shm")


def is_of_jack(device: str) -> bool:
    """Whether a device of this name is there only where PortAudio sees JACK."""
    return device.endswith(f", {JACK}") or device == _ALSAS_JACK


def may_be_there() -> bool:
    """Whether a server has left a trace where it listens; asks none, so that one which dies meanwhile does no harm."""
    name = escape(os.environ.get("JACK_DEFAULT_SERVER", "default"))
    jack_2, jack_1 = _SHARED.glob(f"jack_{name}_*"), _SHARED.glob(f"jack-*/{name}")
    folders = [os.environ.get(variable) for variable in ("PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR")]
    pipewire = (Path(folder, "pipewire-0") for folder in folders if folder)
    return any(jack_2) or any(jack_1) or any(place.exists() for place in pipewire)


class _Word:
    """A variable of the environment whose value changes in its place.

    Other threads read the environment all the time, down in the C library: to set or to delete a variable frees what
    they stand in, which ends the process. So room for it is put there once, before there are threads.
    """

    def __init__(self, name: str, value: str) -> None:
        before = os.environ.get(name)
        self._said = f"{name}={value}".encode()
        self._unsaid = os.fsencode(f"{_NOTHING}=1" if before is None else f"{name}={before}")
        self._room = ctypes.create_string_buffer(self._unsaid, max(len(self._said), len(self._unsaid)) + 1)
        putenv = getattr(ctypes.CDLL(None), "putenv", None)
        if putenv is not None:
            self._room.value = self._said  # for the place that its name has
            putenv(self._room)
            self.unsay()

    def say(self) -> None:
        self._room.value = self._said

    def unsay(self) -> None:
        self._room.value = self._unsaid


_WORDS = [_Word(name, value) for name, value in _NO_SUCH_SERVER.items()] if sys.platform == "linux" else []
"""Elsewhere PortAudio comes without JACK."""


@contextmanager
def hidden() -> Iterator[None]:
    """Has every client that is made within find no server; libjack gives up before it talks to one."""
    for word in _WORDS:
        word.say()
    try:
        yield
    finally:
        for word in _WORDS:
            word.unsay()
