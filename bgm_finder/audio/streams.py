"""Which sound streams of a film are one sound, and which of these sounds is the likeliest to be meant."""

import re
from collections.abc import Sequence
from typing import Any

from bgm_finder.audio.av_layout import take_pcm_places
from bgm_finder.audio.source import SoundStream

_DEFAULT = 1
_SPECIAL = 8 | 128 | 256 | 131072 | 524288
"""FFmpeg's flags of a commentary, of versions for those who hear or see badly, of descriptions, and of supplements."""
_SPECIAL_TITLE = re.compile(
    r"comment(ary|aire)|kommentar|descripti(on|ve)|(hearing|visual(ly)?)[ -]impaired|コメンタリー|解説|音声ガイド", re.I
)
_SIDES = re.compile(r"(?<![a-z])(left|right|l|r|ch(annel)?\s*\d+)(?![a-z0-9])|[左右]", re.I)
"""What tells the titles of two halves of one sound apart."""
_NAMELESS = {"und", "mis", "zxx"}
_SAME_S = 0.1
"""Halves of one sound are as long as each other, but for what an encoder adds."""


def sound_streams(container: Any) -> tuple[SoundStream, ...]:
    """Return the sounds of an open container that can be decoded, in the order of the file.

    Neighbouring mono streams of one kind are the left and the right of one sound, as cameras, MXF and editing programs
    write them; those of several languages or titles are sounds of their own.
    """
    streams = [s for s in enumerate(container.streams.audio) if s[1].codec_context is not None]
    for _, stream in streams:
        take_pcm_places(stream.codec_context)
    found: list[SoundStream] = []
    while streams:
        (number, stream), *others = streams
        is_pair = bool(others) and _are_halves(stream, others[0][1])
        parts = (number, others[0][0]) if is_pair else (number,)
        found.append(_sound_stream(stream, parts))
        streams = streams[len(parts) :]
    return tuple(found)


def likeliest_first(streams: Sequence[SoundStream], choice: int | None) -> list[SoundStream]:
    """Return the sounds in the order in which they are to be tried, the one that the choice is a part of first.

    choice: a sound stream, counted from 0 among them; one that is not there (any more) chooses nothing.
    """
    chosen = [stream for stream in streams if choice in stream.parts]
    return chosen or sorted(streams, key=lambda stream: (stream.is_special, not stream.is_default))


def _sound_stream(stream: Any, parts: tuple[int, ...]) -> SoundStream:
    context, flags = stream.codec_context, _flags(stream)
    title = _title(stream)
    return SoundStream(
        parts=parts,
        codec=context.name,
        channels=len(parts) if len(parts) > 1 else context.channels,
        language=_language(stream),
        title=title if len(parts) == 1 else "",
        is_default=bool(flags & _DEFAULT),
        is_special=bool(flags & _SPECIAL or _SPECIAL_TITLE.search(title)),
    )


def _are_halves(one: Any, other: Any) -> bool:
    if _flags(other) & _DEFAULT and not _flags(one) & _DEFAULT:
        return False  # marked as the one to be heard, and not the half that follows it
    return one.codec_context.channels == 1 and _kind(one) == _kind(other) and _are_as_long(one, other)


def _kind(stream: Any) -> tuple[object, ...]:
    context = stream.codec_context
    special = _flags(stream) & _SPECIAL
    title = _SIDES.sub("", _title(stream)).strip()
    return context.name, context.sample_rate, context.channels, _language(stream), special, title


def _are_as_long(one: Any, other: Any) -> bool:
    starts, lengths = [], []
    for stream in (one, other):
        base = float(stream.time_base or 0)
        starts.append((stream.start_time or 0) * base)
        lengths.append(_length_s(stream))
    return abs(starts[0] - starts[1]) < _SAME_S and abs(lengths[0] - lengths[1]) < _SAME_S


def _length_s(stream: Any) -> float:
    """Return what a stream or, in Matroska, its tags say of its length; 0 where neither does."""
    if stream.duration:
        return float(stream.duration * stream.time_base)
    parts = re.fullmatch(r"(\d+):(\d+):(\d+\.?\d*)", str(stream.metadata.get("DURATION", "")))
    return 0.0 if parts is None else 3600 * int(parts[1]) + 60 * int(parts[2]) + float(parts[3])


def _flags(stream: Any) -> int:
    return int(stream.disposition)


def _language(stream: Any) -> str:
    declared = str(stream.metadata.get("language", "")).lower()
    return "" if declared in _NAMELESS else declared


def _title(stream: Any) -> str:
    return str(stream.metadata.get("title", "")).strip()
