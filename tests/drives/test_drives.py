"""A drive is asked once a job, a silent one is left, and no process that asked stays behind."""

import ntpath
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bgm_finder.drives import drives, waiting
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.mounts import mount_of
from bgm_finder.drives.waiting import Cancelled, NoAnswer
from tests.reliability.living_files import silent_folder

ROOT = Path(__file__).resolve().parents[2]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
REAPED_S = 10.0


@pytest.fixture
def share(tmp_path):
    """A share that does not even say what it is."""
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    with silent_folder(tmp_path / "share", "look") as files:
        if not files:
            pytest.skip("no file system can be mounted here (it takes root)")
        yield tmp_path / "share"


def who_ask():
    """Return the state of each process that asks for this one: S (sleeps), D (waits for a drive), Z (zombie)…"""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = place.read_text().rpartition(")")
        except OSError:  # it has just ended
            continue
        state, parent, *_ = after.split()
        if int(parent) == os.getpid() and before.partition("(")[2] == "find":
            found.append(state)
    return found


def until_nobody_asks():
    deadline = time.monotonic() + REAPED_S
    while who_ask():
        assert time.monotonic() < deadline, who_ask()
        time.sleep(0.01)


def cancelled_meanwhile():
    """Return what is cancelled once the question is under way."""
    looks = []
    return lambda: looks.append(1) or len(looks) > 2


@pytest.mark.parametrize("names", [["a.wav"] * 20, [f"{number}.wav" for number in range(20)]], ids=["same", "others"])
def test_twenty_cancelled_questions_leave_two_processes_at_most_and_none_once_the_share_is_gone(share, names):
    for name in names:
        with pytest.raises(Cancelled):
            Drives(cancelled_meanwhile()).is_answered(share / name)
    assert 1 <= len(who_ask()) <= 2 and "Z" not in who_ask()  # for the drive, and for the first of its files
    subprocess.run(["fusermount3", "-u", "-z", str(share)], check=True)
    os.kill(server_of(share), 9)
    until_nobody_asks()


