"""A sound card through PortAudio; in the app's own process it is never JACK's."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from bgm_finder.audio.playing import portaudio
from bgm_finder.audio.source import Floats
from bgm_finder.reasons import Reason, RefusalError

Fill = Callable[[Floats], None]
"""Fills the buffer it is handed, float32, (frames, 2); never waits."""

_LATENCY_S = 0.04
"""Short enough for a key to feel immediate, long enough for Python's callback."""


class NoSoundCard(RefusalError):  # noqa: N818 - named for what happened
    """There is nothing to play through."""


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
        self._sd = sounddevice()
        try:
            index = self._index(device)
            facts = self._sd.query_devices(index, "output")
            self.name = name_of(self._sd, facts)
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
            raise NoSoundCard(Reason.DEVICE_NOT_OPENED, error=error) from None
        SoundCardOutput.open_streams += 1

    def start(self, fill: Fill) -> None:
        self._fill = fill
        try:
            self._stream.start()
        except self._sd.PortAudioError as error:
            self.close()
            raise NoSoundCard(Reason.DEVICE_NOT_STARTED, error=error) from None

    def close(self) -> None:
        self._is_closing = True
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
        SoundCardOutput.open_streams -= 1

    def abandon(self) -> None:
        # closing a stream whose server stands still never comes back
        self._is_closing = True
        self._abandoned.append(self)
        portaudio.leave(self)
        SoundCardOutput.open_streams -= 1

    def _index(self, device: str | None) -> int | None:
        if device is None:
            return None
        for facts in self._sd.query_devices():
            if facts["max_output_channels"] > 0 and name_of(self._sd, facts) == device:
                return int(facts["index"])
        raise NoSoundCard(Reason.DEVICE_NOT_THERE, device=device)

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


def sounddevice(with_jack: bool = False) -> Any:
    """Return the library; raises NoSoundCard where PortAudio is not installed."""
    try:
        return portaudio.load(with_jack)
    except OSError as error:
        raise NoSoundCard(Reason.NO_SOUND_LIBRARY, error=error) from None


def name_of(sd: Any, facts: Any) -> str:
    """Return the name that a device is chosen by."""
    return f"{facts['name']}, {sd.query_hostapis(facts['hostapi'])['name']}"
