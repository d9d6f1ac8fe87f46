"""The window's end of a process of the player: starts it, hands it its setup, ends it."""

import multiprocessing
import time
from multiprocessing.connection import Connection

from bgm_finder.audio.playing.player_process import Setup, run
from bgm_finder.audio.playing.state import StateMemory

_LEAVE_S = 1.0
"""A JACK client that is killed, instead of taking its leave, holds the server up for five to ten seconds."""


class PlayerProcess:
    """A process that plays, or waits to; the libraries are loaded meanwhile."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line: Connection
        self.line, theirs = context.Pipe()
        self.memory = StateMemory()
        self.setup: Setup | None = None
        self.sees_jack: bool | None = None
        """None as long as the sound library is not loaded."""
        self.began_s = time.monotonic()
        self._process = context.Process(target=run, args=(theirs, self.memory), daemon=True, name="player")
        self._process.start()
        theirs.close()

    def load_library(self, sees_jack: bool) -> None:
        """Let it load the sound library, which takes longest, and find the devices of now; raises OSError if dead."""
        self.line.send((sees_jack, True))
        self.sees_jack = sees_jack

    def begin(self, setup: Setup) -> None:
        """Let it play; raises OSError where it is dead."""
        self.setup, self.began_s = setup, time.monotonic()
        if self.sees_jack is None:
            self.line.send((setup.over_jack, False))
        self.line.send(setup)

    @property
    def sentinel(self) -> int:
        return self._process.sentinel

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def leave(self) -> None:
        """Ask it to take its leave."""
        self.line.close()

    def end(self) -> None:
        """Let it take its leave where it has a device, and see to it that it ends."""
        self.leave()
        self._process.join(_LEAVE_S if self.sees_jack is not None or self.memory.beat() else 0.0)
        self.kill()

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()
        self._process.join()
