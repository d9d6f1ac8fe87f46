"""Args for folders, close upon each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from music import write_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.sound_streams import StreamEdit
from bgm_finder.controllers.scanning import Scanning
from bgm_finder.workflows.index_folder import IndexReport

PATIENCE_MS = 60_000


@pytest.fixture
def own(tmp_path):
    """The catalogue file that is scanned into."""
    return tmp_path / "own.sqlite"


@pytest.fixture
def scanning(qtbot, own):
    controller = Scanning(own, "article", lambda: ThreadPoolExecutor(1))
    yield controller
    controller.close()


@pytest.fixture
def folders(tmp_path):
    """Three folders with one short sound each."""
    for name in "abc":
        write_tracks(tmp_path / name, 1, seconds=0.2, formats=("wav",))
    return [tmp_path / name for name in "abc"]


def settle(qtbot, scanning):
    qtbot.waitUntil(lambda: not scanning.is_busy, timeout=PATIENCE_MS)


def known(own):
    """Return the added folders, and the folder of each track."""
    with Catalogue(own) as opened:
        paths = opened.files.paths()
        return opened.folders.all(), sorted(path.parent for path in paths.values())


def test_folders_added_one_upon_the_other_are_all_taken_in(qtbot, scanning, own, folders):
    scanning.rescan()
    for folder in folders:
        scanning.add([folder])
    settle(qtbot, scanning)
    assert known(own) == (folders, folders)


def test_a_look_at_all_folders_is_not_lost_by_adding_another(qtbot, scanning, own, folders):
    scanning.add(folders[:1])
    settle(qtbot, scanning)
    write_tracks(folders[0], 2, seconds=0.2, formats=("wav",))
    scanning.rescan()
    scanning.add(folders[1:2])
    settle(qtbot, scanning)
    assert known(own) == (folders[:2], [folders[0], folders[0], folders[1]])


def test_folders_forgotten_one_upon_the_other_are_all_forgotten(qtbot, scanning, own, folders):
    scanning.add(folders)
    settle(qtbot, scanning)
    scanning.forget(folders[0])
    scanning.forget(folders[1])
    settle(qtbot, scanning)
    assert known(own) == (folders[2:], folders[2:])


def test_forgetting_a_folder_goes_on_with_the_others(qtbot, scanning, own, folders):
    reports = []
    scanning.ended.connect(reports.append)
    scanning.add(folders)
    scanning.forget(folders[0])
    settle(qtbot, scanning)
    assert known(own) == (folders[1:], folders[1:])
    assert [report.readable for report in reports] == [2]


def test_what_was_stopped_is_done_at_the_next_look(qtbot, scanning, own, folders):
    scanning.add(folders[:1])
    scanning.stop()
    scanning.rescan()
    settle(qtbot, scanning)
    assert known(own) == (folders[:1], folders[:1])


def test_a_folder_added_while_the_catalogue_is_prepared_comes_after(qtbot, scanning, own, folders):
    done = []

    def prepare(job, catalogue, make_executor, options):
        job.check()
        done.append("prepared")
        return IndexReport()

    scanning.prepare(prepare)
    scanning.add(folders[:1])
    qtbot.waitUntil(lambda: done == ["prepared"])
    settle(qtbot, scanning)
    assert known(own) == (folders[:1], folders[:1])


class RecordingExecutor(ThreadPoolExecutor):
    """One thread, and a note of the files that were handed to it, in order."""

    def __init__(self, asked):
        super().__init__(1)
        self.asked = asked

    def submit(self, work, path):
        self.asked.append(path.name)
        return super().submit(work, path)


def test_requested_tracks_are_analysed_first_in_both_passes(qtbot, catalogue):
    asked = []
    controller = Scanning(catalogue, "article", lambda: RecordingExecutor(asked))
    with Catalogue(catalogue) as opened:
        names = {track_id: path.name for track_id, path in opened.files.paths().items()}
    first, second, third, fourth = names
    controller.prioritise([fourth, third])
    controller.rescan()
    settle(qtbot, controller)
    controller.close()
    order = [names[track_id] for track_id in (fourth, third, first, second)]
    assert asked == order * 2


def test_a_folder_forgotten_just_before_closing_is_forgotten(qtbot, own, folders):
    begun, go_on = threading.Event(), threading.Event()
    controller = Scanning(own, "article", lambda: ThreadPoolExecutor(1))
    controller.add(folders)
    settle(qtbot, controller)
    controller.prepare(lambda job, *_, **__: begun.set() or go_on.wait(10))
    assert begun.wait(10)
    controller.forget(folders[0])
    threading.Timer(0.2, go_on.set).start()
    controller.close()
    assert known(own) == (folders[1:], folders[1:])


def test_what_waits_is_analysed_without_a_scan(qtbot, scanning, own, folders):
    scanning.add(folders[:1])
    settle(qtbot, scanning)
    write_tracks(folders[0], 2, seconds=0.2, formats=("wav",))  # which a scan would find
    with Catalogue(own) as opened:
        ((track_id, path),) = opened.files.paths().items()
        opened.sound_streams.choose(StreamEdit({path: 0}))
        assert opened.tracks.get(track_id).loudness_lufs is None
    reports = []
    scanning.ended.connect(reports.append)
    scanning.analyse()
    settle(qtbot, scanning)
    assert len(reports) == 1
    assert known(own) == (folders[:1], folders[:1])
    with Catalogue(own) as opened:
        assert opened.tracks.get(track_id).loudness_lufs is not None
