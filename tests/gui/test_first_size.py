"""How large windows are when they come up for the first time."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.first_size import first_size, restore_on_screen
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.settings import Settings


class _OnSmallScreen:
    def availableGeometry(self):  # noqa: N802 - Qt's own name
        return QRect(QPoint(0, 0), QSize(1024, 640))


def test_a_window_is_no_larger_than_its_screen(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QWidget, "screen", lambda _self: _OnSmallScreen())
    window = MainWindow(Settings(language="en"), tmp_path / "keys.json")
    qtbot.addWidget(window)
    sheet = ShortcutsSheet(window.commands, window)
    for shown in (window, sheet):
        assert shown.width() < 1024 and shown.height() < 620


def test_where_there_is_room_a_window_has_its_preferred_size(qtbot, monkeypatch):
    monkeypatch.setattr(QWidget, "screen", lambda _self: _OnSmallScreen())
    window = QWidget()
    qtbot.addWidget(window)
    assert first_size(window, QSize(600, 400)) == QSize(600, 400)


def test_a_restored_window_stands_where_it_stood(qtbot):
    places, kept = [], None
    for _ in range(3):
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(600, 400)
        if kept is None:
            window.move(100, 60)
        else:
            restore_on_screen(window, kept)
        window.show()
        qtbot.waitExposed(window)
        places.append(window.frameGeometry())
        kept = window.saveGeometry()
        window.close()
    assert places[0] == places[1] == places[2]
