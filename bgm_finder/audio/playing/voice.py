"""One track (or one jump within it) on its way to the sound card: what is decoded, what is heard, how loud."""

import time
from collections import deque
from dataclasses import dataclass, field
from math import ceil, inf
from pathlib import Path

import numpy as np

from bgm_finder.audio.source import Floats, SoundFacts
from bgm_finder.reasons import Reason, Unreadable

FADE_OUT_S = 0.008
FADE_IN_S = 0.003
"""Too short to be heard as a fade, long enough not to be heard as a click."""
_GAIN_S = 0.05
"""A change of the gain by its whole amount takes this long."""
_ANSWER_S = 3.0
"""A drive that has to wake up first may take as long; then it is worth saying."""
_READY_S = 0.02
"""Sound that must be decoded before the first of it is played."""


class Ramp:
    """A loudness that walks to its goal in a straight line, frame by frame."""

    def __init__(self, value: float) -> None:
        self.value = value

    def walk(self, goal: float, frames: int, step: float) -> Floats | float:
        """Return the factor of each of the next frames, float32, (frames, 1), or one factor where nothing changes."""
        if self.value == goal:
            return goal
        steps = np.arange(1, frames + 1, dtype=np.float32)[:, None] * np.float32(step)
        rises = goal > self.value
        factors = np.minimum(self.value + steps, goal) if rises else np.maximum(self.value - steps, goal)
        self.value = float(factors[-1, 0]) if frames else self.value
        return np.asarray(factors, np.float32)


@dataclass(frozen=True, slots=True)
class Seam:
    """From this output frame on (counted from the voice's first), the sound comes from this second of the file."""

    frame: float
    source_s: float


@dataclass(eq=False)
class Voice:
    """Filled by the decoding thread, emptied by the callback; neither waits for the other.

    The fields of each side are written by that side alone.
    """

    path: Path
    start_s: float
    rate_hz: int
    amplitude: float = 1.0
    loop: tuple[float, float] | None = None
    stream: int | None = None
    """Which sound stream of a film, counted from 0, instead of the likeliest."""

    # the decoding thread's
    facts: SoundFacts | None = None
    error: Unreadable | None = None
    decoded: int = 0
    """Output frames decoded so far."""
    reached_s: float = 0.0
    """How far into the file the decoding is."""
    is_complete: bool = False
    asked_s: float | None = None
    """Since when it waits for the file to answer, on the clock of time.monotonic; None while it does not."""
    seams: list[Seam] = field(default_factory=list)

    # the callback's
    played: int = 0
    """Frames really handed to the sound card."""
    starved: int = 0
    is_finished: bool = False

    def __post_init__(self) -> None:
        self.seams.append(Seam(0, self.start_s))
        self.reached_s = self.start_s
        self._chunks: deque[Floats] = deque()
        self._offset = 0
        self._fade = Ramp(0.0)
        self._loudness = Ramp(self.amplitude)
        self._no_answer = Unreadable(self.path, Reason.NO_ANSWER)

    # -- before it is handed to either

    def begin_with(self, head: Floats, facts: SoundFacts) -> None:
        """Take what was decoded of its beginning before, float32, (frames, 2), and what is known of the file."""
        self.put(head)
        self.facts = facts
        self.reached_s += len(head) / self.rate_hz

    # -- decoding thread

    def put(self, samples: Floats) -> None:
        """Add decoded sound, float32, (frames, 2)."""
        if len(samples):
            self._chunks.append(samples)
            self.decoded += len(samples)

    def drain(self) -> Floats:
        """Take out all that is decoded, float32, (frames, 2), for keeping it as a head."""
        return self._take(self.decoded - self.played)

    @property
    def waiting_s(self) -> float:
        """Seconds decoded and not yet played."""
        return (self.decoded - self.played) / self.rate_hz

    # -- anyone

    @property
    def ahead_s(self) -> float:
        """Return the seconds decoded and not yet played, inf where nothing more comes."""
        return inf if self.is_complete else self.waiting_s

    @property
    def is_ready(self) -> bool:
        """Whether there is enough to begin (or nothing more to come)."""
        return self.is_complete or self.decoded >= _READY_S * self.rate_hz

    @property
    def present_error(self) -> Unreadable | None:
        """Return why nothing is to be heard, for now or for good."""
        if self.error is None and self._waits_too_long and not self.waiting_s:
            return self._no_answer
        return self.error

    @property
    def _waits_too_long(self) -> bool:
        asked_s = self.asked_s
        return asked_s is not None and time.monotonic() - asked_s > _ANSWER_S

    @property
    def position_s(self) -> float:
        """Return the second of the file that is being heard."""
        played = self.played
        seam = next((seam for seam in reversed(self.seams) if seam.frame <= played), self.seams[0])
        return seam.source_s + (played - seam.frame) / self.rate_hz

    @property
    def has_seam_ahead(self) -> bool:
        """Whether sound from beyond a loop's end is decoded already."""
        return self.seams[-1].frame > self.played

    # -- callback

    @property
    def is_audible(self) -> bool:
        return self._fade.value > 0.0

    def mix_into(self, out: Floats, heard: bool) -> None:
        """Add the next frames to out, float32, (frames, 2), fading in, or out if it is to fall silent."""
        if not self.is_ready or not (heard or self.is_audible):
            return
        step = 1.0 / ((FADE_IN_S if heard else FADE_OUT_S) * self.rate_hz)
        wanted = len(out) if heard else min(len(out), ceil(self._fade.value / step))
        samples = self._take(wanted)
        if len(samples) < wanted:
            self._run_dry()
        if not len(samples):
            return
        fade = self._fade.walk(1.0 if heard else 0.0, len(samples), step)
        loudness = self._loudness.walk(self.amplitude, len(samples), 1.0 / (_GAIN_S * self.rate_hz))
        out[: len(samples)] += samples * fade * loudness
        if len(samples) < wanted:
            self._fade.value = 0.0

    def _run_dry(self) -> None:
        if self.is_complete:
            self.is_finished = True
        else:
            self.starved += 1

    def _take(self, frames: int) -> Floats:
        parts = []
        while frames > 0 and self._chunks:
            chunk = self._chunks[0]
            part = chunk[self._offset : self._offset + frames]
            parts.append(part)
            frames -= len(part)
            self._offset += len(part)
            self.played += len(part)
            if self._offset >= len(chunk):
                self._chunks.popleft()
                self._offset = 0
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)
