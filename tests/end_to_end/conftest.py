"""The real window on real sound files: real decoding, a real catalogue file, worker processes, the real network."""

import gc
from functools import partial

import pytest
from music import write_tracks

import bgm_finder.app
from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.settings import Settings
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
def analysed(music, tmp_path_factory):
    """The catalogue of the music after both passes, not to be changed: two processes take 20 s for it."""
    path = tmp_path_factory.mktemp("analysed") / "catalogue.sqlite"
    index(Job(), path, [music], partial(make_executor, 1), IndexOptions(full=True))
    return path


@pytest.fixture(scope="module")
def catalogue(analysed, tmp_path_factory):
    """One catalogue for a module's tests; a module with music of its own begins with an empty one."""
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    with Catalogue(analysed) as opened:
        opened.back_up(path)
    return path


@pytest.fixture
def one_worker(monkeypatch):
    """An analysis by one process, as each of them takes 6 s of processor time to load its libraries."""
    monkeypatch.setattr(bgm_finder.app, "make_executor", partial(make_executor, 1))


@pytest.fixture
def open_app(qtbot, qapp, catalogue, one_worker):
    opened = []

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
    gc.collect()
