"""Play an LV2 synthesizer that needs no more than a URID map (the MDA ones) through its C interface."""

import ctypes
import struct
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_uint, c_void_p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MIDI = b"http://lv2plug.in/ns/ext/midi#MidiEvent"
_SEQUENCE = b"http://lv2plug.in/ns/ext/atom#Sequence"
_MAP = b"http://lv2plug.in/ns/ext/urid#map"
_EVENTS_BYTES = 1 << 16
_Map = CFUNCTYPE(c_uint, c_void_p, c_char_p)


class _Feature(Structure):
    _fields_ = [("uri", c_char_p), ("own", c_void_p)]


class _UridMap(Structure):
    _fields_ = [("handle", c_void_p), ("map", _Map)]


class _Lv2(Structure):
    pass


_Lv2._fields_ = [
    ("uri", c_char_p),
    ("instantiate", CFUNCTYPE(c_void_p, POINTER(_Lv2), c_double, c_char_p, POINTER(POINTER(_Feature)))),
    ("connect_port", CFUNCTYPE(None, c_void_p, c_uint, c_void_p)),
    ("activate", CFUNCTYPE(None, c_void_p)),
    ("run", CFUNCTYPE(None, c_void_p, c_uint)),
]


class Lv2Plugin:
    """One synthesizer whose ports are its controls, left and right, and its notes, in this order."""

    def __init__(self, library: Path, rate_hz: int, block: int, controls: list[float]) -> None:
        self._numbers: dict[bytes, int] = {}
        self._map = _UridMap(None, _Map(self._number))
        feature = _Feature(_MAP, ctypes.addressof(self._map))
        self._kept = (feature, (POINTER(_Feature) * 2)(ctypes.pointer(feature), POINTER(_Feature)()))
        self._library = ctypes.CDLL(str(library))
        entry = self._library.lv2_descriptor
        entry.restype, entry.argtypes = POINTER(_Lv2), [c_uint]
        descriptor = entry(0)
        self._lv2 = descriptor.contents
        bundle = f"{library.parent}/".encode()
        self._plugin = self._lv2.instantiate(descriptor, rate_hz, bundle, self._kept[1])
        self._block = block
        self._controls = np.array(controls, np.float32)
        self._outputs = np.zeros((2, block), np.float32)
        self._events = ctypes.create_string_buffer(_EVENTS_BYTES)
        places = [self._controls[number:].ctypes.data for number in range(len(controls))]
        places += [row.ctypes.data for row in self._outputs]
        for port, place in enumerate([*places, ctypes.addressof(self._events)]):
            self._lv2.connect_port(self._plugin, port, place)
        if self._lv2.activate:
            self._lv2.activate(self._plugin)

    def patches(self) -> list[str]:
        return []

    def choose(self, patch: str) -> None:
        raise KeyError(patch)  # patches of LV2 stand in files of their own: give controls

    def play(self, messages: list[tuple[int, bytes]]) -> NDArray[np.float32]:
        """Return the next block, (2, block); messages: (frame in the block, MIDI bytes of a note)."""
        body = struct.pack("<II", 0, 0)
        for frame, message in messages:
            body += struct.pack("<qII", frame, len(message), self._number(None, _MIDI)) + message.ljust(8, b"\0")
        sequence = struct.pack("<II", len(body), self._number(None, _SEQUENCE)) + body
        ctypes.memmove(self._events, sequence, len(sequence))
        self._lv2.run(self._plugin, self._block)
        return self._outputs.copy()

    def _number(self, _: object, uri: bytes) -> int:
        return self._numbers.setdefault(uri, len(self._numbers) + 1)
