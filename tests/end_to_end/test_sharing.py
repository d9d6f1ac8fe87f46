"""Two windows on one library: the second listens and searches, and takes over when the first has closed."""

from dropping import drop
from PySide6.QtCore import Qt

CHANGES_MS = 20_000


def test_the_second_window_only_shows_until_the_first_closes(qtbot, open_app, music, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "tags.csv").write_text("file,use\ntrack05,VP\n", encoding="utf-8")
    first = open_app([music])
    qtbot.waitUntil(lambda: len(first.window.table.tracks.shown.rows) == 6, timeout=CHANGES_MS)
    second = open_app([music])
    assert first.sharing.owns and not second.sharing.owns
    assert "read only" in second.window.windowTitle()
    qtbot.waitUntil(lambda: len(second.window.table.tracks.shown.rows) == 6, timeout=CHANGES_MS)
    second.window.table.setFocus()
    qtbot.keyClick(second.window.table, Qt.Key.Key_Down)
    assert second.playback.sounding is not None
    qtbot.keyClick(second.window.table, Qt.Key.Key_F)
    assert not second.edits.can_undo and not second.library.scanning.is_busy
    for name in ("more", "tags.csv"):
        second.window.status.clear()
        drop(second, tmp_path / name)
        qtbot.waitUntil(lambda: "open in another window" in second.window.status.text, timeout=CHANGES_MS)
    assert tmp_path / "more" not in second.library.scanning.asked_for
    first.window.close()
    qtbot.waitUntil(lambda: second.sharing.owns, timeout=CHANGES_MS)
    assert second.window.windowTitle() == "BGM Finder"
    qtbot.keyClick(second.window.table, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: second.edits.can_undo, timeout=CHANGES_MS)
    second.window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: second.edits.can_redo, timeout=CHANGES_MS)
