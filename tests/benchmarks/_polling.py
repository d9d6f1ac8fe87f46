"""Notes when a claim about the player comes true, beside the window's event loop."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

_LOOK_S = 0.001
_TIMEOUT_S = 10.0


class Polling:
    """Asks again and again, in a thread of its own."""

    def __init__(self) -> None:
        self._claim: Callable[[], bool] | None = None
        self._came_true = threading.Event()
        self._closing = threading.Event()
        self._at_s = 0.0
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Polling":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._thread.join()

    def begin(self, claim: Callable[[], bool]) -> None:
        """Look out from now on."""
        self._came_true.clear()
        self._claim = claim

    def came_true_s(self) -> float:
        """Wait for the claim to hold, and return the time of it (perf_counter)."""
        assert self._came_true.wait(_TIMEOUT_S), "waited in vain for the sound"
        return self._at_s

    def _run(self) -> None:
        while not self._closing.wait(_LOOK_S):
            if self._claim is not None and self._claim():
                self._at_s, self._claim = time.perf_counter(), None
                self._came_true.set()
