"""Which containers' headers and time stamps FFmpeg's reader can believe without having seen every packet."""

from itertools import pairwise
from typing import Any

from bgm_finder.audio.packet_clock import HOLE_S

_UNPACKED = {"wav", "aiff", "w64", "caf", "au"}
_SUSPECT_HOLE_S = 60.0
"""So far apart lie no two entries of an honest Matroska's index; beyond it, all of its packets are scanned."""


def is_trusted(container: Any, stream: Any, is_whole_ogg: bool, size: int) -> bool:
    """Return whether length and jumps are right by header, index and time stamps alone; size is in bytes."""
    name, context = container.format.name.split(",")[0], stream.codec_context
    if name == "mov":
        return bool(stream.frames and stream.duration) and _holds_its_index(stream, size) and not _lacks_much(stream)
    if name == "matroska":
        return bool(container.duration)
    if name == "ogg":
        return is_whole_ogg and context.name in ("opus", "vorbis") and bool(stream.duration)
    return name in _UNPACKED and context.name.startswith("pcm") and bool(stream.duration)


def _holds_its_index(stream: Any, size: int) -> bool:
    """Tell a whole mp4 from one of which only a part was downloaded."""
    entries = stream.index_entries
    last = entries[len(entries) - 1] if len(entries) else None
    return last is None or bool(last.pos + last.size <= size)


def _lacks_much(stream: Any) -> bool:
    """Tell an mp4 with a hole of its packets' time stamps."""
    stored_s = stream.frames * (stream.codec_context.frame_size or 1) / (stream.codec_context.sample_rate or 1)
    return bool(float(stream.duration * stream.time_base) - stored_s > HOLE_S)


def has_an_even_index(stream: Any) -> bool:
    """Tell a Matroska that was finished from one that was recorded live or whose time stamps jump.

    FFmpeg reads its index with the first jump. Several entries of Matroska may lie in one cluster; those that FFmpeg
    makes of the table of an mp3, whose count of frames may be false, may not lie at one place.
    """
    shares = "matroska" in stream.container.format.name
    entries = stream.index_entries
    places = [(float(entry.timestamp * stream.time_base), entry.pos) for entry in entries]
    return bool(places) and all(
        later_s - time_s < _SUSPECT_HOLE_S and (later > place or (shares and later == place))
        for (time_s, place), (later_s, later) in pairwise(places)
    )
