"""What the app does around its window."""

import signal
import threading

from PySide6.QtWidgets import QWidget

from bgm_finder.app import close_on_interrupt


def test_an_interrupt_closes_the_window_once_what_is_going_on_has_ended(qtbot):
    window, lock, held_at_close = QWidget(), threading.Lock(), []
    qtbot.addWidget(window)
    window.closeEvent = lambda event: held_at_close.append(lock.locked())
    window.show()
    before = signal.getsignal(signal.SIGINT)
    try:
        close_on_interrupt(window)
        with lock:
            signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: not window.isVisible())
    finally:
        signal.signal(signal.SIGINT, before)
    assert held_at_close == [False]
