"""The neighbours' first seconds, decoded before they are asked for."""

import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bgm_finder.audio.playing.feed import Head, decode_head
from bgm_finder.reasons import Unreadable

_Stamp = tuple[int, int, int | None] | None
_NO_HEAD = (None, None)
_HEAD_S = 2.0
_TIMEOUT_S = 1.0
"""A head takes some hundredths of a second; what takes longer than this holds the others up no longer."""
_MOST_HEADS = 16
"""Older heads are kept too, for walking back: 2 s of stereo at 48 kHz are 768 kB."""


class Prefetch:
    """Decode in a thread of its own; want and get never wait for it.

    Nor does the next request where a file does not answer: the thread is left behind, and its file out, until it does.
    """

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._wanted: list[Path] = []
        self._streams: Mapping[Path, int] = {}
        self._heads: dict[Path, tuple[Head, _Stamp]] = {}
        """Each with what its file was like when it was decoded: one entry, as get reads it without the lock."""
        self._looked_at: set[Path] = set()
        """Since the last request: the heads of these are those of the files as they are, or there can be none."""
        self._stuck: dict[threading.Thread, Path] = {}
        """Threads that were left behind, with the files that they wait for."""
        self._in_hand: Path | None = None
        self._began_s = 0.0
        """Since when the thread in charge reads the file in hand."""
        self._rate_hz = 0
        self._is_closed = False
        with self._wake:  # the thread looks whether it is in charge
            self._thread = self._begin()

    def want(self, paths: Sequence[Path], streams: Mapping[Path, int] = {}) -> None:  # noqa: B006 - only read
        """Request these heads, the first one first, instead of those asked for before.

        streams: which sound stream of some films, counted from 0, instead of the likeliest.
        """
        with self._wake:
            self._wanted, self._streams = list(paths), streams
            self._looked_at.clear()
            if self._in_hand is not None and time.monotonic() - self._began_s > _TIMEOUT_S:
                self._stuck[self._thread] = self._in_hand
                self._in_hand = None
                self._thread = self._begin()
            self._wake.notify_all()

    def get(self, path: Path, stream: int | None = None) -> Head | None:
        """Return a head if it is there, at the rate in use and of this sound stream."""
        head, stamp = self._heads.get(path, _NO_HEAD)
        return head if stamp is not None and stamp[2] == stream else None

    def use_rate(self, rate_hz: int) -> None:
        """Set the rate of the sound card; heads at another rate are thrown away."""
        with self._wake:
            if rate_hz != self._rate_hz:
                self._rate_hz, self._heads = rate_hz, {}
                self._looked_at.clear()
            self._wake.notify_all()

    def close(self) -> None:
        """End the thread, or leave it where its file does not answer."""
        with self._wake:
            self._is_closed = True
            self._wake.notify_all()
        self._thread.join(_TIMEOUT_S)

    def _begin(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="audio prefetch", daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._is_over or self._next() is not None)
                path, rate_hz = self._next(), self._rate_hz
                if self._is_over or path is None:
                    return
                stream = self._streams.get(path)
                self._in_hand, self._began_s = path, time.monotonic()
            stamp = _stamp(path, stream)
            known, known_stamp = self._heads.get(path, _NO_HEAD)
            head = known if known and stamp == known_stamp else self._decode(path, rate_hz, stream)
            with self._wake:
                self._stuck.pop(threading.current_thread(), None)
                self._keep(path, rate_hz, head, stamp)
                if not self._is_over:
                    self._in_hand = None

    @property
    def _is_over(self) -> bool:
        """Whether the thread that asks is to end: nothing more is wanted, or another one is in charge."""
        return self._is_closed or threading.current_thread() is not self._thread

    def _next(self) -> Path | None:
        if not self._rate_hz:
            return None
        done = self._looked_at | set(self._stuck.values())
        return next((path for path in self._wanted if path not in done), None)

    def _decode(self, path: Path, rate_hz: int, stream: int | None) -> Head | None:
        """Return a head, or None where the file gives none or is wanted no more."""
        try:
            return decode_head(path, rate_hz, _HEAD_S, lambda: not self._is_closed and path in self._wanted, stream)
        except Unreadable:  # the player says so once the track is chosen
            return None

    def _keep(self, path: Path, rate_hz: int, head: Head | None, stamp: _Stamp) -> None:
        if rate_hz != self._rate_hz:
            return
        self._looked_at.add(path)
        if head is None:
            self._heads.pop(path, None)
            return
        self._heads[path] = head, stamp
        others = [old for old in self._heads if old not in self._wanted]
        for old in others[: max(0, len(self._heads) - _MOST_HEADS)]:
            del self._heads[old]


def _stamp(path: Path, stream: int | None) -> _Stamp:
    """Return what changes with a file's content and the chosen stream, or None where the file is not there."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, stream
