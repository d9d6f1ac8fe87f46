"""The window's end of a process of the player: starts it, hands it its setup, ends it."""

import multiprocessing
import time
from multiprocessing.connection import Connection

from bgm_finder.audio.playing.player_process import Setup, run
from bgm_finder.audio.playing.state import StateMemory

LEAVE_S = 1.0
"""A JACK client that is killed, instead of taking its leave, holds the server up for ten seconds."""


class PlayerProcess:
    """A process that plays, or waits to; the libraries are loaded meanwhile."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line: Connection
        self.line, theirs = context.Pipe()
        self.memory = StateMemory()
        self.setup: Setup | None = None
        self.began_s = time.monotonic()
        self._process = context.Process(target=run, args=(theirs, self.memory), daemon=True, name="player")
        self._process.start()
        theirs.close()

    def begin(self, setup: Setup) -> None:
        """Let it play; raises OSError where it is dead."""
        self.setup, self.began_s = setup, time.monotonic()
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

    def end(self, patience_s: float = LEAVE_S) -> None:
        """Let it take its leave, and see to it that it does."""
        self.line.close()
        self._process.join(patience_s)
        self._process.kill()
        self._process.join()
