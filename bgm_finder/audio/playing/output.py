"""What a player plays through: a sound card, JACK, or a silence that keeps the same rules where there is neither."""

import sys
import threading
import time
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from bgm_finder.audio.playing import portaudio
from bgm_finder.audio.playing.jack_devices import jack_devices
from bgm_finder.audio.playing.jack_sight import is_of_jack
from bgm_finder.audio.playing.process_output import ProcessOutput, makeshift_output
from bgm_finder.audio.playing.sound_card import Fill, NoSoundCard, SoundCardOutput, name_of, sounddevice

_SILENT_RATE_HZ = 44_100
_SILENT_BLOCK = 1024
_LATE_S = 0.5


@dataclass(frozen=True, slots=True)
class Device:
    """A sound card one can choose; the name is what use_device takes."""

    name: str
    is_default: bool


class Output(Protocol):
    """Something that takes sound in real time, from its making until close."""

    rate_hz: int
    name: str
    is_silent: bool
    underflows: int
    """Times that the sound card got its sound too late."""
    is_lost: bool
    """Whether it ended by itself: unplugged, or its server gone."""

    def start(self, fill: Fill) -> None:
        """Begin to take sound."""

    def close(self) -> None:
        """Stops taking sound; nothing is called any more once it returns."""

    def abandon(self) -> None:
        """Stops taking sound without touching the device, which answers no more."""


class SilentOutput:
    """Takes sound at the pace of a sound card and throws it away; keeps to Output."""

    is_silent = True
    name = ""
    rate_hz = _SILENT_RATE_HZ
    is_lost = False

    def __init__(self) -> None:
        self.underflows = 0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, fill: Fill) -> None:
        self._thread = threading.Thread(target=self._run, args=(fill,), name="silent output", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def abandon(self) -> None:
        self.close()

    def _run(self, fill: Fill) -> None:
        block = np.empty((_SILENT_BLOCK, 2), np.float32)
        due_s = time.monotonic()
        while not self._closing.wait(max(0.0, due_s - time.monotonic())):
            fill(block)
            due_s += _SILENT_BLOCK / self.rate_hz
            if time.monotonic() - due_s > _LATE_S:  # the computer slept
                due_s = time.monotonic()


def open_output(device: str | None = None) -> Output:
    """Opens the named sound card, or the system's default; raises NoSoundCard.

    JACK is touched only where one of its devices is named, or where nothing else can play. Where PipeWire plays, a
    process of its own does: where its server dies, PortAudio turns in circles that only the end of the process ends.
    """
    if device is not None and is_of_jack(device):
        return ProcessOutput(device, over_jack=True)
    _look_again()
    makeshift = None if device is not None or _has_default() else makeshift_output()
    if makeshift is not None:
        return makeshift
    return ProcessOutput(device) if portaudio.uses_pipewire() else SoundCardOutput(device)


def devices() -> list[Device]:
    """Return the devices that can play, none where there is no sound system; takes up to a second."""
    try:
        sd = sounddevice()
    except NoSoundCard:
        return []
    with portaudio.guard:
        default = _default(sd)
        able = [facts for facts in sd.query_devices() if facts["max_output_channels"] > 0]
        found = [Device(name_of(sd, facts), facts["index"] == default) for facts in able]
    has_default = any(device.is_default for device in found)
    jack = [Device(name, not has_default and at == 0) for at, name in enumerate(jack_devices())]
    return [*found, *jack]


def _has_default() -> bool:
    """Whether anything that PortAudio sees can play."""
    sd = sounddevice()
    with portaudio.guard:
        return _default(sd) >= 0


def _default(sd: Any) -> int:
    try:
        return int(sd.query_devices(kind="output")["index"])
    except (sd.PortAudioError, ValueError):
        return -1


def _look_again() -> None:
    if "sounddevice" in sys.modules and not SoundCardOutput.open_streams:
        portaudio.look_again(sounddevice())
