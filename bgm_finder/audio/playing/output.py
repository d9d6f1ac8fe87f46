"""What the engine plays through: a sound card, or a silence that keeps the same rules where there is none."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from bgm_finder.audio.playing.devices import jack_names
from bgm_finder.audio.playing.jack import JACK
from bgm_finder.audio.playing.sound_card import Fill, SoundCardOutput, sounddevice

_SILENT_RATE_HZ = 44_100
_SILENT_BLOCK = 1024
_LATE_S = 0.5


class Output(Protocol):
    """Something that takes sound in real time, from start until stop or close."""

    rate_hz: int
    name: str
    is_silent: bool
    underflows: int
    """Times that the sound card got its sound too late."""
    is_lost: bool
    """Whether it ended by itself: unplugged, or its server gone."""
    stops_after_s: float
    """How long nothing is played before it is stopped, to let the computer rest."""

    def start(self, fill: Fill) -> None:
        """Begin to take sound; raises NoSoundCard."""

    def stop(self) -> None:
        """Take no sound until it is started again; the device stays open."""

    def close(self) -> None:
        """Take no sound any more; nothing is called once it returns."""


OpenOutput = Callable[[str | None, bool], Output]
"""Open the named device, or the default of the system or (True) of JACK; raises NoSoundCard. A module's function."""


class SilentOutput:
    """Take sound at the pace of a sound card and throw it away; keep to Output."""

    is_silent = True
    name = ""
    rate_hz = _SILENT_RATE_HZ
    is_lost = False
    stops_after_s = 1.0

    def __init__(self) -> None:
        self.underflows = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, fill: Fill) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(fill,), name="silent output", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        self.stop()

    def _run(self, fill: Fill) -> None:
        block = np.empty((_SILENT_BLOCK, 2), np.float32)
        due_s = time.monotonic()
        while not self._stopping.wait(max(0.0, due_s - time.monotonic())):
            fill(block)
            due_s += _SILENT_BLOCK / self.rate_hz
            if time.monotonic() - due_s > _LATE_S:  # the computer slept
                due_s = time.monotonic()


def open_card(device: str | None, over_jack: bool) -> Output:
    """Open the named sound card, or the default one of JACK or the system; raises NoSoundCard."""
    if device is None and over_jack:
        device = next(iter(jack_names(sounddevice())), f"default, {JACK}")
    return SoundCardOutput(device)


def open_silence(device: str | None, over_jack: bool) -> Output:
    """Open what takes the place of a sound card where none is to be used."""
    return SilentOutput()
