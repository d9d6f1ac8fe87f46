"""Columns as the catalogue gives them, made of files that were really taken in, and a window with its added folders."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soundfile
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.drives.drives import Drives
from bgm_finder.gui.flows.library_folders import LibraryFolders
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Tag

NAMES = ("alpha.wav", "beta <b>bold.wav", "ガンマ.wav", "delta.wav")


@pytest.fixture
def catalogue_file(tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    for number, name in enumerate(NAMES):
        soundfile.write(music / name, np.full(800 + number, 0.1, np.float32), 8000)
    file = tmp_path / "catalogue.sqlite"
    with Catalogue(file) as catalogue:
        catalogue.folders.add(music)
        found = scan(music, Remembered(), frozenset({".wav"}), Drives(lambda: False))
        ids = catalogue.files.add(found.new)
        by_name = {catalogue.files.path(i).name: i for i in ids}
        tag_tracks(catalogue, [by_name["alpha.wav"], by_name["beta <b>bold.wav"]], Tag("genre", "rock"))
        tag_tracks(catalogue, [by_name["ガンマ.wav"]], Tag("genre", "ポップス"))
        tag_tracks(catalogue, [by_name["alpha.wav"]], Tag("mood", "calm"))
    return file


@pytest.fixture
def columns(catalogue_file):
    with Catalogue(catalogue_file) as catalogue:
        return catalogue.columns()


@pytest.fixture
def library(qtbot, tmp_path):
    made = Library(tmp_path / "own.sqlite", "article", load_embedder("article").name, lambda: ThreadPoolExecutor(1))
    yield made
    made.close()


@pytest.fixture
def window(qtbot, tmp_path):
    shown = MainWindow(Settings(language="en"), tmp_path / "keys.json")
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def dropped(window):
    controller = DroppedFiles(window)
    yield controller
    controller.close()


@pytest.fixture
def library_folders(qtbot, library, window, dropped):
    """The flow of added folders, on an empty library that is read."""
    tasks = TaskQueue(window)
    with qtbot.waitSignal(library.view_changed, timeout=60_000):
        library.reload()
    yield LibraryFolders(window, library, tasks, dropped, Settings(language="en"))
    tasks.close()
