"""The player's process: carries out what the window commands, and reports how it is."""

import contextlib
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

from bgm_finder.audio.playing import jack
from bgm_finder.audio.playing.engine import Engine
from bgm_finder.audio.playing.output import OpenOutput, Output
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.playing.session import Session
from bgm_finder.audio.playing.sound_card import NoSoundCard, sounddevice
from bgm_finder.audio.playing.state import State, StateMemory
from bgm_finder.reasons import Refusal

REPORT_S = 0.033
"""How often the state is reported while it changes by itself."""
_LEAVE_S = 2.0
"""How long the process may take to end after the window's end: a JACK client that is killed holds its server up."""
_END_S = 0.5


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process begins with."""

    open_output: OpenOutput
    device: str | None
    over_jack: bool
    """Whether PortAudio sees JACK; without a device, its default one is opened."""
    pauses_without_card: bool
    device_error: Refusal | None
    """Why no device is to be opened."""
    session: Session
    command: int
    """The number of the last command that the session knows of."""

    def open(self) -> Output:
        """Open the output; raises NoSoundCard."""
        if self.device_error is not None:
            raise NoSoundCard(self.device_error.reason, **self.device_error.facts)
        return self.open_output(self.device, self.over_jack)


def run(line: Connection, memory: StateMemory) -> None:
    """Load what it takes, wait for a Setup, then carry out commands (number, name, arguments) until the line ends.

    First comes whether PortAudio is to see JACK, and whether to load the sound library before there is a Setup.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to answer
    threading.Thread(target=_end_with_the_window, daemon=True, name="watch").start()
    with contextlib.suppress(EOFError, ConnectionError):
        sees_jack, is_loaded = line.recv()
        jack.settle(sees_jack)
        _silence_libraries()
        if is_loaded:
            with contextlib.suppress(NoSoundCard):  # opening the output reports it
                sounddevice()
        _carry_out(line, memory, line.recv())


def _carry_out(line: Connection, memory: StateMemory, setup: Setup) -> None:
    reporter = _Reporter(line, memory, setup)
    try:
        while True:
            number, name, arguments = line.recv()
            getattr(reporter.engine, name)(*arguments)
            reporter.report(number)
    finally:
        threading.Thread(target=_end_soon, daemon=True, name="end").start()
        reporter.engine.close_output()


class _Reporter:
    """Write the state down after each command, and while it changes by itself; wake the window when it must know."""

    def __init__(self, line: Connection, memory: StateMemory, setup: Setup) -> None:
        self._line, self._memory = line, memory
        self._command = setup.command
        self._reported: State | None = None
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self.engine = Engine(setup.open, Prefetch(), setup.pauses_without_card, self._wake.set, setup.session)
        self._write()
        threading.Thread(target=self._run, daemon=True, name="report").start()

    def report(self, command: int) -> None:
        """Report the state after this command."""
        self._command = command
        self._write()
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait(REPORT_S if self.engine.is_changing else None)
            self._wake.clear()
            self._write()

    def _write(self) -> None:
        with self._lock:
            state = self.engine.state(self._command)
            self._memory.write(state)
            before, self._reported = self._reported, state
        if before is None or _is_news(before, state):
            with contextlib.suppress(OSError):
                self._line.send_bytes(b"")


def _is_news(before: State, after: State) -> bool:
    """Return whether the window has to know of the change at once, though it looks at nothing while nothing plays."""
    names = ("duration_s", "is_playing", "is_ready", "has_ended", "rate_hz", "is_silent", "device_error", "is_lost")
    changed = any(getattr(before, name) != getattr(after, name) for name in names)
    return changed or (before.error is None) != (after.error is None)


def _silence_libraries() -> None:
    """Keep Python's errors only: where PipeWire dies, PortAudio writes 300,000 lines a second until it is ended."""
    sys.stderr = os.fdopen(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_the_window() -> None:
    window = parent_process()
    assert window is not None
    wait([window.sentinel])
    time.sleep(_LEAVE_S)
    os._exit(1)


def _end_soon() -> None:
    """End the process, even where a thread waits for a file or for a dead server."""
    time.sleep(_END_S)
    os._exit(0)
