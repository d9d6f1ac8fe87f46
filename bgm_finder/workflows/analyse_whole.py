"""The second pass over one file: what takes every sample of it, in one reading."""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soxr

from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.loudness import LoudnessMeter
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.overview import OverviewMaker, overview_bytes
from bgm_finder.audio.spectrogram import MelPictureMaker, preview
from bgm_finder.audio.tempo import estimate_bpm
from bgm_finder.catalogue.analyses import Whole
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.mel import Floats
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.workflows.analyse import ALL_LIKELIEST, worker_embedder
from bgm_finder.workflows.hear_sections import SectionHearer

_LIMIT_S = 900.0
"""No honest file of a library takes as long, ten hours of sound included."""
_BLOCK_S = 10.0
_TEMPO_S = 120.0
"""Tempo is estimated from this much of the middle."""
_TEMPO_HZ = 22050


def analyse_whole(path: Path, network: str, streams: Mapping[Path, int] = ALL_LIKELIEST) -> Whole:
    """Return pictures, loudness, tempo and the sections' vectors of a file; raises Unreadable."""
    with time_limit(_LIMIT_S), SoundReader(path, streams.get(path)) as reader:
        analysis = _Analysis(reader, worker_embedder(network))
        size = max(1, round(_BLOCK_S * reader.rate_hz))
        while len(samples := reader.read(size)):
            analysis.add(samples)
        return analysis.finish(reader.facts.duration_s)


class _Analysis:
    """All that is measured of a sound, block by block."""

    def __init__(self, reader: SoundReader, embedder: Embedder) -> None:
        self._picture = MelPictureMaker(reader.frames, reader.rate_hz, is_small=True)
        self._shape = OverviewMaker(reader.frames)
        self._loudness = LoudnessMeter(reader.rate_hz, reader.channels)
        self._sections = SectionHearer(embedder)
        self._middle = _Middle(reader.frames * _TEMPO_HZ // reader.rate_hz, round(_TEMPO_S * _TEMPO_HZ))
        self._network_hz = embedder.input_spec.rate_hz
        self._resampled = {rate_hz: _Resampled(reader.rate_hz, rate_hz) for rate_hz in {_TEMPO_HZ, self._network_hz}}

    def add(self, samples: Floats) -> None:
        """Take the next samples, float32, (frames, channels)."""
        self._loudness.add(samples)
        mono = to_mono(samples)
        self._picture.add(mono)
        self._shape.add(mono)
        self._hand_on(mono)

    def finish(self, duration_s: float) -> Whole:
        """Take the end of the sound, with the length that reading it has shown, and return all that was found."""
        self._hand_on(np.zeros(0, np.float32), is_last=True)
        lufs = self._loudness.integrated_lufs()
        return Whole(
            preview=preview(self._picture.finish()),
            overview=overview_bytes(self._shape.overview()),
            loudness_lufs=lufs if math.isfinite(lufs) else None,
            estimated_bpm=estimate_bpm(self._middle.samples(), _TEMPO_HZ),
            sections=self._sections.finish(),
            duration_s=duration_s,
        )

    def _hand_on(self, mono: Floats, is_last: bool = False) -> None:
        resampled = {rate_hz: resampler.add(mono, is_last) for rate_hz, resampler in self._resampled.items()}
        self._middle.add(resampled[_TEMPO_HZ])
        self._sections.add(resampled[self._network_hz])


class _Resampled:
    """Bring mono blocks to another rate without seams."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._stream = soxr.ResampleStream(from_hz, to_hz, 1) if from_hz != to_hz else None

    def add(self, samples: Floats, is_last: bool) -> Floats:
        return samples if self._stream is None else self._stream.resample_chunk(samples, last=is_last)


class _Middle:
    """Keep the middle of a sound that comes in blocks."""

    def __init__(self, frames: int, wanted: int) -> None:
        self._first = max(0, frames - wanted) // 2
        self._last = self._first + wanted
        self._at = 0
        self._kept: list[Floats] = []

    def add(self, samples: Floats) -> None:
        self._kept.append(samples[max(0, self._first - self._at) : max(0, self._last - self._at)])
        self._at += len(samples)

    def samples(self) -> Floats:
        return np.concatenate([np.zeros(0, np.float32), *self._kept])
