"""The pictures of one file: what the catalogue keeps, and the fine ones as they are computed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.overview import OverviewMaker
from bgm_finder.audio.source import Floats
from bgm_finder.audio.spectrogram import MelPicture, MelPictureMaker, Overview, overview_from, preview_from
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.track import SoundAt

_STEP_S = 1.0
"""A drawing that is wanted no more stops after so much sound."""
_FIRST_STEPS, _STEPS = 4, 10
"""So much is drawn at once: small blocks cost half as much again, but the first one shall be seen soon."""
_PART_S = 0.1
"""Parts come no sooner than this after each other: each one has to be painted."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Spectrogram and waveform of one file."""

    picture: MelPicture
    overview: NDArray[np.float32] | None
    """float32, (columns, 2): lowest and highest sample of each stretch, -1 to 1."""
    duration_s: float
    is_fine: bool
    is_whole: bool


def stored(job: Job, catalogue: Path, track_id: int) -> Drawing | None:
    """Return the coarse drawing that the catalogue keeps, or None where the track was never analysed whole."""
    with Catalogue(catalogue) as opened:
        found = opened.analyses.picture(track_id)
    if found is None:
        return None
    picture = preview_from(found[0])
    shape = _spread(overview_from(found[1]))
    return Drawing(picture, shape, picture.duration_s, is_fine=False, is_whole=True)


def draw(job: Job, sound: SoundAt, on_part: Callable[[Drawing], None]) -> Drawing:
    """Return the fine drawing, and hand on_part each stage of it on the way; raises Unreadable, Cancelled."""
    return read_with_timeout(job, sound.path, lambda: _draw(job, sound, on_part), longest_s=None)


def _draw(job: Job, sound: SoundAt, on_part: Callable[[Drawing], None]) -> Drawing:
    with SoundReader(sound.path, sound.stream) as reader:
        maker, shape = MelPictureMaker(reader.frames, reader.rate_hz), OverviewMaker(reader.frames)
        steps, shown_s = _FIRST_STEPS, -inf
        while True:
            samples, is_whole = _block(job, reader, steps)
            maker.add(samples)
            shape.add(samples)
            job.check()
            if is_whole or time.monotonic() - shown_s >= _PART_S:
                picture = maker.finish() if is_whole else maker.picture()
                length_s = reader.frames / reader.rate_hz
                drawing = Drawing(picture, _spread(shape.overview()), length_s, is_fine=True, is_whole=is_whole)
                on_part(drawing)
                shown_s = time.monotonic()
            if is_whole:
                return drawing
            steps = _STEPS


def _block(job: Job, reader: SoundReader, steps: int) -> tuple[Floats, bool]:
    """Return the next samples, mono, float32, (n,), and whether they are the last."""
    parts: list[Floats] = []
    size = int(_STEP_S * reader.rate_hz)
    while len(parts) < steps:
        parts.append(reader.read(size))
        job.check()
        if len(parts[-1]) < size:
            break
    return to_mono(np.concatenate(parts)), len(parts[-1]) < size


def _spread(shape: Overview) -> NDArray[np.float32]:
    return shape.astype(np.float32) / 127.0
