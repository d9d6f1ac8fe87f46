"""What the window says is true: of the last scan, of what a search leaves out, and of a picture that is none."""

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bgm_finder.audio.picture import MelPicture
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan as scan_folder
from bgm_finder.drives.drives import Drives
from bgm_finder.gui.spectrogram_view import SpectrogramView
from bgm_finder.gui.theme import apply_theme
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.workflows.find_similar import Ranking
from bgm_finder.workflows.left_out import list_left_out

SCAN_MS = 60_000


@pytest.fixture
def disk(tmp_path):
    """A folder with files that are too short to take an analysis long."""
    folder = tmp_path / "disk"
    folder.mkdir()
    for name in "abc":
        soundfile.write(folder / f"{name}.wav", np.full(100 + ord(name), 0.1, np.float32), 8000)
    return folder


def scan(qtbot, window, library, act):
    with qtbot.waitSignal(library.scanning.ended, timeout=SCAN_MS):
        act()
    return window.status.text


def test_what_was_missing_is_taken_back_as_soon_as_f5_looks_again(
    qtbot, library_folders, window, library, disk, tmp_path
):
    scan(qtbot, window, library, lambda: library.scanning.add([disk]))
    away = tmp_path / "away"
    disk.rename(away)
    disk.mkdir()
    rescan = window.commands["rescan"].trigger
    assert "3 missing" in scan(qtbot, window, library, rescan)
    disk.rmdir()
    away.rename(disk)
    said = []
    library.scanning.busy_changed.connect(lambda busy: said.append(window.status.text) if busy else None)
    text = scan(qtbot, window, library, rescan)
    assert "missing" not in said[0]
    assert "3 found again" in text and "3 missing" not in text


def test_a_search_says_why_tracks_are_left_out_and_lists_them(qtbot, window):
    window.show()
    window.reference.show()
    window.reference.show_result(Ranking((), (), 9, False, left_out_unreadable=4, left_out_missing=2))
    text = window.reference.findChild(QLabel, "rankingState").text()
    assert "4 unreadable · 2 missing · 3 not analysed yet" in text
    which = window.reference.findChild(object, "leftOutButton")
    with qtbot.waitSignal(window.reference.left_out_requested):
        which.setFocus()
        QTest.keyClick(which, Qt.Key.Key_Space)
    window.reference.show_result(Ranking((), (), 9, False))
    assert not which.isVisible()


def test_left_out_tracks_are_named_with_their_reasons(disk, tmp_path):
    catalogue, gone = tmp_path / "own.sqlite", disk / "b.wav"
    with Catalogue(catalogue) as opened:
        opened.folders.add(disk)
        found = scan_folder(disk, Remembered(), frozenset({".wav"}), Drives(lambda: False))
        ids = {opened.files.path(i).name: i for i in opened.files.add(found.new)}
        opened.analyses.store_unreadable(ids["a.wav"], Refusal(Reason.IS_EMPTY))
        opened.files.set_missing([ids["b.wav"]], True)
    assert list_left_out(Job(), catalogue, "article") == [
        (disk / "a.wav", Refusal(Reason.IS_EMPTY)),
        (gone, None),
    ]


def luminance(colour):
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_an_error_is_readable_over_a_picture(qtbot, qapp, theme):
    apply_theme(qapp, theme)
    view = SpectrogramView()
    qtbot.addWidget(view)
    view.resize(420, 220)
    view.show()
    view.begin(10.0)
    view.set_picture(MelPicture(np.zeros((64, 100), np.float32), 0.1, 0.0, 30.0, 16_000.0))
    view.say("/music/" + "a" * 120 + ".wav cannot be read: " + "its drive does not answer " * 3)
    QApplication.processEvents()
    hint = view.findChild(QLabel, "pictureHint")
    picture = view.grab().toImage()
    corner = hint.mapTo(view, QPoint(2, 2))
    background = picture.pixelColor(corner)
    assert contrast(hint.palette().color(hint.foregroundRole()), background) >= 4.5
    needed = hint.fontMetrics().boundingRect(
        hint.contentsRect().adjusted(8, 8, -8, -8), int(Qt.TextFlag.TextWordWrap), hint.text()
    )
    assert needed.width() <= hint.width() and needed.height() <= hint.height() <= view.height()
    assert background == hint.palette().color(QPalette.ColorRole.Window)
