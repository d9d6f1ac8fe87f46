"""PortAudio as sounddevice loads it: finds devices that came or went, and outlives a sound server that stands still.

Ending PortAudio with a stream that answers no more stops the whole process. So it is left as it is then, and where
devices are to be looked for, a second copy of the library takes its place.
In the app's own process it never sees JACK: a server that comes or goes in that very moment may end the process.
"""

import atexit
import ctypes
import shutil
import tempfile
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bgm_finder.audio.playing.jack_sight import hidden

_LIBRARY = "libportaudio.so.2"
_CLIENT = b"bgm-finder"
"""The name at JACK; PortAudio keeps the pointer to it."""
_LOADED = Path("/proc/self/maps")
_PIPEWIRE = "libasound_module_pcm_pipewire"


@dataclass(slots=True)
class _Copy:
    """What is known of the copy of the library in use."""

    dead_streams: set[object] = field(default_factory=set)
    library: Any = None
    """Kept, as it would be unloaded with the last mention of it."""


guard = threading.Lock()
"""Held by whoever asks for devices, and while they are looked for again: in between there are none."""

_copies = [_Copy()]
"""The last one is in use; the others could neither be ended nor unloaded."""


def load(with_jack: bool = False) -> Any:
    """Return sounddevice; raises OSError where PortAudio is not installed.

    with_jack: whether it sees JACK's devices, which is for a process of its own.
    """
    if with_jack:
        _name_client()
    with guard, nullcontext() if with_jack else hidden():
        import sounddevice

    if _copies[0].library is None:
        _copies[0].library = sounddevice._lib
        atexit.unregister(sounddevice._exit_handler)
        atexit.register(_end, sounddevice)
    return sounddevice


def leave(stream: object) -> None:
    """Says that a stream answers no more and cannot be closed."""
    _copies[-1].dead_streams.add(stream)


def came_back(stream: object) -> None:
    """Say that such a stream has ended after all."""
    for copy in _copies:
        copy.dead_streams.discard(stream)


def look_again(sd: Any) -> None:
    """Makes PortAudio look for devices, which it does only when it starts; no stream may be open that is still used."""
    with guard, hidden():
        if _copies[-1].dead_streams:
            _start_second_copy(sd)
        else:
            sd._terminate()  # sounddevice gives these two no other names
            sd._initialize()


def uses_pipewire() -> bool:
    """Whether PortAudio has found devices behind ALSA's plugin for PipeWire, once it has looked for any."""
    return _LOADED.exists() and _PIPEWIRE in _LOADED.read_text(encoding="utf-8", errors="replace")


def _end(sd: Any) -> None:
    if sd._initialized and not _copies[-1].dead_streams:
        sd._terminate()


def _start_second_copy(sd: Any) -> None:
    """Loads the library once more, with a state of its own; elsewhere than on Linux nothing is known to need it."""
    if not _LOADED.exists():
        return
    maps = _LOADED.read_text(encoding="utf-8", errors="replace").splitlines()
    original = next(line.split()[-1] for line in maps if "libportaudio" in line and not line.endswith("(deleted)"))
    _copies.append(_Copy())
    with tempfile.TemporaryDirectory() as folder:  # the system takes a file that it knows for the same library
        own = str(shutil.copy(original, Path(folder) / "libportaudio.so"))
        sd._lib = _copies[-1].library = sd._ffi.dlopen(own)
    sd._initialized = 0
    sd._initialize()


def _name_client() -> None:
    try:
        ctypes.CDLL(_LIBRARY).PaJack_SetClientName(_CLIENT)
    except (OSError, AttributeError):  # not installed, or built without JACK
        return
