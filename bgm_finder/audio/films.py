"""Open the sound of files that FFmpeg reads: the one that is chosen, else the likeliest that is not silent."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from bgm_finder.audio.ffmpeg import FfmpegSource
from bgm_finder.audio.sound_packets import open_container
from bgm_finder.audio.source import Floats, NotThisReader, SoundStream, Source
from bgm_finder.audio.streams import likeliest_first, sound_streams
from bgm_finder.reasons import Unreadable

_SPOTS = 24
"""So many places of a stream are heard, spread over all of it, before it is taken to be silent."""
_SPOT_S = 0.2
_SILENT = 10 ** (-70 / 20)
"""Sound that stays below is what an unused input of a camera gives."""
_MOST_FILES = 256


def open_film(path: Path, choice: int | None = None, is_scanned: bool = False) -> Source:
    """Open the sound of a file; choice: a sound stream, counted from 0 among them, instead of the likeliest.

    is_scanned asks for a scan of all packets whatever the header says.

    Raises NotThisReader, Unreadable. A file of one sound stream costs nothing more than to open it.
    """
    container = open_container(path)
    if len(container.streams.audio) == 1:
        return FfmpegSource(path, is_scanned=is_scanned, container=container)
    try:
        streams = sound_streams(container)
    finally:
        container.close()
    facts = path.stat()
    stream = _chosen(path, streams, choice, (facts.st_mtime_ns, facts.st_size))
    return _open(path, stream, streams if len(streams) > 1 else (), is_scanned)


class ParallelSource:
    """Mono streams of one file as the channels of one sound; keeps to Source."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        longest = max((source.facts for source in sources), key=lambda facts: facts.frames)
        self.facts = replace(longest, channels=len(sources))

    def seek(self, frame: int) -> None:
        for source in self._sources:
            source.seek(frame)

    def read(self, frames: int) -> Floats:
        parts = [source.read(frames) for source in self._sources]
        samples = np.zeros((max(map(len, parts)), len(parts)), np.float32)  # silence where one ends before the others
        for channel, part in enumerate(parts):
            samples[: len(part), channel] = part[:, 0]
        return samples

    def close(self) -> None:
        for source in self._sources:
            source.close()


def _open(path: Path, stream: SoundStream, streams: tuple[SoundStream, ...], is_scanned: bool) -> Source:
    sources: list[Source] = []
    try:
        for number in stream.parts:
            sources.append(FfmpegSource(path, is_scanned=is_scanned, number=number))
    except BaseException:
        for source in sources:
            source.close()
        raise
    sound: Source = sources[0] if len(sources) == 1 else ParallelSource(sources)
    listed = next((one for one in streams if set(stream.parts) <= set(one.parts)), None)
    sound.facts = replace(sound.facts, streams=streams, stream=listed)
    return sound


@lru_cache(_MOST_FILES)
def _chosen(path: Path, streams: tuple[SoundStream, ...], choice: int | None, stamp: tuple[int, int]) -> SoundStream:
    """Return what to read, without the half of a pair that is silent.

    Kept for each content of a file (stamp: its time and size), as each jump of the player opens the file anew.
    """
    tried = likeliest_first(streams, choice)
    if not tried:
        raise NotThisReader("no decoder is known for its sound")
    if len(tried) == 1 and len(tried[0].parts) == 1:
        return tried[0]
    for stream in tried:
        parts = tuple(number for number in stream.parts if _sounds(path, number))
        if parts:
            return replace(stream, parts=parts)
    return next((stream for stream in tried if _can_be_read(path, stream)), tried[0])


def _sounds(path: Path, number: int) -> bool:
    """Whether a stream is heard at any of some spots; never where it cannot be decoded or its header makes no sense."""
    with suppress(NotThisReader, Unreadable):
        source = FfmpegSource(path, number=number)
        try:
            return any(_is_loud(source, source.facts.frames * spot // _SPOTS) for spot in range(_SPOTS))
        finally:
            source.close()
    return False


def _is_loud(source: Source, frame: int) -> bool:
    source.seek(frame)
    samples = source.read(round(_SPOT_S * source.facts.rate_hz))
    return bool((np.abs(samples) > _SILENT).any())


def _can_be_read(path: Path, stream: SoundStream) -> bool:
    with suppress(NotThisReader, Unreadable):
        for number in stream.parts:
            FfmpegSource(path, number=number).close()
        return True
    return False