def server_of(share):
    """Return the process that serves a share."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        if place.read_bytes().split(b"\0")[2:4] == [b"tests.reliability.silent_file", os.fsencode(share)]:
            return int(place.parent.name)
    raise AssertionError("nobody serves it")


@ON_LINUX
def test_questions_that_are_answered_or_no_more_wanted_leave_no_process(tmp_path):
    for number in range(20):
        assert Drives(lambda: False).is_answered(tmp_path / str(number))
        with pytest.raises(Cancelled):
            Drives(lambda: True).is_answered(tmp_path)
    until_nobody_asks()


def test_a_silent_share_costs_a_job_one_wait_and_no_thread(share, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    looks = []
    of_job = Drives(lambda: bool(looks.append(1)))
    with pytest.raises(NoAnswer):
        of_job.resolved(share / "a.wav")
    waited, threads = len(looks), threading.active_count()
    for name in ("b.wav", "c.wav"):
        with pytest.raises(NoAnswer) as met:
            of_job.folder_at(share / name)
        assert met.value.filename == str(share / name)
        assert not of_job.is_answered(share / name)
    assert (len(looks), threading.active_count()) == (waited, threads)


def test_one_job_that_is_cancelled_takes_no_answer_from_another(share, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    with pytest.raises(Cancelled):
        Drives(cancelled_meanwhile()).is_answered(share)
    assert not Drives(lambda: False).is_answered(share)
    assert len(who_ask()) == 1


def test_a_silent_drive_of_the_users_path_holds_nothing(share, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", f"{share}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(Cancelled):
        Drives(cancelled_meanwhile()).is_answered(tmp_path / "a.wav")


def test_many_silent_places_cost_few_threads_and_little_time(monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 0.5)
    monkeypatch.setattr(drives, "_NEXT_ANSWER_S", 0.2)
    answer, before = threading.Event(), threading.active_count()
    of_job = Drives(lambda: False)
    for _ in range(50):
        with pytest.raises(NoAnswer):
            of_job.call(Path("/"), answer.wait)
    assert threading.active_count() - before < 10
    answer.set()


@ON_LINUX
def test_many_silent_places_that_are_asked_about_cost_few_processes(monkeypatch, tmp_path):
    monkeypatch.setattr(waiting, "ANSWER_S", 0.5)
    monkeypatch.setattr(drives, "_NEXT_ANSWER_S", 0.1)
    (tmp_path / "find").write_text(f'#!/bin/sh\nwhile [ -e "{tmp_path}/silent" ]; do sleep 0.05; done\n')
    (tmp_path / "find").chmod(0o700)
    (tmp_path / "silent").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    of_job = Drives(lambda: False)
    assert not any(of_job.is_answered(tmp_path / str(number)) for number in range(20))
    assert 1 <= len(who_ask()) <= 8
    (tmp_path / "silent").unlink()
    until_nobody_asks()


@ON_LINUX
def test_silent_places_of_one_drive_take_nothing_from_another(monkeypatch, tmp_path):
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    monkeypatch.setattr(drives, "_NEXT_ANSWER_S", 0.1)
    answer, of_job = threading.Event(), Drives(lambda: False)
    for _ in range(10):
        with pytest.raises(NoAnswer):
            of_job.call(Path("/proc"), answer.wait)
    assert of_job.folder_at(tmp_path) == tmp_path.resolve()
    assert of_job.call(tmp_path, lambda: answer.wait(0.4) or "slow, as it wakes up") == "slow, as it wakes up"
    answer.set()


def test_a_slow_folder_that_goes_on_is_waited_for(monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 0.5)
    steps = []

    def slow():
        for _ in range(5):
            threading.Event().wait(0.2)
            steps.append(1)
        return "done"

    assert Drives(lambda: False).call(Path("/"), slow, lambda: len(steps)) == "done"


def test_what_the_file_system_refuses_is_raised_where_it_is_waited_for(tmp_path):
    with pytest.raises(FileNotFoundError):
        Drives(lambda: False).call(tmp_path, (tmp_path / "gone").stat)


def test_a_folder_is_what_its_link_leads_to(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    of_job = Drives(lambda: False)
    assert of_job.folder_at(tmp_path / "link") == of_job.resolved(tmp_path / "folder")
    assert of_job.folder_at(tmp_path / "gone") is None


def test_windows_names_the_drive_or_the_share_in_the_path(monkeypatch):
    monkeypatch.setattr("bgm_finder.drives.mounts.os", ntpath_as_os())
    assert mount_of(rb"Z:\music\a.wav", []) == b"Z:\\"
    assert mount_of(rb"\\nas\music\a.wav", []) == b"\\\\nas\\music\\"


def ntpath_as_os():
    class Windows:
        path, sep = ntpath, ntpath.sep
        fsencode = staticmethod(os.fsencode)

    return Windows


WINDOWS = """
import os, signal, sys
for name in ("SIGKILL", "SIGHUP", "SIGALRM"):
    delattr(signal, name)
for name in ("fork", "forkpty", "setsid", "getuid", "geteuid"):
    delattr(os, name)
sys.platform = "win32"
os.environ["PATH"] = ""

from pathlib import Path
from bgm_finder.drives import waiting
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.drives.writing import write_file

waiting.ANSWER_S = float(sys.argv[2])
place = Path(sys.argv[1])
drives = Drives(lambda: False)
try:
    print(drives.is_answered(place), drives.is_answered(place / "gone"))
    print(drives.folder_at(place) == place.resolve())
    write_file(drives, place / "list.csv", b"list")
except NoAnswer as error:
    print(error.strerror)
sys.stdout.flush()
"""


@ON_LINUX
def test_windows_which_lacks_the_program_and_the_signals_asks_in_a_thread(tmp_path):
    words = [sys.executable, "-c", WINDOWS, str(tmp_path), "15"]
    said = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    assert said == "True True\nTrue\n"
    assert (tmp_path / "list.csv").read_bytes() == b"list"


def test_windows_leaves_a_share_that_does_not_answer(share):
    words = [sys.executable, "-c", WINDOWS, str(share), "1"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(2)]
        os.kill(server_of(share), 9)  # else its thread would keep it, as on Linux it does
        assert program.wait(REAPED_S) == 0
    assert said == ["False False\n", "its drive or network share does not answer\n"]
