"""The decoding thread: keeps the voice that is heard supplied, and forgets the one before it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from bgm_finder.audio.playing.feed import Feed, Head
from bgm_finder.audio.playing.voice import Voice
from bgm_finder.reasons import Unreadable

_AHEAD_S = 1.5
_LOOK_S = 0.1
"""How often a full voice is looked at again; far less than what lies ahead."""
_TIMEOUT_S = 1.0
"""How long the end waits for a file to answer."""
_MOST_STUCK = 256


class Feeder:
    """Follow one voice at a time: the newest wins.

    A file may never answer, as on a vanished share. Nobody waits for it: a thread that is reading while another voice
    is wanted is left behind, ends once its file answers, and a new one takes over.
    """

    def __init__(self, is_consumed: Callable[[], bool] = lambda: True) -> None:
        """is_consumed: whether the sound is being played; while it is not, nothing is looked at."""
        self._is_consumed = is_consumed
        self._wake = threading.Condition()
        self._wanted: tuple[Voice, Head | None] | None = None
        self._in_hand: Voice | None = None
        """What the thread in charge decodes."""
        self._is_closed = False
        self._left: list[threading.Thread] = []
        with self._wake:  # the thread looks whether it is in charge
            self._thread = self._begin()

    def follow(self, voice: Voice | None, head: Head | None = None) -> None:
        """Decode this voice from now on; head is what it holds already."""
        with self._wake:
            self._wanted = None if voice is None else (voice, head)
            if self._is_reading:
                self._leave_behind()
            self._wake.notify_all()

    def wake(self) -> None:
        """Look again whether the voice has enough: it is played from now on."""
        with self._wake:
            self._wake.notify_all()

    def close(self) -> None:
        """End the threads, or leave those whose files do not answer."""
        with self._wake:
            self._is_closed = True
            self._wake.notify_all()
        end_s = time.monotonic() + _TIMEOUT_S
        for thread in (self._thread, *self._left):
            thread.join(max(0.0, end_s - time.monotonic()))

    @property
    def _is_reading(self) -> bool:
        return self._in_hand is not None and self._in_hand.asked_s is not None

    def _begin(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="audio decoding", daemon=True)
        thread.start()
        return thread

    def _leave_behind(self) -> None:
        self._left = [thread for thread in self._left if thread.is_alive()]
        if len(self._left) < _MOST_STUCK:
            self._left.append(self._thread)
            self._in_hand = None
            self._thread = self._begin()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._is_closed or not self._is_in_charge or self._wanted is not None)
                if self._is_closed or not self._is_in_charge or self._wanted is None:
                    return
                voice, head = self._wanted
                self._in_hand = voice
            self._feed(voice, head)
            with self._wake:
                if self._wanted is not None and self._wanted[0] is voice:
                    self._wanted = None

    @property
    def _is_in_charge(self) -> bool:
        return threading.current_thread() is self._thread

    def _feed(self, voice: Voice, head: Head | None) -> None:
        """Decode until the voice is complete or no longer wanted; the file is opened once the head runs short.

        To open it costs the window some ms, just when it draws the track, and a track that is passed by needs none.
        """
        self._rest(voice)
        if not self._is_wanted(voice):
            return
        try:
            with _asking(voice):
                feed = Feed(voice, head)
            with closing(feed):
                while self._is_wanted(voice) and not voice.is_complete:
                    with _asking(voice):
                        feed.decode_next_chunk()
                    self._rest(voice)
        except Unreadable as error:
            voice.error = error
            voice.is_complete = True

    def _rest(self, voice: Voice) -> None:
        """Wait while the voice has enough."""
        with self._wake:
            while self._is_wanted(voice) and voice.waiting_s > _AHEAD_S:
                self._wake.wait(_LOOK_S if self._is_consumed() else None)

    def _is_wanted(self, voice: Voice) -> bool:
        return not self._is_closed and self._wanted is not None and self._wanted[0] is voice


@contextmanager
def _asking(voice: Voice) -> Iterator[None]:
    """Note since when the voice waits for its file."""
    voice.asked_s = time.monotonic()
    try:
        yield
    finally:
        voice.asked_s = None
