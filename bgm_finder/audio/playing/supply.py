"""Sound on its way to a sound card from another process: what lies ready, and what has been asked for."""

from collections import deque
from math import ceil
from queue import SimpleQueue

from bgm_finder.audio.source import Floats


class Supply:
    """Keeps as many of the sound card's helpings ready as the way of the next one may take, whatever their size is.

    take belongs to the sound card's callback, the rest to the thread that fetches; neither waits for the other.
    """

    def __init__(self, ahead: int) -> None:
        """ahead: the frames that the sound card takes while new ones are fetched."""
        self.wanted: SimpleQueue[int] = SimpleQueue()
        """Frames to be fetched, one entry after the other."""
        self.missed = 0
        """Times that there was less than the sound card wanted, since the first came."""
        self._ahead = ahead
        self._blocks: deque[Floats] = deque()
        self._has_begun = False
        self._due = 0
        """Frames that were asked for and not taken yet."""

    def put(self, block: Floats) -> None:
        """Adds what was wanted, float32, (frames, 2)."""
        self._blocks.append(block)
        self._has_begun = True

    def take(self, out: Floats) -> None:
        """Fills out, float32, (frames, 2), with what has come, and wants more."""
        filled = 0
        while filled < len(out) and self._blocks:
            block = self._blocks[0]
            part = block[: len(out) - filled]
            out[filled : filled + len(part)] = part
            filled += len(part)
            if len(part) < len(block):
                self._blocks[0] = block[len(part) :]
            else:
                self._blocks.popleft()
        out[filled:] = 0.0
        self.missed += filled < len(out) and self._has_begun
        self._due -= filled
        missing = ceil(self._ahead / len(out)) * len(out) - self._due
        if missing > 0:
            self.wanted.put(missing)
            self._due += missing
