"""Actions that come as fast as a key that is held down."""

import pytest

from bgm_finder.controllers.debouncer import FAST_MS, Debouncer


@pytest.fixture
def debouncer(qtbot):
    return Debouncer()


def test_a_single_action_is_done_at_once(debouncer):
    done = []
    debouncer.do(lambda: done.append(1))
    assert done == [1]


def test_of_fast_actions_the_first_and_the_last_are_done(qtbot, debouncer):
    done = []
    for number in range(5):
        debouncer.do(lambda number=number: done.append(number))
    assert done == [0]
    qtbot.waitUntil(lambda: done == [0, 4])


def test_after_a_rest_an_action_is_done_at_once_again(qtbot, debouncer):
    done = []
    debouncer.do(lambda: done.append(1))
    qtbot.wait(2 * FAST_MS)
    debouncer.do(lambda: done.append(2))
    assert done == [1, 2]


def test_what_is_forgotten_is_not_done(qtbot, debouncer):
    done = []
    debouncer.do(lambda: done.append(1))
    debouncer.do(lambda: done.append(2))
    debouncer.forget()
    qtbot.wait(2 * FAST_MS)
    assert done == [1]
