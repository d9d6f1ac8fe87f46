"""Decoded frames of PyAV's -> blocks of float32 samples, all of one rate and with one number of channels."""

from typing import Any

import av
import numpy as np
import soxr

from bgm_finder.audio.av_layout import places_of
from bgm_finder.audio.source import Floats

Block = tuple[int | None, Floats]
"""The time stamp of its first sample in ticks, None where it follows on the one before; float32, (frames, channels)."""

_FULL_SCALE = {"u8": (128.0, 128.0), "s16": (0.0, 32768.0), "s32": (0.0, 2147483648.0), "s64": (0.0, 2.0**63)}
_KINDS = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}
_PLANES = 8
"""From so many planes on PyAV counts past their end, and fails or crashes; FFmpeg puts them into one before."""


class BlockMaker:
    """Keep rate and channels of a sound's first frame where a stream changes them on the way, as joined ones do."""

    def __init__(self) -> None:
        self.rate_hz = 0
        self.channels = 0
        self.places: tuple[str, ...] = ()
        """The loudspeaker of each channel, where the first frame names them."""
        self._resampler: Any = None
        self._from_hz = 0
        self._pts: int | None = None

    def add(self, frame: Any) -> list[Block]:
        """Take the next decoded frame and return the blocks that are ready."""
        samples, rate_hz = floats(frame), int(frame.sample_rate)
        if not self.channels:
            self.rate_hz, self.channels, self.places = rate_hz, samples.shape[1], places_of(frame.layout)
        if samples.shape[1] != self.channels:
            samples = fit(samples, self.channels)
        if rate_hz == self.rate_hz:
            return [*self.finish(), (frame.pts, samples)]
        return self._resampled(samples, rate_hz, frame.pts)

    def finish(self) -> list[Block]:
        """Return what a change of the rate still holds back."""
        if self._resampler is None:
            return []
        rest = self._resampler.resample_chunk(np.zeros((0, self.channels), np.float32), last=True)
        self._resampler = None
        return [(self._pts, np.asarray(rest, np.float32))] if len(rest) else []

    def drop(self) -> None:
        """Forget what is held back, before a jump."""
        self._resampler = None

    def _resampled(self, samples: Floats, rate_hz: int, pts: int | None) -> list[Block]:
        before = self.finish() if rate_hz != self._from_hz else []
        if self._resampler is None:
            self._resampler = soxr.ResampleStream(rate_hz, self.rate_hz, self.channels)
            self._from_hz, self._pts = rate_hz, pts
        ready = np.asarray(self._resampler.resample_chunk(samples), np.float32)
        if not len(ready):
            return before
        block, self._pts = (self._pts, ready), None
        return [*before, block]


def floats(frame: Any) -> Floats:
    """Return the samples of a decoded frame, float32, (frames, channels), full scale at 1."""
    kind, channels = frame.format.name.removesuffix("p"), frame.layout.nb_channels
    if frame.format.is_planar and channels >= _PLANES:
        frame = av.AudioResampler(format=kind).resample(frame)[0]
    planar = frame.format.is_planar
    count = frame.samples * (1 if planar else channels)
    samples = np.stack([np.frombuffer(plane, _KINDS[kind], count) for plane in frame.planes])
    if not planar:
        samples = samples.reshape(-1, channels).T
    offset, scale = _FULL_SCALE.get(kind, (0.0, 1.0))
    if scale != 1.0:
        samples = (samples.astype(np.float64) - offset) / scale
    return np.ascontiguousarray(samples.T, dtype=np.float32)


def fit(samples: Floats, channels: int) -> Floats:
    """Return float32, (frames, channels), from samples with any other number of channels."""
    return samples[:, np.arange(channels) % samples.shape[1]]
