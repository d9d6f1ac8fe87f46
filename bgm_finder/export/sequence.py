"""The timeline in whole frames: one track, the pieces one after the other; what all formats are written from."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bgm_finder.export.copies import Copied, Media
from bgm_finder.export.frame_rates import FrameRate
from bgm_finder.export.ixml import xml_text
from bgm_finder.export.pieces import Marker


@dataclass(frozen=True, slots=True)
class ClipMarker:
    """A marker within a clip."""

    name: str
    frame: int
    """From the media's first frame on."""
    length: int = 1
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a file at its place in the timeline; all in frames of the timeline."""

    name: str
    media: Media
    media_start: int
    """The frame number of the media's first frame, by its own clock."""
    media_length: int
    source_in: int
    """From the media's first frame on."""
    length: int
    record_in: int
    """From the timeline's first frame on."""
    markers: tuple[ClipMarker, ...] = ()

    @property
    def source_out(self) -> int:
        return self.source_in + self.length

    @property
    def record_out(self) -> int:
        return self.record_in + self.length


@dataclass(frozen=True, slots=True)
class Sequence:
    """A timeline."""

    name: str
    rate: FrameRate
    start: int
    """The frame number of its first frame, by its time code."""
    clips: tuple[Clip, ...]

    @property
    def length(self) -> int:
        return self.clips[-1].record_out if self.clips else 0

    @property
    def channels(self) -> int:
        return max((clip.media.channels for clip in self.clips), default=2)


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """How the pieces become a timeline."""

    name: str
    rate: FrameRate
    start: int = 0
    """The frame number of the timeline's first frame, by its time code."""
    offset_s: float = 0.0
    """Where the first piece begins, as in the film that it is for."""


def sequence_of(copied: Iterable[Copied], options: TimelineOptions) -> tuple[Sequence, list[Path]]:
    """Return the timeline, and the originals of the pieces that are shorter than a frame and not in it."""
    clips: list[Clip] = []
    too_short: list[Path] = []
    at = options.rate.frame_at(options.offset_s)
    for one in copied:
        clip = _clip(one, options.rate, at)
        if clip.length > 0:
            clips.append(clip)
            at = clip.record_out
        else:
            too_short.append(one.piece.sound.path)
    return Sequence(xml_text(options.name), options.rate, options.start, tuple(clips)), too_short


def _clip(copied: Copied, rate: FrameRate, record_in: int) -> Clip:
    piece, media = copied.piece, copied.media
    length, offset = rate.frames_within(media.frames, media.rate_hz), rate.frame_at(media.offset_s)
    source_in, source_out = 0, length
    if piece.section is not None:
        source_in = min(max(0, rate.frame_at(piece.section.start_s) - offset), max(0, length - 1))
        source_out = min(max(source_in + 1, rate.frame_at(piece.section.end_s) - offset), length)
    return Clip(
        xml_text(piece.title),
        media,
        rate.frame_at(Fraction(media.time_reference, media.rate_hz)),
        length,
        source_in,
        source_out - source_in,
        record_in,
        tuple(
            found
            for marker in piece.markers
            if source_in <= (found := _marker(marker, rate, offset)).frame < source_out
        ),
    )


def _marker(marker: Marker, rate: FrameRate, offset: int) -> ClipMarker:
    start, end = (rate.frame_at(second) for second in (marker.start_s, marker.end_s or marker.start_s))
    return ClipMarker(xml_text(marker.name), start - offset, max(1, end - start), xml_text(marker.comment))
