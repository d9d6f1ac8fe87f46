"""Which sound device is to be open, what is the matter with it, and when it is tried again."""

import time
from math import inf

from bgm_finder.audio.playing import jack
from bgm_finder.reasons import Reason, Refusal

_TRY_AGAIN_S = 1.0
"""A device that is not there is tried so often at most, however fast the user walks."""
_JACK_AGAIN_S = 30.0
"""Where there is no sound at all, JACK is tried so often at most."""


class DeviceChoice:
    """Kept by the supervisor; times are on the clock of time.monotonic."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        """The chosen device, None for the system's default."""
        self.error: Refusal | None = None
        self._is_asked = True
        """Whether it is to be opened, whatever is open now."""
        self._is_wanted = False
        """Whether it is to be opened, should none be open."""
        self._was_heard = False
        self._tried_s = self._jack_tried_s = -inf

    def choose(self, name: str | None) -> None:
        """Have another device opened."""
        self.name, self._is_asked = name, True

    def want(self, is_open: bool) -> bool:
        """Have the device tried again where none is open, as the user wants to hear something; return whether."""
        is_news = not is_open and not self._is_wanted
        self._is_wanted = self._is_wanted or is_news
        return is_news

    def wait_s(self) -> float | None:
        """Return how long until the device is to be tried again, None where it is not."""
        return max(0.0, self._tried_s + _TRY_AGAIN_S - time.monotonic()) if self._is_wanted else None

    def take_turn(self, is_open: bool) -> bool:
        """Return whether the device is to be opened now; then it counts as tried."""
        self._is_wanted = self._is_wanted and not is_open
        if not self._is_asked and self.wait_s() != 0.0:
            return False
        self._is_asked, self._is_wanted, self._tried_s = False, False, time.monotonic()
        return True

    def on_open(self, is_silent: bool) -> None:
        """Note that it is open, or that silence is in its place."""
        self._was_heard = self._was_heard or not is_silent
        self.error = None

    @property
    def pauses_without(self) -> bool:
        """Whether playing pauses where it cannot be opened; else time goes on in silence."""
        return self._was_heard or self.name is not None

    @property
    def is_of_jack(self) -> bool:
        return self.name is not None and jack.is_of_jack(self.name)

    def try_jack(self, error: Refusal) -> bool:
        """Return whether nothing else can play, and JACK might; then it counts as tried."""
        now_s = time.monotonic()
        is_missing = error.reason != Reason.NO_SOUND_LIBRARY and self.name is None
        if not is_missing or now_s - self._jack_tried_s <= _JACK_AGAIN_S or not jack.may_be_there():
            return False
        self._jack_tried_s = now_s
        return True

    def no_answer(self, over_jack: bool) -> Refusal:
        """Return the error of a device that does not answer."""
        return Refusal(Reason.DEVICE_NO_ANSWER, {"device": self.name or (jack.JACK if over_jack else "default")})
