"""How loud files are, for comparing them at the same level."""

import math
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import SoundReader, decode_blocks
from bgm_finder.audio.loudness import LoudnessMeter
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.reasons import Unreadable
from bgm_finder.track import SoundAt


def loudness_of(job: Job, sounds: Iterable[SoundAt]) -> dict[Path, float | None]:
    """Return the integrated loudness in LUFS of those files that can be read, None for silent ones."""
    found: dict[Path, float | None] = {}
    for sound in sounds:
        job.check()
        try:
            found[sound.path] = read_with_timeout(job, sound.path, partial(_loudness, job, sound), longest_s=None)
        except Unreadable:  # the player reports it to whoever plays it
            continue
    return found


def _loudness(job: Job, sound: SoundAt) -> float | None:
    with SoundReader(sound.path, sound.stream) as reader:
        meter = LoudnessMeter(reader.rate_hz, reader.channels)
        for samples in decode_blocks(reader):
            job.check()
            meter.add(samples)
    lufs = meter.integrated_lufs()
    return lufs if math.isfinite(lufs) else None
