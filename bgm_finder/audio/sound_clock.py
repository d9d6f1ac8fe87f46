"""Time stamps of a stream -> places in its sound, counted in frames from the first one that is heard."""

from typing import Any

import av

from bgm_finder.audio.packet_clock import GAP_S, HOLE_S
from bgm_finder.audio.sound_packets import SoundPackets

_GRID = {"aac": 1024, "opus": 120, "vorbis": 64, "mp3": 1152, "mp3float": 1152, "ac3": 1536, "eac3": 256}
"""Every frame of these codecs begins at a multiple of so many samples, which corrects time stamps rounded to 1 ms."""
_FINE_GAP_S = 0.003
"""Where time stamps are exact to the sample, smaller gaps count too: samples that a decoder left out, as at a seam."""
_ROUNDING = 1.5
"""Ticks by which a time stamp and the sound's first one can be off together."""


class SoundClock:
    """The clock of one sound, which begins with its first block."""

    def __init__(self, source: SoundPackets, rate_hz: int, first_pts: int, first_length: int) -> None:
        """Take the time stamp and the length, in frames, of the first block."""
        self._rate_hz, self._codec = rate_hz, source.codec
        self._is_ogg_vorbis = source.is_ogg_vorbis
        """Its pages begin with a time stamp that can be some hundred frames late, where short and long blocks meet."""
        self._step = float(source.stream.time_base * rate_hz)
        self._first_length, self._first_time = first_length, self._frames(first_pts)
        self._origin = 0
        """The frame of the time stamps at which the clock begins."""

    @property
    def is_exact(self) -> bool:
        """Whether a tick is one frame."""
        return self._step == 1.0

    @property
    def late(self) -> int:
        """How many frames of silence are before the first block; less than 0 where that begins too early."""
        return self._first_time - self._origin

    def correct_the_step(self, duration: int) -> None:
        """Take the samples of a tick from the first packet's duration: of AC-3 FFmpeg adds up rounded ones."""
        self._step = self._first_length / duration

    def begin(self, source: SoundPackets, is_scanned: bool) -> None:
        """Find where the clock begins.

        In a film that is its own beginning, so that sound and picture agree: sound that begins later is silent until
        then. So it is in an mp4, whose edit list says when its sound begins. Other sounds begin with their first
        sample: what was cut from a stream may be stamped with hours.
        """
        first = self._first_time
        pictures = [stream for stream in source.container.streams.video if not _is_cover(stream)]
        if pictures and source.container.start_time is not None:
            zero = round(source.container.start_time / av.time_base * self._rate_hz)
        else:
            zero = 0 if source.format == "mov" and not is_scanned else first
        late_s = (first - zero) / self._rate_hz
        self._origin = zero if GAP_S < late_s < HOLE_S else first

    def place(self, pts: int) -> int:
        """Return the frame number of a time stamp; exact by the codec's grid where the stamp is rounded."""
        time = self._frames(pts) - self._first_time
        grid = _GRID.get(self._codec, 1) if self._step > 1.0 else 1
        first = self._first_length % grid
        exact = round((time - first) / grid) * grid + first
        is_rounding = abs(exact - time) <= _ROUNDING * self._step
        return (exact if is_rounding else time) + self._first_time - self._origin

    def coarse_place(self, pts: int) -> int:
        """Return the frame number of a time stamp, however it is rounded."""
        return self._frames(pts) - self._origin

    def ticks(self, frame: int) -> int:
        """Return the time stamp of a frame."""
        return int((frame + self._origin) / self._step)

    def span(self, frames: int) -> int:
        """Return how many ticks so many frames take."""
        return int(frames / self._step)

    def declared_end(self, ticks: int) -> int:
        """Return the frame at which a sound ends whose declared length is in ticks."""
        return round(ticks * self._step) + self.late

    def silence(self, ahead: int) -> int:
        """Return how much silence there is before a block whose time stamp is so many frames ahead."""
        tolerance_s = GAP_S if self._step > 1.0 or self._is_ogg_vorbis else _FINE_GAP_S
        return ahead if ahead > tolerance_s * self._rate_hz else 0

    def _frames(self, pts: int) -> int:
        return round(pts * self._step)


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)
