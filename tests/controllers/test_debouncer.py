"""Actions that come as fast as a key that is held down."""

import pytest

from bgm_finder.controllers.debouncer import FAST_MS, Debouncer


@pytest.fixture
def pace(qtbot):
    return Debouncer()


def test_a_single_deed_is_done_at_once(pace):
    done = []
    pace.do(lambda: done.append(1))
    assert done == [1]


def test_of_fast_deeds_the_first_and_the_last_are_done(qtbot, pace):
    done = []
    for number in range(5):
        pace.do(lambda number=number: done.append(number))
    assert done == [0]
    qtbot.waitUntil(lambda: done == [0, 4])


def test_after_a_rest_a_deed_is_done_at_once_again(qtbot, pace):
    done = []
    pace.do(lambda: done.append(1))
    qtbot.wait(2 * FAST_MS)
    pace.do(lambda: done.append(2))
    assert done == [1, 2]


def test_what_is_forgotten_is_not_done(qtbot, pace):
    done = []
    pace.do(lambda: done.append(1))
    pace.do(lambda: done.append(2))
    pace.forget()
    qtbot.wait(2 * FAST_MS)
    assert done == [1]
