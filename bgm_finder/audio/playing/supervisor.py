"""Keep one process of the player running: start another where it dies, stands still, or its device changes."""

import contextlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from bgm_finder.audio.playing.crashes import Crashes, Heartbeat
from bgm_finder.audio.playing.device_choice import DeviceChoice
from bgm_finder.audio.playing.output import OpenOutput
from bgm_finder.audio.playing.player_process import Setup
from bgm_finder.audio.playing.session import Session
from bgm_finder.audio.playing.spawned import PlayerProcess
from bgm_finder.audio.playing.state import State
from bgm_finder.reasons import Reason, Refusal, Unreadable

_LOOK_S = 0.1
_BEGIN_S = 10.0
"""A process begins within a second, on a busy computer in some."""
_OPEN_S = 12.0
"""One whose server stands still would never be open. JACK lets nobody in for ten seconds after a client was killed."""
_SPARE_AFTER_S = 3.0
_PROGRESS_S = 0.1

_log = logging.getLogger(__name__)


class Supervisor:
    """Its thread is the only one that starts and ends processes; commands come from one thread."""

    def __init__(self, session: Session, open_output: OpenOutput, device: str | None) -> None:
        self.device = DeviceChoice(device)
        self.crashes = Crashes()
        self.underruns_before = 0
        """Of the processes that have ended."""
        self.on_news: Callable[[], None] = lambda: None
        """Called by the supervisor's thread when there is more to see than another position."""
        self._session, self._open_output = session, open_output
        self._lock = threading.RLock()
        self._command = 0
        self._expected = State()
        """What the state is until the process has carried out the last command."""
        self._process: PlayerProcess | None = None
        self._spare: PlayerProcess | None = None
        self._heartbeat = Heartbeat(_LOOK_S)
        self._is_closed = False
        self._wake_reader, self._wake_writer = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._thread: threading.Thread | None = None

    # -- the window's thread

    def start(self) -> None:
        """Begin, unless that was done before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="player", daemon=True)
            self._thread.start()

    def command(self, name: str, *arguments: object, expected: State) -> None:
        """Have the process carry out a method of Engine; expected: the state until it has."""
        with self._lock:
            was_idle = not self._is_active
            self._command += 1
            self._expected = expected
            if self._process is not None and self._process.setup is not None:
                try:
                    self._process.line.send((self._command, name, arguments))
                except OSError:  # it died; the thread sees to it
                    return
        if was_idle:
            self._wake()

    @property
    def state(self) -> State:
        """Return how the player is, or will be once it has done what was commanded."""
        process = self._process
        if process is not None:
            state = process.memory.read()
            if state.command >= self._command and process.memory.beat():
                return state
        return self._expected

    @property
    def pids(self) -> list[int]:
        """Return the numbers of the processes, that of the one that plays first."""
        return [process.pid for process in (self._process, self._spare) if process is not None and process.pid]

    def use_device(self, device: str | None) -> None:
        """Change to this device, soon."""
        self.device.choose(device)
        self._wake()

    def want_sound(self) -> None:
        """Try the lost or missing device again, soon: the user wants to hear something."""
        if self.device.want(self._has_device):
            self._wake()

    def leave(self) -> None:
        """Let the processes and the thread end."""
        self._is_closed = True
        self._wake()

    def close(self) -> None:
        """End the processes and the thread."""
        self.leave()
        if self._thread is not None:
            self._thread.join()
        self._wake_writer.close()
        self._wake_reader.close()

    def _wake(self) -> None:
        if self._thread is not None:
            self._wake_writer.send_bytes(b"")

    # -- its own thread

    def _run(self) -> None:
        while not self._is_closed:
            self._look()
            if self._listen(wait(self._places(), self._pause_s())):
                self._look()
                self.on_news()
        processes = [process for process in (self._process, self._spare) if process is not None]
        for process in processes:
            process.leave()
        for process in processes:
            process.end()

    def _places(self) -> list[Any]:
        process = self._process
        return [self._wake_reader] if process is None else [self._wake_reader, process.line, process.sentinel]

    def _listen(self, ready: list[Any]) -> bool:
        """Take in what has come; return whether the process has news."""
        has_news = False
        for line in ready:
            if isinstance(line, Connection):
                try:
                    line.recv_bytes()
                except (EOFError, OSError):
                    continue
                has_news = has_news or line is not self._wake_reader
        return has_news

    @property
    def _is_active(self) -> bool:
        """Whether the process has something to report again and again."""
        process, state = self._process, self.state
        return process is not None and (state.is_playing or state.rate_hz is None or state is self._expected)

    def _pause_s(self) -> float | None:
        """Return how long there is nothing to look at, None for ever."""
        pauses = [self.device.wait_s(), _LOOK_S if self._is_active else None]
        if self._spare is None and self._process is not None and self._process.memory.read().rate_hz is not None:
            pauses.append(max(0.0, self._process.began_s + _SPARE_AFTER_S - time.monotonic()))
        return min((pause_s for pause_s in pauses if pause_s is not None), default=None)

    def _look(self) -> None:
        process = self._process
        if self.device.take_turn(self._has_device):
            self._replace(None)
        elif process is not None and not process.is_alive:
            self._on_death(process)
        elif process is not None and self._heartbeat.stands_still(process.memory.beat(), self._is_active):
            _log.warning("the player's process stands still")
            process.kill()
            self._on_death(process)
        elif process is not None:
            self._look_at(process)
            self._keep_spare()

    @property
    def _has_device(self) -> bool:
        """Whether a device is open, or is being opened."""
        process = self._process
        if process is None or process.setup is None or process.setup.device_error is not None:
            return False
        return process.memory.read().device_error is None

    def _look_at(self, process: PlayerProcess) -> None:
        state = process.memory.read()
        assert process.setup is not None
        if state.is_lost and state.device_error is not None:
            self._on_lost(state.device_error)
        elif state.rate_hz is None:
            process.began_s = min(process.began_s + self._heartbeat.slept_s, time.monotonic())  # it slept as well
            if time.monotonic() - process.began_s > (_OPEN_S if process.memory.beat() else _BEGIN_S):
                self._on_lost(self.device.no_answer(process.setup.over_jack))
        elif process.setup.device_error is None:
            self._look_at_device(process.setup, state)

    def _look_at_device(self, setup: Setup, state: State) -> None:
        if state.device_error is None:
            self.device.on_open(state.is_silent)
        elif not setup.over_jack and self.device.try_jack(state.device_error):
            self._replace(None, over_jack=True)
        elif self.device.error != state.device_error:
            self.device.error = state.device_error
            self.on_news()

    def _keep_spare(self) -> None:
        """Begin a spare process once the one that plays has settled, with the sound library loaded where it has one."""
        process = self._process
        if self._spare is not None or process is None or process.setup is None:
            return
        state = process.memory.read()
        if state.rate_hz is not None and time.monotonic() > process.began_s + _SPARE_AFTER_S:
            self._spare = PlayerProcess()
            if not state.is_silent and state.device_error is None:
                with contextlib.suppress(OSError):
                    self._spare.load_library(process.setup.over_jack)

    def _on_lost(self, error: Refusal) -> None:
        """Go on in a process without the device; it is opened again when something is to be heard."""
        self.device.error = error
        if error.reason == Reason.DEVICE_NOT_STARTED:
            self._replace(None)
            return
        with self._lock:
            self._expected = replace(self.state, is_playing=False)
            self._command += 1
        self._replace(error)

    def _on_death(self, process: PlayerProcess) -> None:
        """Go on at the same place; give up what another process died of before it was heard."""
        _log.warning("the player's process has ended by itself")
        setup = process.setup
        assert setup is not None
        with self._lock:
            self.crashes.add(process.began_s, self.state.position_s > self._session.position_s + _PROGRESS_S)
            self._session.neighbours = []  # it may have died of one of these
            if self.crashes.is_of_track and self._session.path is not None:
                self._session.error = Unreadable(self._session.path, Reason.STOPS_DECODER)
        error = self.device.no_answer(setup.over_jack) if self.crashes.is_of_device else setup.device_error
        self.device.error = error or self.device.error
        self._replace(error, setup.over_jack, is_device_known=True)

    def _replace(self, error: Refusal | None, over_jack: bool = False, is_device_known: bool = False) -> None:
        """Begin another process, with the device or, where there is an error, without it.

        is_device_known: whether it is the one that the spare process has found when it loaded its library.
        """
        over_jack = over_jack or self.device.is_of_jack
        old, process = self._process, self._take_spare(over_jack, is_device_known)
        with self._lock:
            self._expected = replace(self.state, rate_hz=None, device="")
            self._process = None
        if old is not None:
            self.underruns_before += old.memory.read().underruns
            old.end()
        with self._lock:
            self._session.position_s, self._session.is_playing = self._expected.position_s, self._expected.is_playing
            pauses = self.device.pauses_without
            setup = Setup(self._open_output, self.device.name, over_jack, pauses, error, self._session, self._command)
            try:
                process.begin(setup)
            except OSError:  # the next look sees that it is dead
                _log.warning("a spare process of the player was dead")
            self._process = process
        self.on_news()

    def _take_spare(self, over_jack: bool, is_device_known: bool) -> PlayerProcess:
        """Return the spare process, or a new one where that knows other devices than those of now."""
        spare, self._spare = self._spare, None
        if spare is not None and spare.sees_jack is not None and not (is_device_known and spare.sees_jack == over_jack):
            spare.end()
            spare = None
        return spare or PlayerProcess()
