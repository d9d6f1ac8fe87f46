"""The bridge between threads and Qt."""

import threading

import pytest

from bgm_finder.controllers.lane import Lane, Policy


@pytest.fixture
def make_lane(qtbot):
    lanes = []

    def make(**named):
        lanes.append(Lane("test", **named))
        return lanes[-1]

    yield make
    for lane in lanes:
        lane.close()


def heard(lane):
    answers = []
    lane.finished.connect(answers.append)
    return answers


def test_answers_arrive_in_the_gui_thread(qtbot, make_lane):
    lane, threads = make_lane(), []
    lane.finished.connect(lambda _: threads.append(threading.current_thread()))
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: threads.append(threading.current_thread()))
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_second_start_wins_and_the_first_answer_is_dropped(qtbot, make_lane):
    lane, go_on = make_lane(), threading.Event()
    answers = heard(lane)

    def slow(job):
        go_on.wait(5)
        return "first"

    lane.start(slow)
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: "second")
        go_on.set()
    assert answers == ["second"]


def test_a_run_that_became_stale_is_asked_to_stop(qtbot, make_lane):
    lane, stopped, began, never = make_lane(), threading.Event(), threading.Event(), threading.Event()

    def patient(job):
        began.set()
        while not job.is_cancelled:
            never.wait(0.01)
        stopped.set()
        job.check()

    lane.start(patient)
    assert began.wait(5)
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: None)
    assert stopped.is_set()


def test_queued_runs_all_answer_in_order(qtbot, make_lane):
    lane = make_lane(policy=Policy.QUEUE)
    answers = heard(lane)
    for number in range(5):
        lane.start(lambda job, number: number, number)
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert answers == [0, 1, 2, 3, 4]


def test_an_error_arrives_as_a_signal_and_the_lane_goes_on(qtbot, make_lane):
    lane = make_lane()
    with qtbot.waitSignal(lane.failed) as failed:
        lane.start(lambda job: 1 / 0)
    assert isinstance(failed.args[0], ZeroDivisionError)
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: None)


def test_cancelled_work_says_nothing(qtbot, make_lane):
    lane, go_on = make_lane(), threading.Event()
    answers = heard(lane)
    lane.start(lambda job: go_on.wait(5))
    lane.cancel()
    go_on.set()
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: "later")
    assert answers == ["later"]


def test_progress_tells_how_long_is_left(qtbot, make_lane):
    lane, seen = make_lane(), []
    lane.progressed.connect(seen.append)
    with qtbot.waitSignal(lane.finished):
        lane.start(lambda job: [job.progress(n, 4, "file") for n in range(1, 5)])
    assert [(p.done, p.total) for p in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert seen[-1].seconds_left == 0


def test_a_closed_lane_starts_nothing(qtbot, make_lane):
    lane, ran = make_lane(), []
    lane.close()
    lane.start(lambda job: ran.append(1))
    assert not ran
    assert not lane.is_busy


def test_closing_a_queue_finishes_what_was_asked(qtbot, make_lane):
    lane, done = make_lane(policy=Policy.QUEUE), []
    for number in range(5):
        lane.start(lambda job, number: (job.check(), done.append(number)), number)
    lane.close()
    assert done == [0, 1, 2, 3, 4]
