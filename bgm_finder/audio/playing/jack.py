"""JACK: whether a device is of it, whether it is worth looking for, and how a process is kept from it."""

import ctypes
import os
import sys
from glob import escape
from pathlib import Path

JACK = "JACK Audio Connection Kit"
"""What PortAudio calls it."""
_ALSAS_JACK = "jack, ALSA"
"""JACK by way of ALSA's plugin, which is there only while PortAudio may see JACK."""
_NO_SUCH_SERVER = {"JACK_DEFAULT_SERVER": "bgm-finder-looks-for-none", "PIPEWIRE_NOJACK": "1"}
"""What libjack reads when a client is made: the name of the server, and PipeWire's word for no JACK at all."""
_SHARED = Path("/dev/shm")
_LIBRARY = "libportaudio.so.2"
_CLIENT = b"bgm-finder"
"""The name at JACK; PortAudio keeps the pointer to it."""


def is_of_jack(device: str) -> bool:
    """Return whether a device of this name is there only where PortAudio sees JACK."""
    return device.endswith(f", {JACK}") or device == _ALSAS_JACK


def may_be_there() -> bool:
    """Return whether a server has left a trace where it listens; no server is asked, as it may stand still."""
    if sys.platform != "linux":  # elsewhere PortAudio comes without JACK
        return False
    name = escape(os.environ.get("JACK_DEFAULT_SERVER", "default"))
    jack_2, jack_1 = _SHARED.glob(f"jack_{name}_*"), _SHARED.glob(f"jack-*/{name}")
    folders = [os.environ.get(variable) for variable in ("PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR")]
    pipewire = (Path(folder, "pipewire-0") for folder in folders if folder)
    return any(jack_2) or any(jack_1) or any(place.exists() for place in pipewire)


def settle(sees_jack: bool) -> None:
    """Let PortAudio see JACK in this process, or not at all; called before PortAudio is loaded and threads run."""
    if sys.platform != "linux":
        return
    if not sees_jack:
        os.environ.update(_NO_SUCH_SERVER)
        return
    try:
        ctypes.CDLL(_LIBRARY).PaJack_SetClientName(_CLIENT)
    except (OSError, AttributeError):  # not installed, or built without JACK
        return
