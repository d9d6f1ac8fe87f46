"""What is said of folders that are added, whatever else is being looked at meanwhile."""

import mutagen
import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton

from bgm_finder.workflows.index_folder import IndexReport

LOOK_MS = 60_000


@pytest.fixture
def empty(tmp_path):
    """Two folders without music."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    return [tmp_path / "one", tmp_path / "two"]


def test_a_folder_added_while_the_start_looks_gets_its_answer(qtbot, library_folders, dropped, window, library, empty):
    library_folders.look_quietly()
    with qtbot.waitSignal(library.scanning.ended, timeout=LOOK_MS):
        for folder in empty:
            dropped.folders.emit([folder])
    said = window.status.text
    assert said == f"No sound file was found in {empty[0]}, {empty[1]}."


def test_a_folder_added_while_the_demo_opens_is_judged_by_its_own_look(
    qtbot, library_folders, dropped, window, library, empty
):
    said, reports = [], []
    library.scanning.ended.connect(lambda report: (said.append(window.status.text), reports.append(report)))
    library.scanning.prepare(lambda job, catalogue, make_executor, options: IndexReport(readable=28))
    dropped.folders.emit(empty[:1])
    qtbot.waitUntil(lambda: len(reports) == 2, timeout=LOOK_MS)
    assert said == ["", f"No sound file was found in {empty[0]}."]


def test_trash_and_files_that_look_like_sound_are_told(qtbot, library_folders, dropped, window, library, tmp_path):
    folder = tmp_path / "drive"
    (folder / "$RECYCLE.BIN").mkdir(parents=True)
    (folder / "song.mid").write_bytes(b"MThd")
    status = window.status
    with qtbot.waitSignal(library.scanning.ended, timeout=LOOK_MS):
        dropped.folders.emit([folder])
    qtbot.waitUntil(lambda: "1 trash or snapshot folders skipped" in status.text, timeout=LOOK_MS)
    assert "1 in unsupported sound formats" in status.text


def test_a_tempo_that_cannot_be_read_is_told_and_named(qtbot, library_folders, dropped, window, library, tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    soundfile.write(folder / "a.flac", 0.1 * np.sin(np.arange(44_100) / 20), 44_100)
    file = mutagen.File(folder / "a.flac")
    file["tempo"] = "fast"
    file.save()
    with qtbot.waitSignal(library.scanning.ended, timeout=LOOK_MS):
        dropped.folders.emit([folder])
    assert window.status.text.endswith(" · 1 with an unreadable tempo")
    said = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        said.extend(part.toPlainText() for part in dialog.findChildren(QPlainTextEdit))
        dialog.reject()

    QTimer.singleShot(0, read)
    window.status.findChild(QToolButton, "messageButton").click()
    assert said == [f"{folder / 'a.flac'}: its tags contain a tempo that cannot be read: fast"]
