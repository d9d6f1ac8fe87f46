"""Several sounds one after the other in one file, as `cat` and radio recorders make them, read as one sound."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import soxr

from bgm_finder.audio.av_frames import fit
from bgm_finder.audio.ffmpeg import FfmpegSource
from bgm_finder.audio.file_part import FilePart
from bgm_finder.audio.source import Floats, NotThisReader

_RUN_UP_S = 0.1
"""Read and thrown away before a seek's goal in a part of another rate, as the resampler leans on what was before."""


class JoinedSource:
    """An open file with several parts; keeps to Source, at the rate and with the channels of the first part."""

    def __init__(self, path: Path, starts: list[int]) -> None:
        """Open a file whose parts begin at these bytes."""
        self._path = path
        self._parts: list[FilePart] = []
        self._ends: list[int] = []
        self._source: FfmpegSource | None = None
        self._number = 0
        self._rest: Floats = np.zeros((0, 0), np.float32)
        ends = [*starts[1:], path.stat().st_size]
        for start, end in zip(starts, ends, strict=True):
            self._add(FilePart(path, start, end - start))
        if not self._parts:
            raise NotThisReader("no part can be read")
        self._enter(0, 0)

    def _add(self, part: FilePart) -> None:
        try:
            source = FfmpegSource(self._path, part)
        except NotThisReader:
            return
        facts = source.facts
        source.close()
        if not self._parts:
            self.facts = facts
        self._parts.append(part)
        before = self._ends[-1] if self._ends else 0
        frames = before + round(facts.frames * self.facts.rate_hz / facts.rate_hz)
        self._ends.append(frames)
        self.facts = replace(self.facts, frames=frames, duration_s=frames / self.facts.rate_hz)

    def seek(self, frame: int) -> None:
        number = min(int(np.searchsorted(self._ends, frame, side="right")), len(self._parts) - 1)
        self._enter(number, frame - (self._ends[number - 1] if number else 0))

    def read(self, frames: int) -> Floats:
        parts, wanted = [np.zeros((0, self.facts.channels), np.float32)], frames
        while wanted > 0:
            if not len(self._rest) and not self._fill():
                break
            parts.append(self._rest[:wanted])
            self._rest = self._rest[wanted:]
            wanted -= len(parts[-1])
        return np.concatenate(parts)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def _enter(self, number: int, frame: int) -> None:
        """Make a frame of this part the next one."""
        if self._source is None or number != self._number:
            self.close()
            self._source = FfmpegSource(self._path, self._parts[number])
        self._number = number
        own_hz, rate_hz = self._source.facts.rate_hz, self.facts.rate_hz
        self._resampler = None
        if own_hz != rate_hz:
            self._resampler = soxr.ResampleStream(own_hz, rate_hz, self.facts.channels)
        run_up = round(min(frame / rate_hz, _RUN_UP_S) * own_hz) if self._resampler else 0
        landing = max(0, round(frame * own_hz / rate_hz) - run_up)
        self._source.seek(landing)
        self._is_over = False
        self._rest = np.zeros((0, self.facts.channels), np.float32)
        passed = frame - round(landing * rate_hz / own_hz)
        while passed > 0 and self._fill():
            self._rest, passed = self._rest[passed:], max(0, passed - len(self._rest))

    def _fill(self) -> bool:
        """Have samples ready, those of the next part where this one has ended; False at the end of all."""
        self._rest = self._next_block()
        while not len(self._rest):
            if self._is_over and self._number + 1 >= len(self._parts):
                return False
            if self._is_over:
                self._enter(self._number + 1, 0)
            self._rest = self._next_block()
        return True

    def _next_block(self) -> Floats:
        assert self._source is not None
        block = self._source.read(self._source.facts.rate_hz)
        self._is_over = not len(block)
        samples = block if block.shape[1] == self.facts.channels else fit(block, self.facts.channels)
        if self._resampler is None:
            return samples
        resampled = np.asarray(self._resampler.resample_chunk(samples, last=self._is_over), np.float32)
        if self._is_over:
            self._resampler = None
        return resampled
