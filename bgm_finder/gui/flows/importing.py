"""The flow of a tag list into the library: what it holds is shown first, then what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from bgm_finder.catalogue.tag_lists.problems import Complaint, UndecidedEncoding
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.encoding_dialog import EncodingDialog
from bgm_finder.gui.dialogs.import_dialog import ImportDialog
from bgm_finder.gui.dialogs.import_report_dialog import ImportReportDialog
from bgm_finder.gui.error_words import complaint_text, error_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import music_folder, number
from bgm_finder.jobs.job import Progress
from bgm_finder.settings import Settings
from bgm_finder.workflows.edit_tracks import Edit
from bgm_finder.workflows.import_tags import (
    MOST_STRANGERS,
    ImportReport,
    ListPreview,
    ListSource,
    import_tags,
    preview_list,
    strangers_text,
    write_strangers,
)
from bgm_finder.workflows.offer_place import within_reach
from bgm_finder.workflows.user_action import UserAction

_SHOWN_AFTER_MS = 400
"""A reading that takes longer shows how far it is, and can be stopped."""
_MOST_LINES = 200
"""Complaints that stand in the report one by one; of the rest there is the count."""


class Importing(QObject):
    """The flow from the command and dropped lists to the preview, the import and its undo."""

    imported = Signal()
    """A tag list was brought in."""
    refused = Signal()
    """A tag list came, and another window has the right to change things."""

    def __init__(
        self, window: MainWindow, library: Library, tasks: TaskQueue, edits: Edits, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._tasks, self._edits = window, library, tasks, edits
        self._settings = settings
        self._lane = Lane[ListPreview]("tag list", self)
        self._source = ListSource(Path())
        self._dialog: ImportDialog | None = None
        self._progress: QProgressDialog | None = None
        self._delay = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._show_progress)
        self._lane.finished.connect(self._on_preview)
        self._lane.failed.connect(self._on_failed)
        self._lane.progressed.connect(self._on_progress)
        self._lane.busy_changed.connect(self._on_busy)
        window.commands["import_tags"].triggered.connect(lambda _checked=False: self._import_tags())

    def bring_in(self, tag_list: Path) -> None:
        """Show what a tag list holds, and import it where the user agrees."""
        if not self._window.commands["import_tags"].isEnabled():
            self.refused.emit()
        elif self._dialog is None:
            self._look(ListSource(tag_list))

    def close(self) -> None:
        self._lane.close()

    def _import_tags(self) -> None:
        self._tasks.run(within_reach, self._settings.last_folder).then(self._choose_tag_list)

    def _choose_tag_list(self, begin: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import a tag list"),
            begin or music_folder(),
            "CSV (*.csv *.tsv *.txt);;* (*)",
        )
        if chosen:
            self.bring_in(Path(chosen))

    def _look(self, source: ListSource) -> None:
        self._source = source
        self._lane.start(preview_list, self._library.catalogue, source)

    def _on_preview(self, preview: ListPreview) -> None:
        if self._dialog is not None:
            self._dialog.show_matched(preview)
        else:  # a dialog has its own event loop, which must not run before the lane has heard that this run is over
            QTimer.singleShot(0, self, partial(self._ask, preview))

    def _ask(self, preview: ListPreview) -> None:
        dialog = self._dialog = ImportDialog(preview, self._window)
        source = ListSource(preview.source.path, preview.listed.encoding)
        dialog.roles_changed.connect(lambda: self._look(ListSource(source.path, source.encoding, dialog.roles)))
        is_wanted = bool(dialog.exec())
        self._dialog = None
        self._lane.cancel()
        if is_wanted:
            self._run(replace(source, roles=dialog.changed_roles))
        dialog.deleteLater()

    def _run(self, source: ListSource, chosen: Mapping[int, int] | None = None) -> None:
        """Bring the list in; chosen: tracks by line, for these rows only."""
        self._tasks.run(import_tags, self._library.catalogue, source, chosen).then(self._on_imported)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UndecidedEncoding):
            QTimer.singleShot(0, self, partial(self._choose_encoding, error))
        else:
            self._window.status.warn(error_text(error))

    def _choose_encoding(self, error: UndecidedEncoding) -> None:
        dialog = EncodingDialog(error.choices, self._window)
        if dialog.exec():
            self._look(ListSource(error.path, dialog.encoding))
        dialog.deleteLater()

    def _on_imported(self, report: ImportReport) -> None:
        self.imported.emit()
        self._edits.take(Edit(listed=report.undoing, action=UserAction("import")))
        self._library.reload()
        many = report.strangers if len(report.strangers) > MOST_STRANGERS else ()
        dialog = ImportReportDialog(self._summary(report), self._lines(report), many, report.doubts, self._window)
        dialog.copy_requested.connect(partial(self._copy, many))
        is_accepted = bool(dialog.exec())
        if dialog.save_path:
            self._save(Path(dialog.save_path), report)
        if is_accepted and dialog.chosen:
            self._run(report.source, dialog.chosen)
        dialog.deleteLater()

    def _summary(self, report: ImportReport) -> str:
        summary = self.tr("{matched} rows matched a track, {unmatched} did not.")
        summary = summary.replace("{matched}", number(report.matched))
        return summary.replace("{unmatched}", number(len(report.unmatched)))

    def _lines(self, report: ImportReport) -> list[str]:
        lines = [complaint_text(complaint) for complaint in report.attention[:_MOST_LINES]]
        if (more := len(report.attention) - _MOST_LINES) > 0:
            lines.append(self.tr("%Ln more row(s) need attention.", "", more))
        return lines

    def _copy(self, strangers: Sequence[Complaint]) -> None:
        self._tasks.run(strangers_text, strangers).then(QGuiApplication.clipboard().setText)

    def _save(self, target: Path, report: ImportReport) -> None:
        text = self.tr("Saved: {path}").replace("{path}", str(target))
        self._tasks.run(write_strangers, target, report.strangers).then(lambda _none: self._window.status.say(text))

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._delay.start()
            return
        self._delay.stop()
        if self._progress is not None:
            progress, self._progress = self._progress, None
            progress.close()
            progress.deleteLater()

    def _show_progress(self) -> None:
        text = self.tr("Reading {name}…").replace("{name}", self._source.path.name)
        progress = QProgressDialog(text, self.tr("Cancel"), 0, 0, self._dialog or self._window)
        progress.setAutoReset(False)
        progress.setAutoClose(False)
        progress.canceled.connect(self._lane.cancel)
        self._progress = progress
        progress.show()

    def _on_progress(self, progress: Progress) -> None:
        if self._progress is not None:
            self._progress.setMaximum(progress.total)
            self._progress.setValue(progress.done)
