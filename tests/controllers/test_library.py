"""What the list is to show, while the catalogue changes again and again."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.conditions import Filter
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.controllers.library import Library


@pytest.fixture
def library(qtbot, catalogue):
    controller = Library(catalogue, "article", "article", lambda: ThreadPoolExecutor(1))
    yield controller
    controller.close()


def test_a_list_that_is_asked_for_again_and_again_arrives(qtbot, library):
    library.reload()
    first = library._columns_lane.job
    for _ in range(3):
        library.reload()
    assert library._columns_lane.job is first
    with qtbot.waitSignal(library.view_changed):
        pass
    assert len(library.view.rows) == 4


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
    qtbot.waitUntil(lambda: library._view_lane.is_busy or library.view is not None)
    with Catalogue(catalogue) as opened:
        opened.tracks.set_marks(MarkEdit(dict.fromkeys(opened.columns().ids.tolist(), "keep")))
    library.reload()
    qtbot.waitUntil(lambda: library.view is not None and library.view.columns.marks.all())


def test_a_reload_does_not_cut_the_filtering_short(qtbot, library):
    with qtbot.waitSignal(library.view_changed):
        library.reload()
    library.set_filter(Filter(text="track01"))
    filtering = library._view_lane.job
    library.reload()
    assert library._view_lane.job is filtering
    assert not library._columns_lane.is_busy
    with qtbot.waitSignals([library.view_changed, library.view_changed]):
        pass
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
