"""Keep a copy of the catalogue, at times when the disk has little else to do."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.scanning import Scanning
from bgm_finder.workflows.keep_safe import DAILY, HOURLY, keep_safe

_QUIET_MS = 10_000
"""After the start and after a scan, for the list and the pictures go first."""


class BackupScheduler(QObject):
    """Backups of the catalogue: a while after the start, and after each scan and each tag list."""

    failed = Signal(Exception)

    def __init__(
        self, catalogue: Path, scanning: Scanning, parent: QObject | None = None, quiet_ms: int = _QUIET_MS
    ) -> None:
        """quiet_ms: how long the start and each scan are waited for."""
        super().__init__(parent)
        self._catalogue = catalogue
        self._scanning = scanning
        self._every = DAILY
        self._lane = Lane[bool]("backup", self)
        self._lane.failed.connect(self.failed)
        self._timer = QTimer(self, singleShot=True, interval=quiet_ms)
        self._timer.timeout.connect(self._look)
        scanning.ended.connect(lambda _report: self.soon(HOURLY))

    def soon(self, every: timedelta = DAILY) -> None:
        """Make a copy in a while, where the last one is so old and anything has changed."""
        self._every = min(every, self._every) if self._timer.isActive() else every
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self._lane.close()

    def _look(self) -> None:
        if self._scanning.is_busy:
            self._timer.start()
        else:
            self._lane.start(keep_safe, self._catalogue, self._every)
