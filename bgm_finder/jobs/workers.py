"""Worker processes: spawned, of low priority, one thread each, and gone when the app is."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import Any

from bgm_finder.jobs.time_limit import LOOK_S, begin_watch

if sys.platform == "linux":
    import resource

_NICENESS = 10
_MOST_BYTES = 3 << 30
"""Memory of one worker, of which the network and its libraries take a sixth; no honest file needs the rest."""
_ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


ENDING_S = 10.0
"""How long a worker that was killed may take to end: one whose read the system never answers does not end at all."""
_stuck: list[threading.Thread] = []
"""Those who wait for workers that cannot end."""


class Workers(ProcessPoolExecutor):
    """Worker processes that leave the file in hand when nobody wants it any more.

    The pool alone would let them finish, which keeps a closing window waiting for a whole analysis.
    """

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")
        wanted, self._want = context.Pipe(duplex=False)
        self._worked_s = context.RawValue("d", time.monotonic())
        super().__init__(jobs, mp_context=context, initializer=_settle_in, initargs=(wanted, self._worked_s))

    @property
    def worked_s(self) -> float:
        """When a worker was last seen to use its processor; that of the monotonic clock."""
        return float(self._worked_s.value)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers end; with cancel_futures at once, as they hold nothing that could be lost.

        Even then a worker cannot end whose read the system never answers; it is waited for a while only.
        """
        if not cancel_futures:
            super().shutdown(wait)
            return
        self._want.close()
        manager: Any = self._executor_manager_thread
        processes = list((self._processes or {}).values())
        super().shutdown(wait=False, cancel_futures=True)
        for process in processes:  # a worker that is still starting does not see yet that nothing is wanted
            process.kill()
        if wait and manager is not None:
            manager.join(ENDING_S)
            if manager.is_alive():
                _stuck.append(manager)


def end_if_stuck(code: int) -> None:
    """End this process at once where a worker is stuck, for which Python would wait for ever; else do nothing."""
    if any(manager.is_alive() for manager in _stuck):
        end_process(code)


def end_process(code: int) -> None:
    """End this process at once, whatever its threads do; nothing that is to be kept may be unwritten."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def make_executor(jobs: int | None = None) -> Workers:
    """Return worker processes: so many, or one for each processor core; shut them down with wait."""
    return Workers(jobs or os.cpu_count() or 1)


def _settle_in(wanted: Connection, worked_s: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the main process' to answer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    if sys.platform == "linux":  # macOS keeps to no such limit, Windows knows none
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))
    for name in _ONE_THREAD:  # read by torch and numpy when they are first imported
        os.environ[name] = "1"
    threading.Thread(target=_keep_watch, args=(wanted, worked_s), daemon=True, name="watch").start()


def _keep_watch(wanted: Connection, worked_s: Any) -> None:
    """Tell the parent while this process works, and end it when the parent wants nothing more or was killed.

    The pool itself would wait for ever.
    """
    parent, watch = multiprocessing.parent_process(), begin_watch()
    while not wait([wanted] if parent is None else [wanted, parent.sentinel], LOOK_S):
        if watch.look():
            worked_s.value = time.monotonic()
    os._exit(1)
