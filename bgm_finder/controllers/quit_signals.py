"""The signals by which a system or a terminal asks a program to end: kill, log-out, a closed terminal, Ctrl+C."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Each system has some of them; Windows closes windows instead of sending SIGTERM."""


class QuitSignals(QObject):
    """Emit in Qt's loop what arrives at any time, even while a lock is held that closing waits for.

    Python's own handlers do not run while Qt waits for events; the byte that Python writes for each signal wakes it.
    A signal that is ignored from the start, as under nohup, stays ignored.
    """

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """May be made in the main thread only."""
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)
        self._fd_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        numbers = [number for number in signal.Signals if number.name in _NAMES]
        self._numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, _leave_to_qt) for number in self._numbers}

    def close(self) -> None:
        """Leave the signals to whom they were left before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_byte(self) -> None:
        if set(self._reader.recv(4096)) & set(self._numbers):
            self.received.emit()


def _leave_to_qt(number: int, frame: FrameType | None) -> None:
    """Do nothing: that a handler is there makes Python write the byte."""
