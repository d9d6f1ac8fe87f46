"""Keep one output: open it off the thread of commands, watch it, let it rest, and fall silent without it."""

import threading
import time
from collections.abc import Callable

from bgm_finder.audio.playing.mixer import Mixer
from bgm_finder.audio.playing.output import Output, SilentOutput
from bgm_finder.audio.playing.sound_card import NoSoundCard
from bgm_finder.reasons import Reason, Refusal

_LOOK_S = 0.25
_MOST_LOOKS = 12
"""So many looks in a row without a frame taken, and the device counts as lost (a fresh PulseAudio sink takes 2 s)."""


class Outlet:
    """Its thread is the only one that opens, starts, stops and closes the output."""

    def __init__(
        self,
        mixer: Mixer,
        open_output: Callable[[], Output],
        on_open: Callable[[int], None],
        on_refused: Callable[[], None],
        on_lost: Callable[[], None],
    ) -> None:
        """on_open: takes the rate; on_refused: called before, where no device can be opened."""
        self.error: Refusal | None = None
        self.is_silent = False
        """Whether there is no sound card, so that time goes on in silence."""
        self.is_lost = False
        """Whether the device was open and is gone; then the process is to be ended."""
        self.output: Output | None = None
        self._mixer, self._open_output = mixer, open_output
        self._on_open, self._on_refused, self._on_lost = on_open, on_refused, on_lost
        self._wake = threading.Condition()
        self._is_closed = False
        self._is_resting = False
        self._frames, self._idle_looks = -1, 0
        self._played_s = 0.0
        """When something was last to be heard, on the clock of time.monotonic."""
        self._thread = threading.Thread(target=self._run, name="audio output", daemon=True)

    def open(self) -> None:
        """Open the output, soon."""
        self._thread.start()

    def wake(self) -> None:
        """Start the output again, soon, where it rests: something is to be heard."""
        with self._wake:
            self._wake.notify()

    def close(self) -> None:
        """Close the output and end the thread."""
        with self._wake:
            self._is_closed = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        self._open()
        while True:
            with self._wake:
                was_woken = self._is_due or self._wake.wait(None if self._is_resting or self.is_lost else _LOOK_S)
                if self._is_closed:
                    break
            if self.output is None or self.is_lost:
                continue
            if self._is_resting:
                self._end_rest(self.output)
            elif not was_woken:  # commands may come a hundred times a second
                self._look(self.output)
        if self.output is not None and not self.is_lost:  # to close one whose server is gone may stand still
            self.output.close()

    @property
    def _is_due(self) -> bool:
        return self._is_closed or (self._is_resting and self._mixer.is_active)

    def _open(self) -> None:
        try:
            output = self._open_output()
            output.start(self._mixer.fill)
        except NoSoundCard as error:
            self._on_refused()
            self.error = error.refusal
            output = SilentOutput()
            output.start(self._mixer.fill)
        self.output, self.is_silent = output, output.is_silent
        self._played_s = time.monotonic()
        self._on_open(output.rate_hz)

    def _look(self, output: Output) -> None:
        now_s = time.monotonic()
        if self._mixer.is_active:
            self._played_s = now_s
        if now_s - self._played_s > output.stops_after_s:
            self._is_resting = True
            output.stop()
        else:
            self._watch(output)

    def _end_rest(self, output: Output) -> None:
        if not self._mixer.is_active:
            return
        self._is_resting, self._idle_looks = False, 0
        try:
            output.start(self._mixer.fill)
        except NoSoundCard as error:  # its server went meanwhile; another process can open it at once
            self._lose(error.refusal)

    def _watch(self, output: Output) -> None:
        self._idle_looks = self._idle_looks + 1 if self._mixer.frames == self._frames else 0
        self._frames = self._mixer.frames
        if output.is_lost:
            self._lose(Refusal(Reason.DEVICE_GONE, {"device": output.name}))
        elif self._idle_looks >= _MOST_LOOKS:
            self._lose(Refusal(Reason.DEVICE_NO_ANSWER, {"device": output.name}))

    def _lose(self, refusal: Refusal) -> None:
        self.error, self.is_lost = refusal, True
        self._on_lost()
