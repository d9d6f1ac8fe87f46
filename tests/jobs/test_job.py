"""What a run tells of itself while it goes on."""

from types import SimpleNamespace

import pytest

from bgm_finder.jobs import job as job_file
from bgm_finder.jobs.job import Job


@pytest.fixture
def clock(monkeypatch):
    told = SimpleNamespace(now_s=100.0, on_look=None)

    def monotonic():
        now_s, act, told.on_look = told.now_s, told.on_look, None
        if act is not None:
            act()
        return now_s

    monkeypatch.setattr(job_file, "time", SimpleNamespace(monotonic=monotonic))
    return told


@pytest.fixture
def run(clock):
    """A run of 28 files, and what it has told of the time left."""
    left, job = [], Job(lambda progress: left.append(progress.seconds_left))
    job.begin_stage("listen", 28)

    def done(count, at_s):
        clock.now_s = 100.0 + at_s
        job.progress(count, 28)

    return SimpleNamespace(job=job, left=left, done=done)


def test_the_start_of_the_workers_is_no_part_of_the_time_left(run):
    run.done(1, at_s=20.0)
    run.done(11, at_s=30.0)
    assert run.left == [None, None, 17.0]


def test_nothing_is_foretold_from_one_moment(run):
    for count in range(1, 9):  # all workers begin together, so their first files come together
        run.done(count, at_s=20.0 + count / 100)
    assert set(run.left) == {None}


def test_a_run_that_is_done_has_nothing_left(run):
    run.done(28, at_s=0.1)
    assert run.left[-1] == 0.0


def test_each_stage_has_a_pace_of_its_own(run):
    run.done(1, at_s=1.0)
    run.done(27, at_s=27.0)
    run.job.begin_stage("draw", 28)
    run.done(1, at_s=60.0)
    run.done(3, at_s=80.0)
    assert run.left[-1] == 250.0


def test_a_pause_is_no_part_of_the_pace(run, clock):
    def resume_after_an_hour():
        clock.now_s += 3600.0
        run.job.resume()

    run.done(1, at_s=1.0)
    run.done(5, at_s=5.0)
    run.job.pause()
    clock.on_look = resume_after_an_hour
    run.job.check()
    run.done(9, at_s=3609.0)
    assert run.left[-2:] == [23.0, 19.0]
