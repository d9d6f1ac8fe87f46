"""Whether PortAudio's own JACK client still has its server: asked of libjack, as PortAudio itself does not tell."""

import ctypes

_NO_START_SERVER = 1
_Print = ctypes.CFUNCTYPE(None, ctypes.c_char_p)


_keep_quiet = _Print(lambda message: None)
"""Takes libjack's complaint that no server answers, which is an answer here."""


def is_connected(client: str) -> bool:
    """Whether the server that runs now knows a client of this name."""
    try:
        jack = ctypes.CDLL("libjack.so.0")
        jack.jack_client_open.restype = ctypes.c_void_p
        uuid_of = jack.jack_get_uuid_for_client_name
    except (OSError, AttributeError):
        return False
    uuid_of.restype = ctypes.c_void_p
    jack.jack_set_error_function(_keep_quiet)
    jack.jack_set_info_function(_keep_quiet)
    probe = ctypes.c_void_p(jack.jack_client_open(b"bgm-finder-probe", _NO_START_SERVER, None))
    if not probe:
        return False
    uuid = ctypes.c_void_p(uuid_of(probe, client.encode()))
    if uuid:
        jack.jack_free(uuid)
    jack.jack_client_close(probe)
    return bool(uuid)
