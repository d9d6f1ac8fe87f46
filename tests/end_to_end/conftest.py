"""The real window on real sound files: real decoding, a real catalogue file, worker processes, the real network."""

import gc
from concurrent.futures import BrokenExecutor, Executor

import pytest
from music import write_tracks
from PySide6.QtCore import QCoreApplication, QEvent
from seen import titles

import bgm_finder.app
from bgm_finder.app import App
from bgm_finder.catalogue.briefs import BriefEdit
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import Workers, make_executor
from bgm_finder.settings import Settings
from bgm_finder.workflows.import_tags import ListSource, import_tags
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.open_library import Opening

ANALYSIS_MS = 120_000


@pytest.fixture(scope="session")
def music(tmp_path_factory):
    """A folder of six tracks and a tag list, not to be changed."""
    folder = tmp_path_factory.mktemp("library") / "music"
    write_tracks(folder, 6)
    (folder / "tags.csv").write_text(
        "file,title,genre,mood,instrument\n"
        "track00,Zero,rock,calm,ピアノ\ntrack01,One,rock/pop,,\ntrack02,Two,pop,calm,\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def analysed(music, tmp_path_factory, worker):
    """The catalogue of the music after both passes, not to be changed."""
    path = tmp_path_factory.mktemp("analysed") / "catalogue.sqlite"
    index(Job(), path, [music], worker, IndexOptions(full=True))
    return path


@pytest.fixture(scope="module")
def catalogue(analysed, tmp_path_factory):
    """One catalogue for a module's tests; a module with music of its own begins with an empty one."""
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    with Catalogue(analysed) as opened:
        opened.back_up(path)
    return path


class Lent(Executor):
    """A worker process that lives on when it is shut down, as each takes 6 s of processor time to load its libraries.

    What it has in hand then is finished, and nobody hears of it.
    """

    def __init__(self, worker: Workers) -> None:
        self._worker, self._asked = worker, []

    @property
    def worked_s(self) -> float:
        return self._worker.worked_s

    def submit(self, function, /, *args, **kwargs):
        self._asked.append(self._worker.submit(function, *args, **kwargs))
        return self._asked[-1]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for future in self._asked if cancel_futures else ():
            future.cancel()


@pytest.fixture(scope="session")
def worker():
    """A function that lends the one worker process of all windows, or a new one where that was ended."""
    workers = []

    def lend(_jobs=None):
        try:
            workers[-1].submit(int).result()
        except (IndexError, BrokenExecutor):
            workers.append(make_executor(1))
            workers[-1].submit(int).result()
        return Lent(workers[-1])

    lend()  # before any test, whose threads are counted
    yield lend
    for each in workers:
        each.shutdown(cancel_futures=True)


@pytest.fixture
def one_worker(monkeypatch, worker):
    """An analysis by one process, the same for all windows."""
    monkeypatch.setattr(bgm_finder.app, "make_executor", worker)


@pytest.fixture(scope="module", autouse=True)
def _what_is_loaded_stays():
    """Leave the libraries out of the collections after each window, which would look through them all."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def open_app(qtbot, qapp, catalogue, one_worker):
    opened = []

    with Catalogue(catalogue) as kept:  # the briefs of the test before are no concern of this one's
        kept.briefs.edit(BriefEdit(removed=tuple(brief.id for brief in kept.briefs.all())))

    def open_app(folders=(), **settings):
        settings = Settings(language="en", **settings)
        app = App(qapp, settings, Opening(catalogue, settings))
        opened.append(app)
        scanned = []
        app.library.scanning.ended.connect(scanned.append)
        app.begin(list(folders))
        qtbot.waitExposed(app.window)
        app.window.activateWindow()
        qtbot.waitUntil(lambda: app.library.view is not None, timeout=10_000)
        if app.sharing.owns:  # else another window looks for music
            qtbot.waitUntil(lambda: bool(scanned) and not app.library.scanning.is_busy, timeout=ANALYSIS_MS)
        return app

    yield open_app
    for app in opened:
        app.window.close()
        app.window.deleteLater()
    qapp.clipboard().clear()  # Qt would end what was copied after Python has gone, and crash on it
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else the next rules are applied to it too
    gc.collect()


@pytest.fixture
def app(qtbot, open_app, music, catalogue):
    """The window on the six tracks with their tag list; a module that begins otherwise has its own."""
    app = open_app([music])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 6, timeout=10_000)
    import_tags(Job(), catalogue, ListSource(music / "tags.csv"))
    app.library.reload()
    qtbot.waitUntil(lambda: "One" in titles(app), timeout=10_000)
    app.window.table.setFocus()
    return app
