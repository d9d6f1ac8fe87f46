"""A sound that comes in blocks, heard section by section: each as long as the network's window, one after the other."""

import numpy as np

from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.mel import Floats
from bgm_finder.similarity.embedder import Embedder

_AT_ONCE = 8
"""Windows that the network hears together: fewer cost more each, more only memory."""
_SHORTEST_REST = 0.25
"""A rest at the end that is shorter than this part of a section is ignored."""


class SectionHearer:
    """Take mono blocks of any size at the network's rate; holds no more than a few windows of them."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._length = embedder.input_spec.window_frames
        self._frames = 0
        self._last = np.zeros(0, np.float32)
        """The last whole section."""
        self._rest = np.zeros(0, np.float32)
        self._waiting: list[Floats] = []
        self._heard: list[Floats] = []

    def add(self, samples: Floats) -> None:
        """Take the next samples, float32, (n,)."""
        self._frames += len(samples)
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // self._length
        windows = [sound[number * self._length : (number + 1) * self._length] for number in range(whole)]
        self._rest = sound[whole * self._length :]
        self._last = windows[-1] if windows else self._last
        self._waiting += windows
        if len(self._waiting) >= _AT_ONCE:
            self._hear()

    def finish(self) -> TrackSections:
        """Take the end of the sound and return what was heard; the last section ends with the sound."""
        is_first = not self._waiting and not self._heard
        if is_first or len(self._rest) >= _SHORTEST_REST * self._length:
            self._waiting.append(np.concatenate([self._last, self._rest])[-self._length :])
        self._hear()
        input_spec = self._embedder.input_spec
        return TrackSections(
            np.concatenate(self._heard),
            input_spec.window_s,
            input_spec.window_s,
            end_s=self._frames / input_spec.rate_hz,
        )

    def _hear(self) -> None:
        if self._waiting:
            self._heard.append(self._embedder.embed_each(self._waiting))
            self._waiting = []
