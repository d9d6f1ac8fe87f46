"""The first pass over one file: what it says of itself, and its vector from windows spread over it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bgm_finder.audio.decode import SoundReader, windows_of
from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.content_hash import content_hash
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.mel import Floats
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.similarity.embedder import Embedder, load_embedder
from bgm_finder.similarity.patches import InputSpec, window_starts
from bgm_finder.track import Section, SoundAt
from bgm_finder.workflows.embedded_tags import read_embedded

_WINDOWS_LIMIT_S = 120.0
"""No honest file of a library takes as long, ten hours of sound included."""
WINDOWS_LONGEST_S = _WINDOWS_LIMIT_S + 30.0
"""What analyse_windows takes at most, with the start of a worker."""
_SHORTEST_S = 0.1
"""A marked stretch is taken to be at least so long."""
ALL_LIKELIEST: Mapping[Path, int] = {}
"""No sound stream was chosen by hand."""


def analyse_windows(path: Path, network: str, streams: Mapping[Path, int] = ALL_LIKELIEST) -> tuple[Reading, Floats]:
    """Return what a file says of itself, and its unit vector by the network of this name; raises Unreadable.

    streams: the sound streams chosen by hand, by file.
    """
    with time_limit(_WINDOWS_LIMIT_S):
        return read_windows(SoundAt(path, streams.get(path)), worker_embedder(network))


def read_windows(sound: SoundAt, embedder: Embedder) -> tuple[Reading, Floats]:
    """Return what a file says of itself, and its unit vector, or zeros for silence; raises Unreadable."""
    path = sound.path
    with SoundReader(path, sound.stream) as reader:
        windows = _windows(reader, embedder.input_spec, 0.0, reader.facts.duration_s)
        facts = reader.facts  # after the windows, which can show that the header was wrong
    own, vector = read_embedded(path), embedder.embed(windows)
    try:
        digest = content_hash(path)
    except OSError as error:
        raise Unreadable.of_system(path, error) from error
    reading = Reading(
        content_hash=digest,
        duration_s=facts.duration_s,
        rate_hz=facts.rate_hz,
        channels=facts.channels,
        title=own.title,
        artist=own.artist,
        comment=own.comment,
        bpm=own.bpm,
        tags=own.tags,
        unread_tempo=own.unread_tempo,
    )
    return reading, vector


def file_windows(sound: SoundAt, embedder: Embedder, section: Section | None = None) -> list[Floats]:
    """Return the windows that stand for a file, or for a stretch of it; raises Unreadable."""
    with SoundReader(sound.path, sound.stream) as reader:
        length_s = reader.facts.duration_s
        if section is None:
            return _windows(reader, embedder.input_spec, 0.0, length_s)
        end_s = max(min(section.end_s, length_s), section.start_s + _SHORTEST_S)
        return _windows(reader, embedder.input_spec, section.start_s, end_s)


def embed_file(sound: SoundAt, embedder: Embedder, section: Section | None = None) -> Floats:
    """Return the unit vector of a file, or of a stretch of it, float32, (dimensions,); raises Unreadable, also for
    silence, to which nothing can be compared.
    """
    vector = embedder.embed(file_windows(sound, embedder, section))
    if not vector.any():
        raise Unreadable(sound.path, Reason.ONLY_SILENCE)
    return vector


def embed_path(path: Path, network: str, stream: int | None = None) -> Floats:
    """Return the unit vector of a file, in a worker process; raises Unreadable."""
    with time_limit(_WINDOWS_LIMIT_S):
        return embed_file(SoundAt(path, stream), worker_embedder(network))


@lru_cache(maxsize=2)
def worker_embedder(network: str) -> Embedder:
    """Return this process' own embedder of a network, loaded once for all of its files."""
    return load_embedder(network)


def _windows(reader: SoundReader, input_spec: InputSpec, start_s: float, end_s: float) -> list[Floats]:
    starts = [start_s + offset_s for offset_s in window_starts(end_s - start_s, input_spec)]
    windows = windows_of(reader, starts, min(input_spec.window_s, end_s - start_s), input_spec.rate_hz)
    heard = [window for window in windows if len(window)]
    if not heard:
        raise Unreadable(reader.path, Reason.NO_SOUND_IN_SECTION)
    return heard
