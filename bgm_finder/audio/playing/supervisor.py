"""Keeps one process of the player running: starts another where it dies, stands still, or its device changes."""

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from math import inf
from multiprocessing.connection import Connection, wait
from typing import Any

from bgm_finder.audio.playing import jack
from bgm_finder.audio.playing.output import OpenOutput
from bgm_finder.audio.playing.player_process import Setup
from bgm_finder.audio.playing.session import Session
from bgm_finder.audio.playing.spawned import LEAVE_S, PlayerProcess
from bgm_finder.audio.playing.state import State
from bgm_finder.reasons import Reason, Refusal, Unreadable

_LOOK_S = 0.1
_STILL_S = 0.6
"""So long without a report while there is something to report, and the process stands still."""
_BEGIN_S = 10.0
"""A process begins within a second, on a busy computer in some."""
_OPEN_S = 12.0
"""One whose server stands still would never be open. JACK lets nobody in for ten seconds after a client was killed."""
_SPARE_AFTER_S = 3.0
_TRY_AGAIN_S = 1.0
"""A device that is not there is tried so often at most, however fast the user walks."""
_JACK_AGAIN_S = 30.0
"""Where there is no sound at all, JACK is tried so often at most."""
_PROGRESS_S = 0.1
_SOON_S = 3.0
"""A process that dies so soon, without having played anything, dies of what it was to do."""
_MOST_DEATHS = (2, 4)
"""So many of these in a row, and the track is given up; the device, too."""

_log = logging.getLogger(__name__)


