"""Play a DSSI synthesizer (hexter, amsynth, ZynAddSubFX, WhySynth, Xsynth) through its C interface."""

import ctypes
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, Structure, Union, c_char_p, c_float, c_int, c_ubyte, c_uint, c_ulong, c_void_p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_NOTE_ON, _NOTE_OFF = 6, 7
"""Of ALSA's sequencer."""
_INPUT, _AUDIO = 1, 8
_TIMES_RATE, _LOGARITHMIC, _DEFAULTS = 8, 16, 0x3C0
_FIXED = {0x200: 0.0, 0x240: 1.0, 0x280: 100.0, 0x2C0: 440.0}
_SHARES = {0x080: 0.25, 0x0C0: 0.5, 0x100: 0.75, 0x140: 1.0}
"""LADSPA's hints: a control's default, or its place between lowest and highest."""


class _Range(Structure):
    _fields_ = [("hints", c_int), ("low", c_float), ("high", c_float)]


class _Ladspa(Structure):
    pass


_Ladspa._fields_ = [
    ("id", c_ulong),
    ("label", c_char_p),
    ("properties", c_int),
    *((name, c_char_p) for name in ("name", "maker", "copyright")),
    ("port_count", c_ulong),
    ("port_kinds", POINTER(c_int)),
    ("port_names", POINTER(c_char_p)),
    ("port_ranges", POINTER(_Range)),
    ("own", c_void_p),
    ("instantiate", CFUNCTYPE(c_void_p, POINTER(_Ladspa), c_ulong)),
    ("connect_port", CFUNCTYPE(None, c_void_p, c_ulong, POINTER(c_float))),
    ("activate", CFUNCTYPE(None, c_void_p)),
    *((name, c_void_p) for name in ("run", "run_adding", "set_gain", "deactivate", "cleanup")),
]


class _Program(Structure):
    _fields_ = [("bank", c_ulong), ("number", c_ulong), ("name", c_char_p)]


class _Dssi(Structure):
    _fields_ = [
        ("version", c_int),
        ("ladspa", POINTER(_Ladspa)),
        ("configure", c_void_p),
        ("get_program", CFUNCTYPE(c_void_p, c_void_p, c_ulong)),
        ("select_program", CFUNCTYPE(None, c_void_p, c_ulong, c_ulong)),
        ("controller_of_port", c_void_p),
        ("run_synth", CFUNCTYPE(None, c_void_p, c_ulong, c_void_p, c_ulong)),
    ]


class _Note(Structure):
    _fields_ = [(name, c_ubyte) for name in ("channel", "pitch", "force", "off_force")] + [("length", c_uint)]


class _Body(Union):
    _fields_ = [("note", _Note), ("bytes", c_ubyte * 12)]


class _Event(Structure):
    _fields_ = [
        *((name, c_ubyte) for name in ("type", "flags", "tag", "queue")),
        ("tick", c_uint),
        ("more_time", c_uint),
        ("addresses", c_ubyte * 4),
        ("body", _Body),
    ]


class DssiPlugin:
    """One synthesizer with its ports connected; plays blocks of a fixed length."""

    def __init__(self, library: Path, rate_hz: int, block: int, controls: list[float]) -> None:
        entry = ctypes.CDLL(str(library)).dssi_descriptor
        entry.restype, entry.argtypes = POINTER(_Dssi), [c_ulong]
        self._dssi = entry(0).contents
        ladspa = self._dssi.ladspa.contents
        self._plugin = ladspa.instantiate(self._dssi.ladspa, rate_hz)
        self._block = block
        self._controls = np.zeros(ladspa.port_count, np.float32)
        self._outputs: list[NDArray[np.float32]] = []
        asked = iter(controls)
        for port in range(ladspa.port_count):
            self._connect(ladspa, port, rate_hz, asked)
        if ladspa.activate:
            ladspa.activate(self._plugin)

    def patches(self) -> list[str]:
        return [name for name, _, _ in self._programs()]

    def choose(self, patch: str) -> None:
        places = {name: (bank, number) for name, bank, number in self._programs()}
        self._dssi.select_program(self._plugin, *places[patch])

    def play(self, messages: list[tuple[int, bytes]]) -> NDArray[np.float32]:
        """Return the next block, (2, block); messages: (frame in the block, MIDI bytes of a note)."""
        events = (_Event * len(messages))()
        for event, (frame, (status, pitch, force)) in zip(events, messages, strict=True):
            is_on = status >> 4 == 9 and force > 0
            event.type, event.tick = _NOTE_ON if is_on else _NOTE_OFF, frame
            event.body.note.pitch, event.body.note.force = pitch, force
        self._dssi.run_synth(self._plugin, self._block, ctypes.addressof(events), len(messages))
        return np.stack([self._outputs[0], self._outputs[-1]])

    def _programs(self) -> list[tuple[str, int, int]]:
        """Return name, bank and number of each; plugins only know them once they were asked to list them."""
        found: list[tuple[str, int, int]] = []
        while place := self._dssi.get_program(self._plugin, len(found)):
            program = ctypes.cast(place, POINTER(_Program)).contents
            found.append((program.name.decode("latin-1"), program.bank, program.number))
        return found

    def _connect(self, ladspa: _Ladspa, port: int, rate_hz: int, asked: Iterator[float]) -> None:
        kind = ladspa.port_kinds[port]
        target = self._controls[port : port + 1]
        if kind & _AUDIO:
            target = np.zeros(self._block, np.float32)
            self._outputs.append(target)
        elif kind & _INPUT:
            target[0] = next(asked, _default(ladspa.port_ranges[port], rate_hz))
        ladspa.connect_port(self._plugin, port, target.ctypes.data_as(POINTER(c_float)))


def _default(asked: _Range, rate_hz: int) -> float:
    """Return a control's default as its hints describe it."""
    hint = asked.hints & _DEFAULTS
    if hint in _FIXED:
        return _FIXED[hint]
    scale = rate_hz if asked.hints & _TIMES_RATE else 1
    low, high, share = asked.low * scale, asked.high * scale, _SHARES.get(hint, 0.0)
    if asked.hints & _LOGARITHMIC and low > 0:
        return float(low ** (1 - share) * high**share)
    return float(low + share * (high - low))
