"""One file that breaks its worker costs only itself."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bgm_finder.jobs.each_file import WorkersFail, each_file
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.jobs.time_limit import time_limit
from bgm_finder.jobs.workers import ENDING_S, make_executor
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.similarity.weights_file import WeightsUnusable


class UntransportableError(Exception):
    def __init__(self, one, two):
        super().__init__("only one")


def hang():
    with time_limit(0.5):
        threading.Event().wait()


def refuse(error):
    raise error


HARMS = {
    "crash": lambda path: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda path: hang(),
    "stuck": lambda path: os.kill(os.getpid(), signal.SIGSTOP),  # like a read that the system never answers
    "broken": lambda path: refuse(Unreadable(path, Reason.UNKNOWN_SOUND)),
    "huge": lambda path: refuse(MemoryError()),
    "greedy": lambda path: bytearray(4 << 30),
    "weights": lambda path: refuse(WeightsUnusable(path, Reason.WRONG_CHECKSUM)),
    "bug": lambda path: refuse(UntransportableError(1, 2)),
}


def work(path):
    HARMS.get(path.name, lambda _path: None)(path)
    return path.name.upper()


def run(names, jobs=2):
    files = [(number, Path(name)) for number, name in enumerate(names)]
    return {key: result for key, _, result in each_file(Job(), partial(make_executor, jobs), work, files)}


def test_crash_and_hang_cost_only_their_files():
    names = ["a", "b", "crash", "c", "hang", "broken", "d", "e"]
    found = run(names)
    assert sorted(found) == list(range(8))
    reasons = {names[key]: result.reason for key, result in found.items() if isinstance(result, Unreadable)}
    assert reasons == {
        "crash": Reason.STOPS_DECODER,
        "hang": Reason.STOPS_DECODER,
        "broken": Reason.UNKNOWN_SOUND,
    }
    assert [found[key] for key in (0, 1, 3, 6, 7)] == ["A", "B", "C", "D", "E"]


@pytest.mark.skipif(sys.platform == "win32", reason="stops a process as POSIX does")
def test_worker_that_cannot_even_end_itself_costs_only_its_file(monkeypatch):
    monkeypatch.setattr("bgm_finder.jobs.workers.ENDING_S", 0.2)
    names = ["a", "b", "stuck", "c"]
    files = list(enumerate(map(Path, names)))
    results = each_file(Job(), partial(make_executor, 1), work, files, longest_s=3.0)
    found = {names[key]: result for key, _, result in results}
    assert found.pop("stuck").reason == Reason.NO_ANSWER
    assert found == {"a": "A", "b": "B", "c": "C"}


def test_no_file_is_blamed_where_no_worker_ever_works():
    with pytest.raises(WorkersFail):
        run(["crash"] * 4, jobs=1)


def test_single_file_that_kills_its_worker_is_named():
    assert run(["crash"], jobs=1)[0].reason == Reason.STOPS_DECODER


def test_mistake_of_ours_costs_one_file_and_leaves_its_traceback(mistakes):
    found = run(["a", "bug", "b"], jobs=1)
    assert (found[0], found[2]) == ("A", "B")
    assert found[1].reason == Reason.INTERNAL_ERROR
    assert ["bug" in text and "UntransportableError" in text and "in work" in text for text in mistakes] == [True]


def test_no_file_is_blamed_where_work_never_works(mistakes):
    with pytest.raises(WorkersFail):
        run(["bug"] * 4, jobs=1)
    assert mistakes


def test_file_that_takes_all_memory_is_named():
    assert run(["a", "huge"], jobs=1)[1].reason == Reason.TOO_LITTLE_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_memory_of_a_worker_is_bounded():
    assert run(["a", "greedy"], jobs=1)[1].reason == Reason.TOO_LITTLE_MEMORY


def test_error_about_no_file_ends_the_run():
    with pytest.raises(WeightsUnusable):
        run(["a", "weights"], jobs=1)


def hold(began):
    with began.open("w"):
        threading.Event().wait()


def test_stop_waits_for_no_file_in_hand(tmp_path):
    began = tmp_path / "began"
    os.mkfifo(began)
    executor = make_executor(1)
    held = executor.submit(hold, began)
    with began.open():  # waits until the worker opens it
        executor.shutdown(wait=True, cancel_futures=True)
    assert held.exception() is not None


def test_stop_ends_the_run_and_its_workers():
    job = Job()
    seen = []
    executors = []

    def make():
        executors.append(ThreadPoolExecutor(1))
        return executors[-1]

    with pytest.raises(Cancelled):
        for key, _, _ in each_file(job, make, work, [(n, Path("a")) for n in range(100)]):
            seen.append(key)
            job.cancel()
    assert 0 < len(seen) < 10
    with pytest.raises(RuntimeError, match="shutdown"):
        executors[0].submit(print)


def test_pause_holds_the_run_until_it_is_resumed():
    job = Job()
    results = each_file(job, partial(ThreadPoolExecutor, 1), work, [(n, Path("a")) for n in range(20)])
    next(results)
    job.pause()
    began = time.monotonic()
    threading.Timer(0.3, job.resume).start()
    assert len(list(results)) == 19
    assert time.monotonic() - began >= 0.3


def test_nothing_to_do_starts_no_worker():
    assert list(each_file(Job(), lambda: pytest.fail("no worker is needed"), work, [])) == []


class RecordingExecutor(ThreadPoolExecutor):
    """One thread, and a note of what was handed to it, in order."""

    def __init__(self):
        super().__init__(1)
        self.asked = []

    def submit(self, work, path):
        self.asked.append(path.name)
        return super().submit(work, path)


def test_requested_files_go_before_all_others():
    executor = RecordingExecutor()
    files = [(number, Path(str(number))) for number in range(30)]
    args = [20, 99, 10]
    for key, _, _ in each_file(Job(), lambda: executor, work, files, lambda: args):
        if key == 10:
            args[:] = [29]
    assert executor.asked[:2] == ["20", "10"]
    assert executor.asked.index("29") < 2 + 2 * (2 * os.cpu_count())
    rest = [int(name) for name in executor.asked if name not in ("20", "10", "29")]
    assert rest == sorted(rest)
    assert len(set(executor.asked)) == len(executor.asked) == 30


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at a process as Linux shows it")
def test_a_worker_that_nobody_wants_is_not_waited_for():
    workers = make_executor(1)
    workers.submit(work, Path("stuck"))
    deadline = time.monotonic() + 20.0
    while not any(_is_stopped(process.pid) for process in multiprocessing.active_children()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    began_s = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began_s < ENDING_S / 2


def _is_stopped(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
