"""Ctrl+C says how many files are copied, and which of them are not there."""

import gc

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt

from bgm_finder.app import App
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives
from bgm_finder.settings import Settings
from bgm_finder.workflows.open_library import Opening

LIST_MS = 20_000


@pytest.fixture
def app(qtbot, qapp, tmp_path):
    folder, catalogue = tmp_path / "music", tmp_path / "catalogue.sqlite"
    folder.mkdir()
    for name in "abc":
        soundfile.write(folder / f"{name}.wav", np.full(100 + ord(name), 0.1, np.float32), 8000)
    with Catalogue(catalogue) as opened:
        opened.folders.add(folder)
        ids = opened.files.add(scan(folder, Remembered(), frozenset({".wav"}), Drives(lambda: False)).new)
        opened.files.set_missing(ids[-1:], True)
    settings = Settings(language="en")
    app = App(qapp, settings, Opening(catalogue, settings, read_only=True))
    app.begin([])
    qtbot.waitUntil(lambda: len(app.window.table.tracks.shown.rows) == 3, timeout=LIST_MS)
    app.window.activateWindow()
    app.window.table.setFocus()
    yield app
    app.window.close()
    app.window.deleteLater()
    qapp.clipboard().clear()
    qapp.processEvents()
    gc.collect()


def test_all_copied_files_are_counted_and_missing_ones_said(qtbot, qapp, app):
    table = app.window.table
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert app.window.status.text == "3 files copied · 1 of them missing at the last scan"
    assert len(qapp.clipboard().mimeData().urls()) == 3
    table.select_silently(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert app.window.status.text == "2 files copied"
