"""How loud files are, for comparing them at the same level."""

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bgm_finder.audio.decode import SoundReader, decode_blocks
from bgm_finder.audio.loudness import LoudnessMeter
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.with_timeout import call_with_timeout
from bgm_finder.reasons import Unreadable
from bgm_finder.workflows.analyse import ALL_LIKELIEST


def loudness_of(job: Job, paths: list[Path], streams: Mapping[Path, int] = ALL_LIKELIEST) -> dict[Path, float | None]:
    """Return the integrated loudness in LUFS of those files that can be read, None for silent ones.

    streams: the sound streams chosen by hand, by file.
    """
    found: dict[Path, float | None] = {}
    for path in paths:
        job.check()
        try:
            found[path] = call_with_timeout(job, path, partial(_loudness, job, path, streams.get(path)), longest_s=None)
        except Unreadable:  # whoever plays it is told so by the player
            continue
    return found


def _loudness(job: Job, path: Path, stream: int | None) -> float | None:
    with SoundReader(path, stream) as reader:
        meter = LoudnessMeter(reader.rate_hz, reader.channels)
        for samples in decode_blocks(reader):
            job.check()
            meter.add(samples)
    lufs = meter.integrated_lufs()
    return lufs if math.isfinite(lufs) else None
