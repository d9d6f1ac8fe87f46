"""The page that stands where the list would be."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from seen import ways

from bgm_finder.gui.empty_states import EmptyState


def test_a_button_that_is_pressed_while_the_page_is_told_anew_still_acts(qtbot, qapp):
    page, done = EmptyState(), []
    qtbot.addWidget(page)
    page.say("Nothing", "", [("Without A & B: 2", lambda: done.append("old")), ("Clear", lambda: done.append("clear"))])
    (first, _) = ways(page)
    qtbot.mousePress(first, Qt.MouseButton.LeftButton)
    page.say("Nothing", "", [("Without A & B: 3", lambda: done.append("new"))])
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton)
    assert done == ["new"]
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [button.text() for button in ways(page)] == ["Without A && B: 3"]


def test_enter_takes_the_first_way_on(qtbot):
    page, done = EmptyState(), []
    qtbot.addWidget(page)
    page.say("Nothing", "", [("Add", lambda: done.append("add")), ("Other", lambda: done.append("other"))])
    page.show()
    page.activateWindow()
    page.focus_first()
    first = ways(page)[0]
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert done == ["add"]


def test_the_arrows_stay_among_the_ways_on(qtbot):
    window, page = QWidget(), EmptyState()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(page)
    page.say("Nothing yet", "", [("Show all", lambda: None), ("Back", lambda: None)])
    window.show()
    window.activateWindow()
    page.focus_first()
    first, last = ways(page)
    qtbot.waitUntil(first.hasFocus)
    for key, focused in (
        (Qt.Key.Key_Up, first),
        (Qt.Key.Key_Down, last),
        (Qt.Key.Key_Down, last),
        (Qt.Key.Key_F, last),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is focused
