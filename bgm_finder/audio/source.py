"""What every reader of sound files keeps to, and the limits beyond which a file's header is not believed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bgm_finder.reasons import Reason, Unreadable

Floats = NDArray[np.float32]

_MOST_CHANNELS = 64
_RATES_HZ = range(1_000, 768_001)
_LONGEST_S = 7 * 24 * 3600.0

_VORBIS_OVERLAP = 8192
_LAST_OGG_PAGE = 255 * 1024
"""Frames that the last page of an Ogg Vorbis file can hold."""


class NotThisReader(Exception):  # noqa: N818 - not the file's fault: another reader may know it
    """This library cannot read the file."""


class HasNoSound(NotThisReader):
    """The file is understood, but there is no sound in it."""


@dataclass(frozen=True, slots=True)
class SoundStream:
    """One of the sounds that a film holds, to choose from: one stream, or two mono streams that are left and right."""

    parts: tuple[int, ...]
    """The streams that are read side by side, counted from 0 among the file's sound streams."""
    codec: str
    channels: int
    language: str = ""
    """Three letters, as "jpn"."""
    title: str = ""
    is_default: bool = False
    is_special: bool = False
    """Whether it is made for few: a commentary, or a version for those who see or hear badly."""


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What a file's header tells."""

    duration_s: float
    rate_hz: int
    channels: int
    frames: int
    format: str
    codec: str
    places: tuple[str, ...] = ()
    """Each channel's loudspeaker by FFmpeg's names, such as FL or LFE; empty where the file does not tell."""
    streams: tuple[SoundStream, ...] = ()
    """What there is to choose from, in the order of the file; empty where there is no choice."""
    stream: SoundStream | None = None
    """Which of them is read."""


class Source(Protocol):
    """An open sound file; frames are counted from the first audible one."""

    facts: SoundFacts

    def seek(self, frame: int) -> None:
        """Make this frame the next to be read."""

    def read(self, frames: int) -> Floats:
        """Return the next frames, float32, (frames, channels); fewer only at the end."""

    def close(self) -> None:
        """Let go of the file."""


def believable(path: Path, facts: SoundFacts) -> SoundFacts:
    """Return the facts back, or raises Unreadable where no real sound has such a header."""
    sane = 1 <= facts.channels <= _MOST_CHANNELS and facts.rate_hz in _RATES_HZ and facts.duration_s <= _LONGEST_S
    if not sane:
        raise Unreadable(path, Reason.SENSELESS_HEADER, channels=facts.channels, rate_hz=facts.rate_hz)
    return facts


def vorbis_landing(frame: int, frames: int) -> int:
    """Return the frame to jump to in Ogg Vorbis, so that reading on from there is exact at the frame wanted.

    The first block after a jump lacks its overlap. And the last page's time stamp tells the end of the sound, not of
    its last block: libsndfile and FFmpeg alike count wrong once they land within it.
    """
    return max(0, min(frame, frames - _LAST_OGG_PAGE) - _VORBIS_OVERLAP)
