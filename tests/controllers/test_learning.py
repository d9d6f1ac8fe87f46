"""What a search learns from the marks, and the way back from it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from test_search import Ear, for_track, store

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.controllers.learning import Learning
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.search import SimilarSearch


class Window:
    """A library whose first track is searched by."""

    def __init__(self, qtbot, catalogue):
        self.qtbot, self.catalogue = qtbot, catalogue
        self.library = Library(catalogue, "ear", "ear", lambda: ThreadPoolExecutor(1))
        self.search = SimilarSearch(catalogue, Ear())
        self.learning = Learning(self.search, self.library)
        self.library.view_changed.connect(lambda view: self.search.refresh(view.columns, view.wanted))
        self.reload()
        self.ids = self.library.columns.ids.tolist()
        self.wait(lambda: self.search.start(for_track(catalogue, 0)))

    def reload(self):
        with self.qtbot.waitSignal(self.library.view_changed):
            self.library.reload()
        self.qtbot.waitUntil(lambda: not self.search.is_busy)

    def wait(self, act):
        with self.qtbot.waitSignal(self.search.found):
            act()
        self.qtbot.waitUntil(lambda: not self.search.is_busy)

    def mark(self, track_id, mark):
        with Catalogue(self.catalogue) as opened:
            opened.tracks.set_marks(MarkEdit({track_id: mark}))
        self.reload()

    @property
    def learned(self):
        """What is learned from: each track, and whether the matches should sound like it."""
        return {one.reference.track_id: one.is_like for one in self.search.current.beside if one.is_learned}

    @property
    def order(self):
        return [match.track_id for match in self.search.ranking.inside]

    def close(self):
        for part in (self.search, self.library):
            part.close()


@pytest.fixture
def window(qtbot, catalogue):
    with Catalogue(catalogue) as opened:
        for place, track_id in enumerate(opened.columns().ids.tolist()):
            store(opened, track_id, [1, [0, 0.5, -0.6, 0.9][place % 4], 0])
    window = Window(qtbot, catalogue)
    yield window
    window.close()


def test_a_kept_track_pulls_the_order_and_a_rejected_one_pushes_it(window):
    plain, (_, near, far, beyond) = window.order, window.ids[:4]
    assert plain.index(near) < plain.index(far)
    window.mark(near, "reject")
    assert window.order == plain, "nothing is learned before it is switched on"
    window.wait(lambda: window.learning.switch(True))
    assert window.learned == {near: False}
    assert window.order.index(far) < window.order.index(near)
    window.mark(near, "keep")
    assert window.learned == {near: True}
    assert window.order[0] == beyond, "the kept track is searched by, and stands in no list"


def test_one_step_leads_back_from_all_that_was_learned(window):
    plain = window.order
    window.mark(window.ids[1], "reject")
    window.wait(lambda: window.learning.switch(True))
    window.mark(window.ids[2], "keep")
    window.mark(window.ids[3], "reject")
    assert len(window.learned) == 3
    window.wait(window.search.back)
    assert (window.order, window.learned, window.learning.is_on) == (plain, {}, False)
    window.wait(window.search.forward)
    assert len(window.learned) == 3 and window.learning.is_on
    window.wait(lambda: window.learning.switch(False))
    assert (window.order, window.learned) == (plain, {})


def test_a_track_that_is_taken_out_stays_out_until_the_next_time(window):
    one, other = window.ids[1], window.ids[2]
    window.mark(one, "reject")
    window.mark(other, "reject")
    window.wait(lambda: window.learning.switch(True))
    window.wait(lambda: window.learning.leave_out([one]))
    window.mark(window.ids[3], "reject")
    assert set(window.learned) == {other, window.ids[3]}
    window.wait(lambda: window.learning.switch(False))
    window.wait(lambda: window.learning.switch(True))
    assert set(window.learned) == {one, other, window.ids[3]}


def test_the_next_search_learns_as_well_while_it_is_switched_on(window):
    window.mark(window.ids[2], "reject")
    window.wait(lambda: window.learning.switch(True))
    window.wait(lambda: window.search.start(window.learning.applied(for_track(window.catalogue, 1))))
    assert window.learned == {window.ids[2]: False}


def test_a_mark_while_another_search_is_on_its_way_leaves_that_search_and_counts_in_it(window):
    window.wait(lambda: window.learning.switch(True))
    window.search.start(window.learning.applied(for_track(window.catalogue, 1)))
    window.mark(window.ids[2], "reject")
    window.qtbot.waitUntil(lambda: window.learned == {window.ids[2]: False})
    assert window.search.current.references[0].track_id == window.ids[1]


def test_after_a_mark_the_new_order_is_walked_from_its_top(window):
    started = []
    window.search.started.connect(started.append)
    window.wait(lambda: window.learning.switch(True))
    window.mark(window.ids[2], "reject")
    assert started == [started[0], window.search.current]
