"""Seconds and samples -> whole frames and time codes, without a rounding that would add up."""

from dataclasses import dataclass
from fractions import Fraction

_NTSC = Fraction(1000, 1001)
_DAY_H = 24


@dataclass(frozen=True, slots=True)
class FrameRate:
    """A frame rate as editing programs name it."""

    name: str
    timebase: int
    """The frames that a second of the time code counts."""
    is_ntsc: bool = False
    """Whether it runs slower than its time code by a thousandth."""
    is_drop: bool = False
    """Whether its time code leaves numbers out, so that it keeps up with the clock."""

    @property
    def per_second(self) -> Fraction:
        """The frames of a second of sound."""
        return self.timebase * _NTSC if self.is_ntsc else Fraction(self.timebase)

    def frame_at(self, seconds: float | Fraction) -> int:
        """Return the frame nearest to a moment."""
        return round(Fraction(seconds) * self.per_second)

    def frame_before(self, seconds: float | Fraction) -> int:
        """Return the last frame that begins no later than a moment."""
        return int(Fraction(seconds) * self.per_second // 1)

    def frame_after(self, seconds: float | Fraction) -> int:
        """Return the first frame that begins no earlier than a moment."""
        return -int(-Fraction(seconds) * self.per_second // 1)

    def frames_within(self, samples: int, rate_hz: int) -> int:
        """Return how many whole frames a sound lasts."""
        return self.frame_before(Fraction(samples, rate_hz))

    def seconds(self, frames: int) -> Fraction:
        """Return how long so many frames last."""
        return frames / self.per_second

    def timecode(self, frame: int) -> str:
        """Return a frame's time code, as 01:00:00:00; with a semicolon before the frames where numbers are left out.

        It begins anew after 24 hours.
        """
        number = self._numbered(frame) % (_DAY_H * 3600 * self.timebase)
        seconds, frames = divmod(number, self.timebase)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}:{seconds:02}{';' if self.is_drop else ':'}{frames:02}"

    def frame_of(self, timecode: str) -> int:
        """Return the frame of a time code; raises ValueError where there is none such."""
        parts = timecode.strip().replace(";", ":").replace(".", ":").split(":")
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
            raise ValueError(timecode)
        hours, minutes, seconds, frames = map(int, parts)
        is_left_out = self.is_drop and seconds == 0 and minutes % 10 and frames < self._dropped
        if hours >= _DAY_H or minutes >= 60 or seconds >= 60 or frames >= self.timebase or is_left_out:
            raise ValueError(timecode)
        number = ((hours * 60 + minutes) * 60 + seconds) * self.timebase + frames
        full_minutes = hours * 60 + minutes
        return number - (self._dropped * (full_minutes - full_minutes // 10) if self.is_drop else 0)

    @property
    def _dropped(self) -> int:
        """The numbers that are left out in nine of ten minutes."""
        return self.timebase // 15

    def _numbered(self, frame: int) -> int:
        """Return the number that a frame has in the time code."""
        if not self.is_drop:
            return frame
        in_minute = 60 * self.timebase - self._dropped
        in_ten = 10 * in_minute + self._dropped
        tens, rest = divmod(frame, in_ten)
        minutes = max(0, rest - self._dropped) // in_minute
        return frame + self._dropped * (9 * tens + minutes)


FRAME_RATES = {
    rate.name: rate
    for rate in (
        FrameRate("23.976", 24, is_ntsc=True),
        FrameRate("24", 24),
        FrameRate("25", 25),
        FrameRate("29.97", 30, is_ntsc=True),
        FrameRate("29.97df", 30, is_ntsc=True, is_drop=True),
        FrameRate("30", 30),
        FrameRate("50", 50),
        FrameRate("59.94", 60, is_ntsc=True),
        FrameRate("59.94df", 60, is_ntsc=True, is_drop=True),
        FrameRate("60", 60),
    )
}
"""By name."""
