"""What the list shows, and where one stands in it, while filters, searches, marks and the library change."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from test_search import Ear, for_track, outside, store

from bgm_finder.audio.playing.output import open_silence
from bgm_finder.audio.playing.player import Player
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.conditions import NOT_REJECTED, Filter
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.list_position import Scroll
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.search import Search, SimilarSearch
from bgm_finder.controllers.track_groups import TrackGroups
from bgm_finder.controllers.track_list import TrackList
from bgm_finder.track import ListScope, Reference, Scope

ONLY_1 = Filter(text="track01")


class Window:
    """The controllers of a window, and what its table was told last."""

    def __init__(self, qtbot, catalogue):
        self.qtbot, self.catalogue, self.ear = qtbot, catalogue, Ear()
        self.playback = Playback(Player(open_silence))
        self.comparison = Comparison(self.playback)
        self.library = Library(catalogue, "ear", "ear", lambda: ThreadPoolExecutor(1))
        self.search = SimilarSearch(catalogue, self.ear)
        self.groups = TrackGroups(catalogue, self.ear.name, self.playback)
        self.list = TrackList(self.library, self.search, self.comparison, self.groups)
        self.listing = self.position = None
        self.went_to, self.requested = [], []
        self.list.changed.connect(self._on_changed)
        self.list.current_requested.connect(self.select)
        self.list.requested_shown.connect(lambda: self.requested.append(self.search.current))

    def _on_changed(self, listing, position):
        self.listing, self.position = listing, position

    def close(self):
        self.ear.may_listen.set()
        for part in (self.search, self.groups, self.library, self.comparison, self.playback):
            part.close()

    def begin(self, left_at=None):
        self.list.begin(left_at, "both", Filter())
        with self.qtbot.waitSignal(self.library.view_changed):
            self.library.reload()

    def select(self, place):
        """Make a row current, as the table does."""
        track_id = self.ids[place]
        self.went_to.append(track_id)
        self.list.move(track_id, place)

    def go(self, track_id):
        self.select(self.ids.index(track_id))

    def narrow(self, wanted):
        with self.qtbot.waitSignal(self.library.view_changed):
            self.library.set_filter(wanted)
        self.qtbot.waitUntil(lambda: not self.search.is_busy)

    def find(self, act):
        with self.qtbot.waitSignal(self.search.found):
            act()
        self.qtbot.waitUntil(lambda: not self.search.is_busy)

    def mark(self, track_id, mark):
        with Catalogue(self.catalogue) as opened:
            opened.tracks.set_marks(MarkEdit({track_id: mark}))
        with self.qtbot.waitSignal(self.library.view_changed):
            self.library.reload()
        self.qtbot.waitUntil(lambda: not self.search.is_busy)

    @property
    def ids(self):
        """The track of each place, None for a heading."""
        ids = self.listing.columns.ids
        return [None if row < 0 else int(ids[row]) for row in self.listing.rows.rows]


@pytest.fixture
def window(qtbot, catalogue):
    with Catalogue(catalogue) as opened:
        for track_id in opened.columns().ids.tolist():
            store(opened, track_id, [1, track_id, 0])
    window = Window(qtbot, catalogue)
    window.begin()
    yield window
    window.close()


@pytest.fixture
def dropped(tmp_path, music):
    return outside(tmp_path, music)


def test_a_new_ranking_keeps_the_current_track_and_is_walked_from_its_top(window, dropped):
    window.select(3)
    current = window.list.current_id
    window.find(lambda: window.search.start(dropped))
    assert window.list.current_id == current == window.ids[window.position.current]
    assert (window.position.resume_at, window.position.scroll) == (0, Scroll.TOP)
    assert window.requested == [dropped]


def test_a_filter_set_while_a_search_is_running_leads_to_the_top_of_its_inside(window, dropped):
    window.select(3)
    current = window.list.current_id
    window.ear.may_listen.clear()
    window.search.start(dropped)
    with window.qtbot.waitSignal(window.library.view_changed):
        window.library.set_filter(ONLY_1)
    window.ear.may_listen.set()
    window.find(lambda: None)
    assert [heading.side for heading in window.listing.rows.headings.values()] == [Scope.INSIDE, Scope.OUTSIDE]
    assert not window.listing.is_inside(window.position.current)
    assert window.list.current_id == current
    assert (window.position.resume_at, window.position.scroll) == (0, Scroll.TOP)
    assert window.requested == [dropped]


def test_a_search_begun_right_after_a_filter_was_set_is_for_that_filter(window):
    filters = []
    window.search.found.connect(lambda *_: filters.append(window.search.ranked_filter))
    window.library.set_filter(ONLY_1)
    window.find(lambda: window.search.start(for_track(window.catalogue, 0)))
    window.qtbot.waitUntil(lambda: window.library.view.wanted == ONLY_1)
    assert filters == [ONLY_1]
    assert window.listing.is_inside(1)


@pytest.mark.parametrize("is_inside", [True, False])
def test_a_filter_after_a_search_leads_to_its_top_unless_the_current_track_is_inside(window, dropped, is_inside):
    window.find(lambda: window.search.start(dropped))
    inside = int(window.library.columns.ids[1])
    window.go(inside if is_inside else next(track_id for track_id in reversed(window.ids) if track_id != inside))
    current = window.list.current_id
    window.find(lambda: window.library.set_filter(ONLY_1))
    assert window.ids[1] == inside
    assert window.list.current_id == current
    assert window.position.resume_at == (None if is_inside else 0)
    assert window.requested == [dropped]


def test_back_leads_to_the_track_that_was_left_or_keeps_the_current_one(window, dropped):
    window.find(lambda: window.search.start(dropped))
    second = for_track(window.catalogue, 0)
    window.find(lambda: window.search.start(second))
    window.select(2)
    current = window.list.current_id
    window.find(window.search.back)  # nothing was current there
    assert window.list.current_id == current
    window.select(0)
    left = window.list.current_id
    window.find(window.search.forward)
    assert window.list.current_id == current
    window.find(window.search.back)
    assert window.list.current_id == left == window.ids[window.position.current]
    assert window.position.resume_at is None


def test_keys_act_on_what_sounds_and_not_on_a_row_that_nobody_chose_again(window, dropped):
    paths, ids = window.library.columns.paths, window.library.columns.ids.tolist()
    window.find(lambda: window.search.start(dropped))
    window.select(2)
    window.find(lambda: window.search.start(for_track(window.catalogue, 0)))
    window.go(ids[3])
    window.comparison.play_track(Sounding(Path(paths[3]), "three", ids[3]))
    window.qtbot.waitUntil(lambda: window.playback.player.is_playing)
    window.find(window.search.back)
    left = window.list.current_id
    assert left != ids[3]
    assert window.list.acted_on([left]) == [ids[3]]
    window.go(left)
    assert window.list.acted_on([left]) == [left]


def test_the_shortlist_and_the_way_out_of_it_keep_the_current_track(window, dropped):
    kept = int(window.library.columns.ids[2])
    window.mark(kept, "keep")
    window.find(lambda: window.search.start(dropped))
    window.select(0 if window.ids[0] != kept else 1)
    left = window.list.current_id
    window.library.set_filter(Filter(mark="keep"))
    with window.qtbot.waitSignal(window.library.view_changed):
        window.search.clear()
    assert window.ids == [kept]
    assert window.list.current_id is None
    window.search.back()
    window.find(lambda: window.library.set_filter(Filter()))
    assert window.list.current_id == left
    window.library.set_filter(Filter(mark="keep"))
    with window.qtbot.waitSignal(window.library.view_changed):
        window.search.clear()
    window.go(kept)
    window.search.back()
    window.find(lambda: window.library.set_filter(Filter()))
    assert window.list.current_id == kept
    assert window.position.current == window.ids.index(kept)


def test_a_closed_search_leads_back_to_the_track_it_began_at_where_its_own_is_not_in_the_list(window):
    window.narrow(ONLY_1)
    window.select(0)
    came_from = window.list.current_id
    window.find(lambda: window.search.start(for_track(window.catalogue, 1)))
    assert window.list.current_id is None  # a reference is no result of its own
    window.select(2)
    window.search.clear()
    assert window.ids == [came_from]
    assert window.list.current_id == came_from
    assert window.position.current == 0


def test_what_a_filter_took_away_is_current_again_once_it_is_back(window):
    window.select(2)
    current = window.list.current_id
    window.narrow(ONLY_1)
    assert (window.list.current_id, window.position.resume_at) == (None, 0)
    window.narrow(Filter())
    assert window.list.current_id == current
    window.library.set_sort("title", True)
    with window.qtbot.waitSignal(window.library.view_changed):
        pass
    assert (window.position.current, window.position.scroll) == (1, Scroll.KEEP)


def test_an_undone_mark_leads_to_its_track_as_soon_as_it_is_back(window):
    window.narrow(Filter(mark=NOT_REJECTED))
    first = window.ids[0]
    window.select(0)
    window.mark(first, "reject")
    assert first not in window.ids
    assert (window.list.current_id, window.position.resume_at) == (None, 0)
    window.select(1)
    window.list.go_to(first)
    window.mark(first, "")
    assert window.went_to[-1] == window.list.current_id == first


def test_a_track_that_no_view_brought_is_not_gone_to_later(window):
    window.narrow(Filter(mark="keep"))
    first = int(window.library.columns.ids[0])
    window.list.go_to(first)
    with window.qtbot.waitSignal(window.library.view_changed):
        window.library.reload()
    window.mark(first, "keep")
    assert window.ids == [first]
    assert window.went_to == []


def test_an_undone_mark_leads_to_its_track_though_the_library_was_being_read(window):
    window.narrow(Filter(mark="keep"))
    first = int(window.library.columns.ids[0])
    window.library.reload()
    window.list.go_to(first)
    window.mark(first, "keep")
    window.qtbot.waitUntil(lambda: window.went_to == [first])


def test_a_search_closed_while_a_filter_is_on_its_way_leads_back_to_the_track_it_began_at(window):
    window.narrow(ONLY_1)
    window.select(0)
    came_from = window.list.current_id
    window.find(lambda: window.search.start(for_track(window.catalogue, 1)))
    window.select(2)
    with window.qtbot.waitSignal(window.library.view_changed):
        window.library.set_filter(Filter(text="track01", min_length_s=0.1))
        window.search.clear()
    assert window.ids == [came_from]
    assert window.list.current_id == came_from


def test_a_search_that_fails_leaves_the_current_track(window, dropped, tmp_path):
    window.find(lambda: window.search.start(dropped))
    window.select(1)
    current = window.list.current_id
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound" * 100)
    with window.qtbot.waitSignal(window.search.failed):
        window.search.start(Search((Reference(broken),), ("broken",)))
    assert window.list.current_id == current
    assert window.position.resume_at is None


def test_the_parts_shown_of_an_older_ranking_are_not_those_that_were_asked_for(window, dropped):
    window.find(lambda: window.search.start(dropped))
    window.ear.may_listen.clear()
    second = Search((*dropped.references, *for_track(window.catalogue, 0).references), ("a", "b"))
    dropped.references[0].path.write_bytes(dropped.references[0].path.read_bytes() + b"\0")  # to be heard anew
    window.search.start(second)
    window.list.set_scope("inside")
    assert window.requested == [dropped]
    window.ear.may_listen.set()
    window.find(lambda: None)
    assert window.requested == [dropped, second]


def test_the_track_at_which_a_brief_was_left_is_current_once(qtbot, window):
    another = Window(qtbot, window.catalogue)
    with qtbot.waitSignal(another.list.resumed) as resumed:
        another.begin(int(window.library.columns.ids[2]))
    assert resumed.args == [another.list.current_id] == [another.ids[another.position.current]]
    another.close()


def test_keys_act_on_the_selection_else_on_what_is_heard_else_on_the_track_compared(window, dropped):
    paths, ids = window.library.columns.paths, window.library.columns.ids.tolist()
    assert window.list.acted_on([]) == []
    window.comparison.play_track(Sounding(Path(paths[1]), "one", ids[1]), play=False)
    assert window.list.acted_on([]) == [ids[1]]
    assert window.list.acted_on([ids[3]]) == [ids[3]]
    window.comparison.set_reference(Sounding(dropped.references[0].path, "dropped"))
    assert window.comparison.switch()
    assert window.list.acted_on([]) == [ids[1]]


def hear_anew(window, track_id, like):
    """Store another vector for a track, and read the library again."""
    with Catalogue(window.catalogue) as opened:
        store(opened, track_id, [1, like, 0])
    with window.qtbot.waitSignal(window.search.held_back):
        window.library.reload()
    window.qtbot.waitUntil(lambda: not window.search.is_busy)


@pytest.fixture
def pending(window):
    """How many changes each newer ranking was said to bring."""
    counts = []
    window.list.pending_changed.connect(counts.append)
    return counts


def test_a_ranking_keeps_its_order_until_the_newer_one_is_asked_for(window, dropped, pending):
    window.find(lambda: window.search.start(dropped))
    before = window.ids
    window.select(1)
    hear_anew(window, before[-1], like=0)
    assert (window.ids, pending[-1]) == (before, 1)
    assert window.listing.columns is window.library.columns  # what is known of the tracks is up to date
    hear_anew(window, before[-2], like=0.01)
    assert (window.ids, pending[-1]) == (before, 2)
    window.list.apply_pending()
    assert window.ids[:2] == [before[-1], before[-2]]
    assert (window.list.current_id, window.position.scroll) == (before[1], Scroll.KEEP)
    assert pending[-1] == 0


def test_a_newer_ranking_in_the_same_order_waits_for_nobody(window, dropped, pending):
    window.find(lambda: window.search.start(dropped))
    before = window.ids
    scores = [match.score for match in window.search.ranking.inside]
    with Catalogue(window.catalogue) as opened:
        store(opened, before[-1], [1, 100, 0])
    window.find(window.library.reload)
    assert window.ids == before
    assert [match.score for match in window.search.ranking.inside] != scores
    assert set(pending) == {0}


def test_where_a_list_is_empty_what_is_found_comes_by_itself(window, dropped):
    window.narrow(Filter(text="nothing of this name"))
    window.list.set_scope(ListScope.INSIDE)
    window.find(lambda: window.search.start(dropped))
    assert not window.listing.rows.matches
    hear_anew(window, int(window.library.columns.ids[0]), like=50)
    assert window.search.pending is None  # nothing stood there that could have moved


def test_another_scope_counts_what_would_move_in_it(window, dropped, pending):
    window.narrow(ONLY_1)
    window.find(lambda: window.search.start(dropped))
    hear_anew(window, window.ids[-1], like=0)
    assert pending[-1] == 1  # outside
    window.list.set_scope(ListScope.INSIDE)
    assert pending[-1] == 0
    window.list.set_scope(ListScope.MERGED)
    assert pending[-1] == 1


def test_a_closed_search_has_nothing_waiting(window, dropped, pending):
    window.find(lambda: window.search.start(dropped))
    hear_anew(window, window.ids[-1], like=0)
    window.search.clear()
    assert pending[-1] == 0
    shown = window.ids
    window.list.apply_pending()
    assert window.ids == shown


@pytest.fixture
def grouped(window):
    """The window with its four tracks in groups, as the library is shown."""
    with window.qtbot.waitSignal(window.groups.made):
        window.list.make_groups()
    return window


def headings(window):
    return list(window.listing.rows.headings.values())


def test_groups_show_one_track_of_each_and_are_walked_from_the_top(grouped):
    assert grouped.ids[0] is None
    assert sum(track_id is not None for track_id in grouped.ids) == len(headings(grouped))
    assert sum(heading.count for heading in headings(grouped)) == len(grouped.library.view.rows)
    assert (grouped.position.resume_at, grouped.position.scroll) == (0, Scroll.TOP)


def test_a_group_is_opened_and_folded_again(grouped):
    folded = grouped.ids
    grouped.select(1)
    grouped.list.toggle_group()
    assert headings(grouped)[0].is_open
    assert len(grouped.ids) == len(folded) + headings(grouped)[0].count - 1
    assert grouped.list.current_id == folded[1]
    grouped.select(2)
    grouped.list.toggle_group()
    assert grouped.ids == folded
    assert grouped.list.current_id == folded[1], "the track that stands for the group of the one that was folded away"


def test_one_more_of_each_group_takes_the_place_of_the_one_before(grouped):
    first = [track_id for track_id in grouped.ids if track_id is not None]
    assert grouped.list.show_next_of_each()
    second = [track_id for track_id in grouped.ids if track_id is not None]
    assert len(second) == len(first) and second != first
    assert (grouped.position.resume_at, grouped.position.scroll) == (0, Scroll.TOP)
    while grouped.list.show_next_of_each():
        pass
    assert len(grouped.ids) == 2 * len(headings(grouped))


def test_hearing_a_track_marks_its_group_as_visited(grouped):
    assert not any(heading.is_visited for heading in headings(grouped))
    track_id = grouped.ids[1]
    columns = grouped.library.columns
    path = Path(columns.paths[columns.row_of(track_id)])
    grouped.playback.show(Sounding(path, "", track_id), play=False)
    assert not headings(grouped)[0].is_visited, "what is shown silently was not heard"
    grouped.playback.show(Sounding(path, "", track_id), play=True)
    grouped.qtbot.waitUntil(lambda: headings(grouped)[0].is_visited)


def test_leaving_the_groups_brings_the_list_back_at_the_current_track(grouped):
    grouped.select(1)
    current = grouped.list.current_id
    grouped.list.leave_groups()
    assert not grouped.list.has_groups
    assert grouped.ids == grouped.library.view.columns.ids[grouped.library.view.rows].tolist()
    assert grouped.ids[grouped.position.current] == current


def test_groups_stay_behind_a_search_and_over_a_mark_and_end_with_the_filter(grouped, dropped):
    in_groups = grouped.ids
    grouped.find(lambda: grouped.search.start(dropped))
    assert not grouped.list.has_groups
    grouped.search.clear()
    assert grouped.list.has_groups and grouped.ids == in_groups
    grouped.mark(grouped.ids[1], "keep")
    assert grouped.list.has_groups and grouped.ids == in_groups
    grouped.narrow(ONLY_1)
    assert not grouped.list.has_groups


def test_a_ranking_falls_into_groups_and_keeps_its_scores(window, dropped):
    window.find(lambda: window.search.start(dropped))
    whole = dict(zip(window.ids, window.listing.rows.matches.values(), strict=False))
    with window.qtbot.waitSignal(window.groups.made):
        window.list.make_groups()
    assert {window.ids[place]: match for place, match in window.listing.rows.matches.items()}.items() <= whole.items()
    assert len(window.listing.rows.matches) == len(headings(window))


def test_without_analysed_tracks_there_are_no_groups(qtbot, catalogue):
    window = Window(qtbot, catalogue)
    window.begin()
    with qtbot.waitSignal(window.groups.empty):
        window.list.make_groups()
    assert not window.list.has_groups
    window.close()
