"""A process of its own for whatever talks to JACK or PipeWire: a server that dies may take along whoever does."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from bgm_finder.audio.playing import portaudio

_BEGIN_S = 10.0
"""A process begins within a second, on a busy computer in some."""
_ANSWER_S = 5.0
"""One whose server stands still would never answer."""
_LEAVE_S = 2.0
"""A client that is killed, instead of taking its leave, holds the server up for ten."""


class SoundProcess:
    """Does one deed with a sound server, and ends with it or with the app."""

    def __init__(self, deed: Callable[..., None], *facts: object) -> None:
        """deed: a function of a module; it is handed its end of the line, and the facts."""
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(target=_begin, args=(deed, theirs, *facts), daemon=True, name="sound")
        with portaudio.guard:  # outside of any sight without JACK, which it would inherit
            self._process.start()
        theirs.close()

    def answer(self) -> Any:
        """Return the first that the deed says; raises EOFError or OSError where it died or stands still."""
        for patience_s in (_BEGIN_S, _ANSWER_S):
            if not self.line.poll(patience_s):
                self.kill()
                raise TimeoutError
            word = self.line.recv()
        return word

    def kill(self) -> None:
        """Ends it at once, whatever it does; whoever listens to the line hears its end."""
        self._process.kill()

    def end(self) -> None:
        """Hangs up, at which it takes its leave, and sees to it that it does; nobody may be using the line."""
        self.line.close()
        self._process.join(_LEAVE_S)
        self._process.kill()
        self._process.join(_LEAVE_S)


def _begin(deed: Callable[..., None], line: Connection, *facts: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the app's to answer
    threading.Thread(target=_end_with_the_app, daemon=True, name="watch").start()
    with contextlib.suppress(EOFError, ConnectionError):  # nobody listens any more
        line.send("begun")
        deed(line, *facts)


def _end_with_the_app() -> None:
    app = multiprocessing.parent_process()
    assert app is not None
    wait([app.sentinel])
    time.sleep(_LEAVE_S)
    os._exit(1)
