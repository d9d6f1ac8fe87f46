"""The sound card; SilentOutput keeps the same rules where there is none."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np

from bgm_finder.audio.playing import portaudio
from bgm_finder.audio.playing.jack_client import is_of_jack
from bgm_finder.audio.playing.jack_devices import jack_devices, makeshift_device
from bgm_finder.audio.source import Floats

Fill = Callable[[Floats], None]
"""Fills the buffer it is handed, float32, (frames, 2); never waits."""

_LATENCY_S = 0.04
"""Short enough for a key to feel immediate, long enough for Python's callback."""
_SILENT_RATE_HZ = 44_100
_SILENT_BLOCK = 1024
_LATE_S = 0.5


class NoSoundCard(Exception):  # noqa: N818 - says what is the matter, in the user's words
    """There is nothing to play through; reason says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
        """Begins to take sound."""

    def close(self) -> None:
        """Stops taking sound; nothing is called any more once it returns."""

    def abandon(self) -> None:
        """Stops taking sound without touching the device, which answers no more."""


class SoundCardOutput:
    """An always-open stream at the device's own rate; keeps to Output."""

    is_silent = False
    open_streams: ClassVar[int] = 0
    _abandoned: ClassVar[list["SoundCardOutput"]] = []

    def __init__(self, device: str | None = None) -> None:
        """Opens the named device, or the system's default; raises NoSoundCard."""
        self.underflows = 0
        self.is_lost = False
        self._is_closing = False
        self._fill: Fill | None = None
        self._sd = _sounddevice()
        try:
            index = self._index(device)
            facts = self._sd.query_devices(index, "output")
            self.name = _name(self._sd, facts)
            self.rate_hz = int(facts["default_samplerate"])
            self._channels = min(2, int(facts["max_output_channels"]))
            self._stream = self._sd.OutputStream(
                samplerate=self.rate_hz,
                device=facts["index"],
                channels=self._channels,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._on_wanted,
                finished_callback=self._on_finished,
            )
        except (self._sd.PortAudioError, ValueError) as error:
            raise NoSoundCard(f"the sound device cannot be opened ({error})") from None
        SoundCardOutput.open_streams += 1

    def start(self, fill: Fill) -> None:
        self._fill = fill
        try:
            self._stream.start()
        except self._sd.PortAudioError as error:
            self.close()
            raise NoSoundCard(f"the sound device cannot be started ({error})") from None

    def close(self) -> None:
        self._is_closing = True
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
        SoundCardOutput.open_streams -= 1

    def abandon(self) -> None:
        # closing a stream whose JACK server is gone hangs, and then ends the whole process by an assertion in PortAudio
        self._is_closing = True
        self._abandoned.append(self)
        portaudio.leave(self)
        SoundCardOutput.open_streams -= 1

    def _index(self, device: str | None) -> int | None:
        if device is None:
            return None
        for facts in self._sd.query_devices():
            if facts["max_output_channels"] > 0 and _name(self._sd, facts) == device:
                return int(facts["index"])
        raise NoSoundCard(f"the sound device is not there ({device})")

    def _on_wanted(self, out: Floats, frames: int, at: Any, status: Any) -> None:
        if self in self._abandoned:  # it came back to life, too late
            out.fill(0.0)
            raise self._sd.CallbackAbort
        if status.output_underflow:
            self.underflows += 1
        assert self._fill is not None
        if self._channels == 2:
            self._fill(out)
        else:
            stereo = np.empty((frames, 2), np.float32)
            self._fill(stereo)
            out[:, 0] = stereo.mean(axis=1)

    def _on_finished(self) -> None:
        self.is_lost = not self._is_closing
        portaudio.came_back(self)


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

    JACK is touched only where one of its devices is named, or where nothing else can play.
    """
    _look_again(with_jack=device is not None and is_of_jack(device))
    if device is None and not _has_default():
        device = makeshift_device()
        if device is not None:
            _look_again(with_jack=True)
    return SoundCardOutput(device)


def devices() -> list[Device]:
    """Gives the devices that can play, none where there is no sound system; takes up to a second."""
    try:
        sd = _sounddevice()
    except NoSoundCard:
        return []
    with portaudio.guard:
        default = _default(sd)
        able = [facts for facts in sd.query_devices() if facts["max_output_channels"] > 0]
        found = [Device(_name(sd, facts), facts["index"] == default) for facts in able]
    others = [device for device in found if not is_of_jack(device.name)]
    has_default = any(device.is_default for device in others)
    jack = [Device(name, not has_default and at == 0) for at, name in enumerate(jack_devices())]
    return [*others, *jack]


def _has_default() -> bool:
    """Whether anything that PortAudio sees can play."""
    sd = _sounddevice()
    with portaudio.guard:
        return _default(sd) >= 0


def _default(sd: Any) -> int:
    try:
        return int(sd.query_devices(kind="output")["index"])
    except (sd.PortAudioError, ValueError):
        return -1


def _look_again(with_jack: bool) -> None:
    if "sounddevice" not in sys.modules:
        _sounddevice(with_jack)
    elif not SoundCardOutput.open_streams:
        portaudio.look_again(_sounddevice(), with_jack)


def _sounddevice(with_jack: bool = False) -> Any:
    try:
        return portaudio.load(with_jack)
    except OSError as error:  # PortAudio is not installed
        raise NoSoundCard(f"the sound library is missing ({error})") from None


def _name(sd: Any, facts: Any) -> str:
    return f"{facts['name']}, {sd.query_hostapis(facts['hostapi'])['name']}"
