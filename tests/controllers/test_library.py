"""What the list is to show, while the catalogue changes again and again."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.conditions import Filter
from bgm_finder.controllers.library import Library
from bgm_finder.workflows import browse


@pytest.fixture
def library(qtbot, catalogue):
    controller = Library(catalogue, "article", "article", lambda: ThreadPoolExecutor(1))
    yield controller
    controller.close()


def test_a_list_that_is_asked_for_again_and_again_arrives(qtbot, catalogue):
    with Catalogue(catalogue) as opened:
        read = opened.columns("article")
    reading: Future = Future()
    controller = Library(catalogue, "article", "article", lambda: ThreadPoolExecutor(1), first=reading)
    for _ in range(4):
        controller.reload()
    with qtbot.waitSignal(controller.view_changed):
        reading.set_result(read)
    controller.close()
    assert controller.columns.titles is read.titles  # a reading that was cut short would be begun anew, from nothing
    assert len(controller.view.rows) == 4


def test_columns_that_are_read_already_are_brought_up_to_date_and_not_read_again(qtbot, catalogue):
    with Catalogue(catalogue) as opened:
        read = opened.columns("article")
        opened.tracks.set_marks(MarkEdit({int(read.ids[0]): "keep"}))
    reading: Future = Future()
    controller = Library(catalogue, "article", "article", lambda: ThreadPoolExecutor(1), first=reading)
    controller.reload()
    reading.set_result(read)
    qtbot.waitUntil(lambda: controller.view is not None)
    controller.close()
    assert controller.columns.marks.tolist() == [1, 0, 0, 0]
    assert controller.columns.titles is read.titles


def test_what_changed_during_the_reading_is_read_after_it(qtbot, library, catalogue):
    library.reload()
    qtbot.waitUntil(lambda: library.columns is not None)  # and now they are filtered
    with Catalogue(catalogue) as opened:
        opened.tracks.set_marks(MarkEdit(dict.fromkeys(opened.columns().ids.tolist(), "keep")))
    library.reload()
    qtbot.waitUntil(lambda: library.view is not None and library.view.columns.marks.all())


def test_a_reload_does_not_cut_the_filtering_short(qtbot, library, monkeypatch):
    with qtbot.waitSignal(library.view_changed):
        library.reload()
    filter_at_once, is_cut_short = browse.browse, []

    def filter_slowly(job, *args):
        until_s = time.monotonic() + (0.0 if is_cut_short else 0.3)
        while not job.is_cancelled and time.monotonic() < until_s:
            threading.Event().wait(0.01)
        is_cut_short.append(job.is_cancelled)
        return filter_at_once(job, *args)

    monkeypatch.setattr(browse, "browse", filter_slowly)
    with qtbot.waitSignals([library.view_changed, library.view_changed]):
        library.set_filter(Filter(text="track01"))
        library.reload()
    assert is_cut_short == [False, False]
    assert len(library.view.rows) == 1


def test_after_a_failed_reading_the_next_one_is_done(qtbot, library, catalogue):
    whole = catalogue.read_bytes()
    for path in catalogue.parent.glob("catalogue.sqlite*"):
        path.unlink()
    catalogue.write_bytes(b"not a catalogue" * 100)
    with qtbot.waitSignal(library.failed):
        library.reload()
    catalogue.write_bytes(whole)
    with qtbot.waitSignal(library.view_changed):
        library.reload()
    assert len(library.view.rows) == 4


def test_the_first_view_is_by_the_filter_and_the_order_it_begins_with(qtbot, library):
    told = []
    library.filter_changed.connect(told.append)
    with qtbot.waitSignal(library.view_changed):
        library.begin(Filter(text="track"), "title", descending=True)
    assert told == [library.view.wanted] == [Filter(text="track")]
    assert library.view.rows.tolist() == [3, 2, 1, 0]


def test_a_filter_by_names_to_come_waits_for_them(qtbot, library):
    library.begin(Filter(), "title", descending=False)
    qtbot.waitUntil(lambda: library.view is not None)
    told = []
    library.filter_changed.connect(told.append)
    library.follow(Filter(text="track01"))
    assert library.view.wanted == Filter()
    with qtbot.waitSignal(library.view_changed):
        library.reload()
    assert (library.view.wanted, told) == (Filter(text="track01"), [])
