"""Keeps one output open: opens it off the GUI thread, watches it, and falls silent where it is lost."""

import threading
import time
from collections.abc import Callable
from math import inf

from bgm_finder.audio.playing.jack_sight import is_of_jack
from bgm_finder.audio.playing.mixer import Mixer
from bgm_finder.audio.playing.output import Output, SilentOutput
from bgm_finder.audio.playing.sound_card import NoSoundCard
from bgm_finder.reasons import Reason, Refusal

OpenOutput = Callable[[str | None], Output]

_LOOK_S = 0.25
_MOST_LOOKS = 12
"""So many looks in a row without a frame taken, and the device counts as lost (a fresh PulseAudio sink takes 2 s)."""
_TRY_AGAIN_S = 2.0
"""A device that is not there is tried so often at most, however fast the user walks."""


class Outlet:
    """Its thread is the only one that opens and closes outputs."""

    def __init__(
        self,
        mixer: Mixer,
        open_output: OpenOutput,
        device: str | None,
        on_open: Callable[[int], None],
        on_lost: Callable[[], None],
        waits: bool = False,
    ) -> None:
        """waits: opens nothing before open is called, or sound is wanted."""
        self.trouble: Refusal | None = None
        self.is_silent = False
        """Whether there is no sound card, so that time goes on in silence."""
        self.output: Output | None = None
        self._mixer, self._open_output = mixer, open_output
        self._on_open, self._on_lost = on_open, on_lost
        self._device = device
        self._wake = threading.Condition()
        self._waits = waits
        self._is_asked = not waits
        self._is_closed = False
        self._ever_heard = False
        self._failed_s = -inf
        """When a device could not be opened, on the clock of time.monotonic; inf while one is being opened."""
        self._thread = threading.Thread(target=self._run, name="audio output", daemon=True)

    @property
    def is_makeshift(self) -> bool:
        """Whether the sound runs over JACK though nobody chose it: nothing else can play."""
        output = self.output
        return self._device is None and output is not None and is_of_jack(output.name)

    def start(self) -> None:
        """Opens the output, soon, where that need not wait."""
        self._thread.start()

    def open(self) -> None:
        """End the waiting."""
        if self._waits:
            self._waits = False
            self.use(self._device)

    def use(self, device: str | None) -> None:
        """Changes to this device, soon."""
        with self._wake:
            self._device, self._waits = device, False
            self._is_asked = True
            self._wake.notify()

    def want_sound(self) -> None:
        """Opens the output, or tries the lost or missing device again, soon: the user wants to hear something."""
        self.open()
        if self.trouble is not None and time.monotonic() - self._failed_s > _TRY_AGAIN_S:
            self.use(self._device)

    def close(self) -> None:
        """Closes the output and ends the thread."""
        with self._wake:
            self._is_closed = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        frames, idle = -1, 0
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._is_closed or self._is_asked, timeout=_LOOK_S)
                closed, asked, self._is_asked = self._is_closed, self._is_asked, False
            if closed:
                break
            if asked:
                self._open()
                idle = 0
                continue
            idle = idle + 1 if self._mixer.frames == frames else 0
            frames = self._mixer.frames
            self._watch(idle)
        self._close_output()

    def _watch(self, idle: int) -> None:
        output = self.output
        if output is None or output.is_silent:
            return
        if output.is_lost:
            self._lose(Refusal(Reason.DEVICE_GONE, {"device": output.name}))
        elif idle >= _MOST_LOOKS:
            self.output = None
            output.abandon()
            self._lose(Refusal(Reason.DEVICE_NO_ANSWER, {"device": output.name}))

    def _open(self) -> None:
        self._close_output()
        self._failed_s = inf
        try:
            output = self._open_output(self._device)
            output.start(self._mixer.fill)
        except NoSoundCard as error:
            self._fall_silent(error.refusal)
        else:
            self.output, self.trouble, self.is_silent, self._failed_s = output, None, output.is_silent, -inf
            self._ever_heard = self._ever_heard or not output.is_silent
            self._on_open(output.rate_hz)

    def _fall_silent(self, refusal: Refusal) -> None:
        """Plays on without sound where there never was any; a device that was asked for is never replaced."""
        self._failed_s = time.monotonic()
        if self._ever_heard or self._device is not None:
            self._lose(refusal)
        else:
            self.trouble = refusal
            self._start_silent()

    def _lose(self, refusal: Refusal) -> None:
        self._on_lost()
        self.trouble = refusal
        self._close_output()
        self._start_silent()

    def _start_silent(self) -> None:
        self.output, self.is_silent = SilentOutput(), True
        self.output.start(self._mixer.fill)
        self._on_open(self.output.rate_hz)

    def _close_output(self) -> None:
        output, self.output = self.output, None
        if output is not None:
            output.close()
