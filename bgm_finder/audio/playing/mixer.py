"""What the sound card's callback runs: copies the wanted voice, lets the old ones fade, and counts."""

import numpy as np

from bgm_finder.audio.playing.voice import Ramp, Voice
from bgm_finder.audio.source import Floats

_LEVEL_S = 0.02
"""A full turn of the volume takes this long, so that it makes no crackle."""


class Mixer:
    """Its attributes are set by the engine and read by the callback; no lock is needed for that."""

    def __init__(self) -> None:
        self.level = 1.0
        self.frames = 0
        """Frames ever handed to the output: still going up while the sound card lives."""
        self.underruns = 0
        self._request: tuple[Voice | None, bool] = (None, False)
        self._current: Voice | None = None
        self._leaving: list[Voice] = []
        self._level = Ramp(1.0)
        self._rate_hz = 44_100

    @property
    def is_playing(self) -> bool:
        return self._request[1]

    @property
    def is_active(self) -> bool:
        """Whether there is anything to be heard: a track that plays, or one that fades out."""
        voice, is_playing = self._request
        voices = [*self._leaving, *([self._current] if self._current else [])]
        return (is_playing and voice is not None and not voice.is_finished) or any(v.is_audible for v in voices)

    def request(self, voice: Voice | None, is_playing: bool) -> None:
        """Set what is heard from the next block on; both at once, so that no block falls between them."""
        self._request = (voice, is_playing)

    def fill(self, out: Floats) -> None:
        """Fill out, float32, (frames, 2), with the next sound; called by the output only."""
        out.fill(0.0)
        wanted, is_playing = self._request
        self._switch_to(wanted)
        for voice in self._leaving:
            voice.mix_into(out, heard=False)
        self._leaving = [voice for voice in self._leaving if voice.is_audible]
        if self._current is not None:
            self._mix_current(self._current, out, is_playing)
        out *= self._level.walk(self.level, len(out), 1.0 / (_LEVEL_S * self._rate_hz))
        np.clip(out, -1.0, 1.0, out=out)
        self.frames += len(out)

    def _switch_to(self, wanted: Voice | None) -> None:
        if wanted is self._current:
            return
        if self._current is not None and self._current.is_audible:
            self._leaving.append(self._current)
        self._current = wanted
        if wanted is not None:
            self._rate_hz = wanted.rate_hz

    def _mix_current(self, voice: Voice, out: Floats, is_playing: bool) -> None:
        starved = voice.starved
        if not voice.is_finished:
            voice.mix_into(out, heard=is_playing)
        self.underruns += voice.starved - starved
