"""The neighbours' first seconds, decoded before they are asked for."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bgm_finder.audio.files import Unreadable
from bgm_finder.audio.playing.feed import decode_head
from bgm_finder.audio.source import Floats

_HEAD_S = 2.0
_MOST_HEADS = 16
"""Older heads are kept too, for walking back: 2 s of stereo at 48 kHz are 768 kB."""


class Prefetch:
    """Decodes in a thread of its own; want and get never wait for it."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._wanted: list[Path] = []
        self._heads: dict[Path, Floats] = {}
        self._failed: set[Path] = set()
        self._rate_hz = 0
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="audio prefetch", daemon=True)
        self._thread.start()

    def want(self, paths: Sequence[Path]) -> None:
        """Asks for these heads, the first one first, instead of those asked for before."""
        with self._wake:
            self._wanted = list(paths)
            self._failed.clear()
            self._wake.notify()

    def get(self, path: Path) -> Floats | None:
        """Gives a head if it is there: float32, (frames, 2), at the rate in use."""
        return self._heads.get(path)

    def use_rate(self, rate_hz: int) -> None:
        """Tells the rate of the sound card; heads at another rate are thrown away."""
        with self._wake:
            if rate_hz != self._rate_hz:
                self._rate_hz, self._heads = rate_hz, {}
            self._wake.notify()

    def close(self) -> None:
        """Ends the thread."""
        with self._wake:
            self._is_closed = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._is_closed or self._next() is not None)
                path, rate_hz = self._next(), self._rate_hz
                if self._is_closed or path is None:
                    return
            head = self._decode(path, rate_hz)
            with self._wake:
                self._keep(path, rate_hz, head)

    def _next(self) -> Path | None:
        if not self._rate_hz:
            return None
        done = self._heads.keys() | self._failed
        return next((path for path in self._wanted if path not in done), None)

    def _decode(self, path: Path, rate_hz: int) -> Floats | None:
        """Gives a head, or None where the file gives none or is wanted no more."""
        parts = []
        try:
            for part in decode_head(path, rate_hz, _HEAD_S):
                parts.append(part)
                if self._is_closed or path not in self._wanted:
                    return None
        except Unreadable:  # the player says so once the track is chosen
            return None
        return np.concatenate(parts) if parts else None

    def _keep(self, path: Path, rate_hz: int, head: Floats | None) -> None:
        if rate_hz != self._rate_hz:
            return
        if head is None:
            self._failed.add(path)
            return
        self._heads[path] = head
        others = [old for old in self._heads if old not in self._wanted]
        for old in others[: max(0, len(self._heads) - _MOST_HEADS)]:
            del self._heads[old]
