"""The decoding thread: keeps the voice that is heard supplied, and forgets the one before it."""

import threading

from bgm_finder.audio.files import Unreadable
from bgm_finder.audio.playing.feed import Feed
from bgm_finder.audio.playing.voice import Voice
from bgm_finder.audio.source import Floats

_AHEAD_S = 1.5
_LOOK_S = 0.1
"""How often a full voice is looked at again; far less than what lies ahead."""


class Feeder:
    """Follows one voice at a time: the newest wins."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._wanted: tuple[Voice, Floats | None] | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="audio decoding", daemon=True)
        self._thread.start()

    def follow(self, voice: Voice | None, head: Floats | None = None) -> None:
        """Decodes this voice from now on; head is what it holds already."""
        with self._wake:
            self._wanted = None if voice is None else (voice, head)
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
                self._wake.wait_for(lambda: self._is_closed or self._wanted is not None)
                if self._is_closed or self._wanted is None:
                    return
                voice, head = self._wanted
            self._feed(voice, head)
            with self._wake:
                if self._wanted is not None and self._wanted[0] is voice:
                    self._wanted = None

    def _feed(self, voice: Voice, head: Floats | None) -> None:
        """Decodes until the voice is complete or wanted no more."""
        try:
            feed = Feed(voice, head)
        except Unreadable as error:
            voice.error = error
            voice.is_complete = True
            return
        try:
            while self._is_wanted(voice) and not voice.is_complete:
                feed.bite()
                self._rest(voice)
        finally:
            feed.close()

    def _rest(self, voice: Voice) -> None:
        """Waits while the voice has enough."""
        with self._wake:
            while self._is_wanted(voice) and voice.waiting_s > _AHEAD_S:
                self._wake.wait(_LOOK_S)

    def _is_wanted(self, voice: Voice) -> bool:
        return not self._is_closed and self._wanted is not None and self._wanted[0] is voice
