"""The way back and forward, without any search."""

import pytest

from bgm_finder.controllers.history import History


@pytest.fixture
def history():
    """Visited: a, b, c."""
    visited = History()
    for name in "abc":
        visited.arrive(name)
    return visited


def go(history, *steps):
    reached = history
    for step in steps:
        reached = history.set_out(step)
        if reached is not None:
            history.arrive(reached)
    return reached


def test_steps_lead_through_what_was_visited(history):
    assert [go(history, step) for step in (-1, -1, -1, 1, 1, 1)] == ["b", "a", None, "b", "c", None]


def test_steps_add_up_before_one_arrives(history):
    history.set_out(-1)
    assert history.set_out(-1) == "a"
    assert history.set_out(1) == "b"


def test_the_oldest_is_forgotten_after_a_hundred(history):
    for number in range(150):
        history.arrive(number)
    assert [go(history, *[-1] * 99), go(history, -1), go(history, *[1] * 99)] == [50, None, 149]


def test_something_new_ends_the_way_forward(history):
    go(history, -1)
    history.arrive("d")
    assert not history.can_go(1)
    assert [go(history, step) for step in (-1, -1)] == ["b", "a"]


def test_the_same_again_is_no_step(history):
    history.arrive("c")
    assert go(history, -1) == "b"


def test_staying_leaves_all_as_it_was(history):
    history.set_out(-1)
    history.stay()
    assert not history.can_go(1)
    assert go(history, -1) == "b"


def test_from_outside_back_leads_in_where_one_left(history):
    go(history, -1)
    history.leave()
    assert history.can_go(1)
    assert go(history, -1) == "b"


def test_nothing_visited_leads_nowhere():
    assert not History().can_go(-1)
    assert not History().can_go(1)
