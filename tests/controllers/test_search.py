"""Searches while the library changes, and the way back and forward through them."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.conditions import NOT_REJECTED, Filter
from bgm_finder.controllers.search import Search, SimilarSearch
from bgm_finder.similarity.patches import INPUTS
from bgm_finder.track import Reference


class Ear:
    """A network of three numbers, which listens only when it is let."""

    name = "ear"
    input_spec = next(iter(INPUTS.values()))
    dimensions = 3
    borders = {}

    def __init__(self):
        self.heard = 0
        self.may_listen = threading.Event()
        self.may_listen.set()

    def embed(self, windows):
        assert self.may_listen.wait(10)
        self.heard += 1
        return np.array([1, 0, 0], np.float32)


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def analysed(catalogue, ear):
    with Catalogue(catalogue) as opened:
        for track_id in opened.columns().ids.tolist():
            store(opened, track_id, [1, track_id, 0])
    return catalogue


@pytest.fixture
def search(qtbot, analysed, ear):
    controller = SimilarSearch(analysed, ear)
    controller.refresh(columns(analysed), Filter())
    yield controller
    ear.may_listen.set()
    controller.close()


def store(opened, track_id, vector):
    reading = Reading(content_hash=b"%d" % track_id, duration_s=1.0, rate_hz=44_100, channels=2)
    vector = np.array(vector, np.float32)
    opened.analyses.store_windows(track_id, reading, "ear", vector / np.linalg.norm(vector))


def columns(catalogue):
    with Catalogue(catalogue) as opened:
        return opened.columns("ear")


def for_track(catalogue, number):
    known = columns(catalogue)
    return Search((Reference(known.paths[number], int(known.ids[number])),), (f"track {number}",))


def find(qtbot, search, act):
    with qtbot.waitSignal(search.found) as found:
        act()
    qtbot.waitUntil(lambda: not search.is_busy)
    return found.args[1]


def hold(qtbot, search, act):
    """Return the ranking that is held back for the one shown."""
    with qtbot.waitSignal(search.held_back):
        act()
    qtbot.waitUntil(lambda: not search.is_busy)
    return search.pending


@pytest.fixture
def three(qtbot, search, analysed):
    """Three searches, one after the other."""
    searches = [for_track(analysed, number) for number in range(3)]
    for one in searches:
        find(qtbot, search, lambda one=one: search.start(one))
    return searches


def outside(tmp_path, music):
    """A file that is no track."""
    file = tmp_path / "dropped.wav"
    file.write_bytes((music / "track00.wav").read_bytes())
    return Search((Reference(file),), ("dropped.wav",))


def test_a_search_answers_although_the_library_changes_all_the_time(qtbot, search, analysed, ear, tmp_path, music):
    wanted, counts = Filter(mark=NOT_REJECTED), []
    search.found.connect(lambda _, ranking: counts.append(len(ranking.inside)))
    search.refresh(columns(analysed), wanted)
    ear.may_listen.clear()
    search.start(outside(tmp_path, music))
    for track_id in columns(analysed).ids.tolist()[:3]:
        with Catalogue(analysed) as opened:
            opened.tracks.set_marks(MarkEdit({track_id: "reject"}))
        search.refresh(columns(analysed), wanted)
    ear.may_listen.set()
    with qtbot.waitSignal(search.held_back):
        pass
    search.apply_pending()
    assert counts == [4, 1]  # as it was asked, and then once more, with what came meanwhile
    assert not search.is_busy


def test_another_filter_is_searched_at_once(qtbot, search, ear, analysed, tmp_path, music):
    ear.may_listen.clear()
    search.start(outside(tmp_path, music))
    search.refresh(columns(analysed), Filter(text="track01"))
    ear.may_listen.set()
    with qtbot.waitSignal(search.found) as found:
        pass
    assert len(found.args[1].inside) == 1


def test_a_dropped_file_is_listened_to_once(qtbot, search, analysed, ear, tmp_path, music):
    dropped = outside(tmp_path, music)
    find(qtbot, search, lambda: search.start(dropped))
    hold(qtbot, search, lambda: search.refresh(columns(analysed), Filter()))
    assert ear.heard == 1
    dropped.references[0].path.write_bytes((music / "track01.wav").read_bytes() + b"\0")
    hold(qtbot, search, lambda: search.refresh(columns(analysed), Filter()))
    assert ear.heard == 2


def test_a_track_heard_anew_is_ranked_by_its_new_vector(qtbot, search, analysed):
    ranking = find(qtbot, search, lambda: search.start(for_track(analysed, 0)))
    last = int(columns(analysed).ids[-1])
    assert ranking.inside[-1].track_id == last
    with Catalogue(analysed) as opened:  # the same tracks stay analysed throughout
        store(opened, last, [1, 1, 0])
    ranking = hold(qtbot, search, lambda: search.refresh(columns(analysed), Filter()))
    assert ranking.inside[0].track_id == last
    assert ranking.inside[0].score == pytest.approx(1.0, abs=1e-3)


def test_back_twice_at_once_loses_nothing(qtbot, search, three):
    search.back()
    find(qtbot, search, search.back)
    assert search.current == three[0]
    assert not search.can_go_back
    for expected in three[1:]:
        find(qtbot, search, search.forward)
        assert search.current == expected
    assert not search.can_go_forward


def test_a_way_back_that_fails_leaves_all_as_it_was(qtbot, search, three, analysed, tmp_path, music):
    gone = outside(tmp_path, music)
    find(qtbot, search, lambda: search.start(gone))
    find(qtbot, search, lambda: search.start(three[0]))
    gone.references[0].path.unlink()
    ranking = search.ranking
    with qtbot.waitSignal(search.failed) as failed:
        search.back()
        assert search.current == three[0]  # until something is found
    assert failed.args[0] == gone
    assert (search.current, search.ranking) == (three[0], ranking)
    assert search.can_go_back
    assert not search.can_go_forward


def test_a_search_begun_on_the_way_back_comes_after_the_one_shown(qtbot, search, three, analysed):
    fourth = for_track(analysed, 3)
    search.back()
    find(qtbot, search, lambda: search.start(fourth))
    assert not search.can_go_forward
    find(qtbot, search, search.back)
    assert search.current == three[2]


def test_from_the_plain_list_back_leads_to_the_search_before_it(qtbot, search, three):
    find(qtbot, search, search.back)
    search.clear()
    assert search.current is None
    find(qtbot, search, search.forward)
    assert search.current == three[2]
    search.clear()
    find(qtbot, search, search.back)
    assert search.current == three[2]
    find(qtbot, search, search.back)
    assert search.current == three[1]


def test_after_a_failed_search_the_list_follows_the_filter(qtbot, search, three, analysed, tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"nothing" * 100)
    with qtbot.waitSignals([search.failed, search.found]):
        search.start(replace(three[0], references=(Reference(broken),)))
        search.refresh(columns(analysed), Filter(text="track01"))
    assert search.current == three[2]
    assert len(search.ranking.inside) == 1


def test_what_nobody_asked_for_is_held_back_until_it_is(qtbot, search, analysed):
    shown = find(qtbot, search, lambda: search.start(for_track(analysed, 0)))
    with Catalogue(analysed) as opened:
        store(opened, int(columns(analysed).ids[-1]), [1, 1, 0])
    newer = hold(qtbot, search, lambda: search.refresh(columns(analysed), Filter()))
    assert (search.ranking, newer == shown) == (shown, False)
    assert find(qtbot, search, search.apply_pending) == newer
    assert (search.ranking, search.pending) == (newer, None)


@pytest.mark.parametrize("act", ["filter", "search", "back", "close"])
def test_what_was_held_back_ends_with_what_someone_asks_for(qtbot, search, three, analysed, act):
    hold(qtbot, search, lambda: search.refresh(columns(analysed), Filter()))
    if act == "close":
        search.clear()
        assert search.pending is None
        return
    asks = {
        "filter": lambda: search.refresh(columns(analysed), Filter(text="track01")),
        "search": lambda: search.start(for_track(analysed, 3)),
        "back": search.back,
    }
    assert find(qtbot, search, asks[act]) == search.ranking
    assert search.pending is None


def test_a_reference_that_sounds_otherwise_now_is_searched_by_at_once(qtbot, search, three):
    assert find(qtbot, search, lambda: search.repeat([three[2].references[0].path])) == search.ranking
