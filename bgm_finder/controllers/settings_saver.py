"""Saves the settings soon after each change, so that no end of the app, however sudden, loses more than a second."""

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from bgm_finder.controllers.lane import Lane, Policy
from bgm_finder.jobs.job import Job
from bgm_finder.json_object import NotJsonObject, write_changes
from bgm_finder.settings import Settings

_log = logging.getLogger(__name__)

_DELAY_MS = 1_000
"""From the first change on, not the last: a hand that never rests would put the save off for ever."""


class SettingsSaver(QObject):
    """Write what was changed, off the GUI thread; what could not be written is tried again with the next change."""

    saving = Signal()
    """About to save: time to put into the settings what is not kept there yet."""
    failed = Signal(Exception)
    """Emitted once, however often it fails."""

    def __init__(
        self, settings: Settings, path: Path, parent: QObject | None = None, delay_ms: int = _DELAY_MS
    ) -> None:
        """delay_ms: how long the first change waits for others."""
        super().__init__(parent)
        self._settings, self._path = settings, path
        self._has_failed = False
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self._save)
        self._lane = Lane[dict[str, Any]]("settings", self, Policy.QUEUE)
        self._lane.finished.connect(settings.mark_saved)
        self._lane.failed.connect(self._on_failed)
        settings.listen(self.save_soon)

    def save_soon(self) -> None:
        """Save within a second."""
        if not self._timer.isActive():
            self._timer.start()

    def save_now(self) -> None:
        """Save before this returns: the app is about to end."""
        changes = self._take()
        try:
            if changes:
                write_changes(self._path, changes)
        except (OSError, NotJsonObject) as error:
            self._on_failed(error)
        else:
            self._settings.mark_saved(changes)

    def close(self) -> None:
        """Save, and end the thread."""
        self._lane.close()
        self.save_now()
        self._settings.listen(None)

    def _save(self) -> None:
        """Save, one write at a time: an older one that ends would pass for a newer one of the same value."""
        if self._lane.is_busy:
            self._timer.start()
            return
        changes = self._take()
        if changes:
            self._lane.start(_write, self._path, changes)

    def _take(self) -> dict[str, Any]:
        self.saving.emit()
        self._timer.stop()
        return self._settings.unsaved()

    def _on_failed(self, error: Exception) -> None:
        _log.warning("the settings could not be saved: %s", error)
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)


def _write(job: Job, path: Path, changes: dict[str, Any]) -> dict[str, Any]:
    write_changes(path, changes)
    return changes