class Supervisor:
    """Its thread is the only one that starts and ends processes; commands come from one thread."""

    def __init__(self, session: Session, open_output: OpenOutput, device: str | None) -> None:
        self.device = device
        self.device_error: Refusal | None = None
        self.crashes = 0
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
        self._ever_heard = False
        self._tried_s = self._jack_tried_s = -inf
        """When a device was last to be opened, on the clock of time.monotonic."""
        self._beat, self._beat_s, self._looked_s = 0, 0.0, 0.0
        self._deaths = 0
        self._is_asked = True
        """Whether the chosen device is to be opened, whatever is open now."""
        self._wants_device = False
        """Whether a device is to be opened, should there be none."""
        self._is_closed = False
        self._ears, self._mouth = multiprocessing.get_context("spawn").Pipe(duplex=False)
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
        with self._lock:
            self.device, self._is_asked = device, True
        self._wake()

    def want_sound(self) -> None:
        """Try the lost or missing device again, soon: the user wants to hear something."""
        if not self._has_device and not self._wants_device:
            self._wants_device = True
            self._wake()

    def close(self) -> None:
        """End the processes and the thread."""
        self._is_closed = True
        if self._thread is not None:
            self._wake()
            self._thread.join()
        self._mouth.close()
        self._ears.close()

    def _wake(self) -> None:
        if self._thread is not None:
            self._mouth.send_bytes(b"")

    # -- its own thread

    def _run(self) -> None:
        while not self._is_closed:
            self._look()
            if self._listen(wait(self._places(), self._pause_s())):
                self._look()
                self.on_news()
        if self._spare is not None:
            self._spare.end(0.0)
        if self._process is not None:
            self._process.end(LEAVE_S if self._process.memory.beat() else 0.0)

    def _places(self) -> list[Any]:
        process = self._process
        return [self._ears] if process is None else [self._ears, process.line, process.sentinel]

    def _listen(self, ready: list[Any]) -> bool:
        """Take in what has come; return whether the process has news."""
        has_news = False
        for line in ready:
            if isinstance(line, Connection):
                try:
                    line.recv_bytes()
                except (EOFError, OSError):
                    continue
                has_news = has_news or line is not self._ears
        return has_news

    @property
    def _is_active(self) -> bool:
        """Whether the process has something to report again and again."""
        process, state = self._process, self.state
        return process is not None and (state.is_playing or state.rate_hz is None or state is self._expected)

    def _pause_s(self) -> float | None:
        """Return how long there is nothing to look at."""
        now_s, pauses = time.monotonic(), []
        if self._is_active:
            pauses.append(_LOOK_S)
        if self._wants_device:
            pauses.append(max(0.0, self._tried_s + _TRY_AGAIN_S - now_s))
        if self._spare is None and self._process is not None:
            pauses.append(max(0.0, self._process.began_s + _SPARE_AFTER_S - now_s))
        return min(pauses, default=None)

    def _look(self) -> None:
        process, now_s = self._process, time.monotonic()
        if self._is_to_open(now_s):
            self._is_asked, self._wants_device, self._tried_s = False, False, now_s
            self._replace(None)
        elif process is not None and not process.is_alive:
            self._on_death(process)
        elif process is not None and self._stands_still(process, now_s):
            _log.warning("the player's process stands still")
            process.end(0.0)
            self._on_death(process)
        elif process is not None:
            self._look_at(process, now_s)
        if self._spare is None and self._process and now_s > self._process.began_s + _SPARE_AFTER_S:
            self._spare = PlayerProcess()

    def _is_to_open(self, now_s: float) -> bool:
        if self._wants_device and self._has_device:
            self._wants_device = False
        return self._is_asked or (self._wants_device and now_s >= self._tried_s + _TRY_AGAIN_S)

    @property
    def _has_device(self) -> bool:
        """Whether a device is open, or is being opened."""
        process = self._process
        if process is None or process.setup is None or process.setup.device_error is not None:
            return False
        return process.memory.read().device_error is None

    def _look_at(self, process: PlayerProcess, now_s: float) -> None:
        state = process.memory.read()
        assert process.setup is not None
        if state.is_lost and state.device_error is not None:
            self._on_lost(state.device_error)
        elif state.rate_hz is None:
            if now_s - process.began_s > (_OPEN_S if process.memory.beat() else _BEGIN_S):
                self._on_lost(self._no_answer(process.setup))
        elif process.setup.device_error is None:
            self._look_at_device(process.setup, state, now_s)

    def _look_at_device(self, setup: Setup, state: State, now_s: float) -> None:
        if state.device_error is None:
            self._ever_heard = self._ever_heard or not state.is_silent
            self.device_error = None
            return
        if not setup.over_jack and self._may_try_jack(state.device_error, now_s):
            self._jack_tried_s = now_s
            self._replace(None, over_jack=True)
        elif self.device_error != state.device_error:
            self.device_error = state.device_error
            self.on_news()

    def _may_try_jack(self, error: Refusal, now_s: float) -> bool:
        """Return whether nothing else can play, and JACK might."""
        is_missing = error.reason != Reason.NO_SOUND_LIBRARY and self.device is None
        return is_missing and now_s - self._jack_tried_s > _JACK_AGAIN_S and jack.may_be_there()

    def _no_answer(self, setup: Setup) -> Refusal:
        name = setup.device or (jack.JACK if setup.over_jack else "default")
        return Refusal(Reason.DEVICE_NO_ANSWER, {"device": name})

    def _stands_still(self, process: PlayerProcess, now_s: float) -> bool:
        beat, paused_s = process.memory.beat(), now_s - self._looked_s
        if beat != self._beat or beat == 0 or paused_s > 3 * _LOOK_S:  # this process was put to sleep, too
            self._beat, self._beat_s = beat, now_s
        self._looked_s = now_s
        return self._is_active and now_s - self._beat_s > _STILL_S

    def _on_lost(self, error: Refusal) -> None:
        """Go on in a process without the device; it is opened again when something is to be heard."""
        self.device_error = error
        if error.reason == Reason.DEVICE_NOT_STARTED:
            self._replace(None)
            return
        with self._lock:
            self._expected = replace(self.state, is_playing=False)
            self._command += 1
        self._replace(error)

    def _on_death(self, process: PlayerProcess) -> None:
        """Go on at the same place; give up what another process died of before it was heard."""
        self.crashes += 1
        _log.warning("the player's process has ended by itself")
        with self._lock:
            has_played = self.state.position_s > self._session.position_s + _PROGRESS_S
            is_soon = time.monotonic() - process.began_s < _SOON_S
            self._deaths = self._deaths + 1 if is_soon and not has_played else 0
            self._session.neighbours = []  # it may have died of one of these
            if self._deaths >= _MOST_DEATHS[0] and self._session.path is not None:
                self._session.error = Unreadable(self._session.path, Reason.STOPS_DECODER)
        setup = process.setup
        assert setup is not None
        error = self._no_answer(setup) if self._deaths >= _MOST_DEATHS[1] else setup.device_error
        self.device_error = error or self.device_error
        self._replace(error, setup.over_jack)

    def _replace(self, device_error: Refusal | None, over_jack: bool = False) -> None:
        """Begin another process, with the device or, where there is an error, without it."""
        old = self._process
        process, self._spare = self._spare or PlayerProcess(), None
        with self._lock:
            self._expected = replace(self.state, rate_hz=None, device="")
            self._process = None
        if old is not None:
            self.underruns_before += old.memory.read().underruns
            if old.is_alive:
                old.end(LEAVE_S)
        with self._lock:
            self._session.position_s, self._session.is_playing = self._expected.position_s, self._expected.is_playing
            setup = Setup(
                self._open_output,
                self.device,
                over_jack or (self.device is not None and jack.is_of_jack(self.device)),
                self._ever_heard or self.device is not None,
                device_error,
                self._session,
                self._command,
            )
            try:
                process.begin(setup)
            except OSError:  # the next look sees that it is dead
                _log.warning("a spare process of the player was dead")
            self._process = process
        self.on_news()
