"""A worker is given the processor time that its file needs, and no more; one that only waits is not waited for."""

import os
import signal
import sys
import threading
import time
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

import pytest

from bgm_finder.jobs.each_file import each_file
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.jobs.workers import make_executor

LIMIT_S = 2.0
"""Shorter ones end honest workers on a computer that is busy with other tests."""
PATIENCE_S = 90.0
posix = pytest.mark.skipif(sys.platform == "win32", reason="stops a process as POSIX does")


def burn(seconds):
    end_s = time.thread_time() + seconds
    while time.thread_time() < end_s:
        pass


def burn_within(limit_s, began, seconds):
    began.write_text(str(os.getpid()))
    with time_limit(limit_s):
        burn(seconds)
    return "done"


def wait_for_ever(limit_s):
    with time_limit(limit_s):
        threading.Event().wait()


def work_and_wait(limit_s, times, work_s, wait_s):
    """Like reading from a slow share, or on a computer that is busy."""
    with time_limit(limit_s):
        _work_and_wait(times, work_s, wait_s)
    return "done"


def _work_and_wait(times, work_s, wait_s):
    for _ in range(times):
        burn(work_s)
        threading.Event().wait(wait_s)


def _limited(limit_s, path):
    return work_and_wait(limit_s, 40, 0.004, 0.1)


@pytest.fixture
def worker():
    executor = make_executor(1)
    yield executor
    executor.shutdown(cancel_futures=True)


def begun(executor, tmp_path, seconds, limit_s=LIMIT_S):
    """Has the worker work for so long; return its answer to come, and its process."""
    note = tmp_path / "began"
    answer = executor.submit(burn_within, limit_s, note, seconds)
    deadline = time.monotonic() + PATIENCE_S
    while not (note.exists() and note.read_text()):
        assert time.monotonic() < deadline, "the worker does not start"
        threading.Event().wait(0.01)
    return answer, int(note.read_text())


def test_one_that_spins_is_ended(worker, tmp_path):
    answer, _ = begun(worker, tmp_path, 600.0, limit_s=0.3)
    with pytest.raises(BrokenExecutor):
        answer.result(PATIENCE_S)


def test_one_that_only_waits_is_ended(worker):
    with pytest.raises(BrokenExecutor):
        worker.submit(wait_for_ever, 0.3).result(PATIENCE_S)


@posix
def test_one_that_was_stopped_for_longer_than_its_limit_goes_on(worker, tmp_path):
    answer, process = begun(worker, tmp_path, 0.3)
    os.kill(process, signal.SIGSTOP)
    threading.Event().wait(1.5 * LIMIT_S)
    os.kill(process, signal.SIGCONT)
    assert answer.result(PATIENCE_S) == "done"


@posix
def test_one_that_is_starved_is_given_its_time(worker, tmp_path):
    answer, process = begun(worker, tmp_path, 0.4)
    began_s = time.monotonic()
    while not answer.done():
        os.kill(process, signal.SIGSTOP)
        threading.Event().wait(0.25)
        os.kill(process, signal.SIGCONT)
        threading.Event().wait(0.03)
    assert answer.result() == "done"
    assert time.monotonic() - began_s > LIMIT_S


def test_one_that_waits_again_and_again_is_given_its_time(worker):
    assert worker.submit(work_and_wait, LIMIT_S, 30, 0.004, 0.1).result(PATIENCE_S) == "done"


def test_even_that_has_an_end(worker):
    with pytest.raises(BrokenExecutor):  # by the clock, after 20 times its limit; it would take minutes
        worker.submit(work_and_wait, 0.2, 4000, 0.0005, 0.05).result(PATIENCE_S)


class SlowToLoad:
    """Work whose libraries take their time, before any limit is set."""

    def __call__(self, path):
        return "done"

    def __reduce__(self):
        return _load_slowly, ()


def _load_slowly():
    _work_and_wait(40, 0.004, 0.1)
    return SlowToLoad()


@pytest.mark.parametrize("work", [partial(_limited, LIMIT_S), SlowToLoad()], ids=["at work", "loading"])
def test_run_does_not_leave_workers_that_work(worker, work):
    worker.submit(len, "").result(PATIENCE_S)  # it has started
    executors = iter([worker])
    results = each_file(Job(), lambda: next(executors), work, [(0, Path("slow"))], longest_s=2.0)
    assert [result for _, _, result in results] == ["done"]
