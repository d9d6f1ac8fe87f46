"""Decode one track from a place on, loop, and resample it to the rate of the sound card."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path

import numpy as np
import soxr

from bgm_finder.audio.channels import to_stereo
from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.playing.voice import Seam, Voice
from bgm_finder.audio.source import Floats, SoundFacts

_FIRST_FRAMES = 4096
"""The first chunk is small, so that the sound begins soon; each next one is twice as long."""
_MOST_FRAMES = 32_768


@dataclass(frozen=True, slots=True)
class Head:
    """The first seconds of a track, decoded before they are asked for."""

    samples: Floats
    """At the rate of the sound card, float32, (frames, 2)."""
    facts: SoundFacts


class Feed:
    """Hand a voice its sound, a chunk at a time; used by one thread."""

    def __init__(self, voice: Voice, head: Head | None = None) -> None:
        """Open the file; raises Unreadable. The head is what the voice holds of its beginning already."""
        self._voice = voice
        self._reader = SoundReader(voice.path, voice.stream)
        voice.facts = self._reader.facts
        self._rate_hz = self._reader.rate_hz
        same = self._rate_hz == voice.rate_hz
        self._resampler = None if same else soxr.ResampleStream(self._rate_hz, voice.rate_hz, 2, quality="HQ")
        self._frame = round(voice.start_s * self._rate_hz)
        self._taken = 0
        self._chunk = _FIRST_FRAMES
        self._skip = 0 if head is None else len(head.samples)
        if self._skip and same:
            self._frame, self._taken, self._skip = self._frame + self._skip, self._skip, 0
        self._reader.seek(self._frame)

    def decode_next_chunk(self) -> None:
        """Decode a little more into the voice, or find that all is done."""
        loop = self._voice.loop
        frames, turn = self._next_stretch(loop)
        samples = self._reader.read(frames)
        is_end = len(samples) < frames and turn is None
        self._voice.reached_s = inf if is_end else (self._frame + len(samples)) / self._rate_hz
        if self._voice.loop is not loop:  # set_loop came meanwhile; it looks at reached_s only after setting the loop
            self._reader.seek(self._frame)
            return
        self._frame += len(samples)
        self._taken += len(samples)
        self._hand_over(to_stereo(samples, self._reader.facts.places), is_end)
        if turn is not None and (len(samples) < frames or self._frame >= turn[1]):
            self._go_back_to(turn[0])
        self._voice.is_complete = is_end
        self._chunk = min(2 * self._chunk, _MOST_FRAMES)

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def _next_stretch(self, loop: tuple[float, float] | None) -> tuple[int, tuple[int, int] | None]:
        """Return how many frames to read, and the loop's first and last frame where one is set."""
        if loop is None:
            return self._chunk, None
        start, end = (round(place_s * self._rate_hz) for place_s in loop)
        end = max(start + 1, min(end, self._reader.frames))
        if self._frame >= end:
            self._go_back_to(start)
        return min(self._chunk, end - self._frame), (start, end)

    def _go_back_to(self, frame: int) -> None:
        self._reader.seek(frame)
        self._frame = frame
        self._voice.seams.append(Seam(self._taken * self._voice.rate_hz / self._rate_hz, frame / self._rate_hz))

    def _hand_over(self, samples: Floats, is_end: bool) -> None:
        if self._resampler is not None:
            samples = np.asarray(self._resampler.resample_chunk(samples, last=is_end), np.float32)
        skipped = min(self._skip, len(samples))
        self._skip -= skipped
        self._voice.put(samples[skipped:])


def decode_head(
    path: Path,
    rate_hz: int,
    seconds: float,
    is_wanted: Callable[[], bool] = lambda: True,
    stream: int | None = None,
) -> Head | None:
    """Decode the first seconds of a track as a feed would play them; None where they are no longer wanted.

    Raises Unreadable.
    """
    voice = Voice(path, 0.0, rate_hz, stream=stream)
    feed = Feed(voice)
    try:
        while voice.decoded < seconds * rate_hz and not voice.is_complete:
            feed.decode_next_chunk()
            if not is_wanted():
                return None
    finally:
        feed.close()
    assert voice.facts is not None
    return Head(voice.drain(), voice.facts)
