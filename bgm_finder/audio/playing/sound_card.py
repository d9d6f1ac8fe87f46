"""A sound card through PortAudio, in a process that opens one device and ends with it."""

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from bgm_finder.audio.playing.jack import is_of_jack
from bgm_finder.audio.source import Floats
from bgm_finder.reasons import Reason, RefusalError

Fill = Callable[[Floats], None]
"""Fill the buffer it is handed, float32, (frames, 2); never waits."""

_LATENCY_S = 0.04
"""Short enough for a key to feel immediate, long enough for Python's callback."""

_STOPS_AFTER_S = 30.0
"""Only over JACK: there a stopped stream plays again within two blocks, over PulseAudio it was seen to take 1.5 s."""


class NoSoundCard(RefusalError):  # noqa: N818 - named for what happened
    """There is nothing to play through."""


class SoundCardOutput:
    """A stream at the device's own rate, stopped while nothing is played for long; keeps to Output."""

    is_silent = False

    def __init__(self, device: str | None = None) -> None:
        """Open the named device, or the system's default; raises NoSoundCard."""
        self.underflows = 0
        self.is_lost = False
        self._is_stopping = False
        self._fill: Fill | None = None
        self._sd = sounddevice()
        try:
            facts = self._sd.query_devices(self._index(device), "output")
            self.name = name_of(self._sd, facts)
            self.stops_after_s = _STOPS_AFTER_S if is_of_jack(self.name) else inf
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

    def start(self, fill: Fill) -> None:
        self._fill, self._is_stopping = fill, False
        try:
            self._stream.start()
        except self._sd.PortAudioError as error:
            raise NoSoundCard(Reason.DEVICE_NOT_STARTED, error=error) from None

    def stop(self) -> None:
        self._is_stopping = True
        self._stream.stop(ignore_errors=True)

    def close(self) -> None:
        self._is_stopping = True
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _index(self, device: str | None) -> int | None:
        if device is None:
            return None
        for facts in self._sd.query_devices():
            if facts["max_output_channels"] > 0 and name_of(self._sd, facts) == device:
                return int(facts["index"])
        raise NoSoundCard(Reason.DEVICE_NOT_THERE, device=device)

    def _on_wanted(self, out: Floats, frames: int, at: Any, status: Any) -> None:
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
        self.is_lost = not self._is_stopping


def sounddevice() -> Any:
    """Return the library; raises NoSoundCard where PortAudio is not installed."""
    try:
        import sounddevice
    except OSError as error:
        raise NoSoundCard(Reason.NO_SOUND_LIBRARY, error=error) from None
    return sounddevice


def name_of(sd: Any, facts: Any) -> str:
    """Return the name that a device is chosen by."""
    return f"{facts['name']}, {sd.query_hostapis(facts['hostapi'])['name']}"


def default_index(sd: Any) -> int:
    """Return the number of the default device, -1 where there is none."""
    try:
        return int(sd.query_devices(kind="output")["index"])
    except (sd.PortAudioError, ValueError):
        return -1
