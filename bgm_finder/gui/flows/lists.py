"""The flow of lists: tags in and out, the shortlist out, and how well the library is tagged."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bgm_finder.controllers.chores import Chores
from bgm_finder.controllers.library import Library
from bgm_finder.gui.dialogs.report_dialog import show_report
from bgm_finder.gui.dialogs.statistics_dialog import StatisticsDialog
from bgm_finder.gui.error_words import complaint_text, error_text
from bgm_finder.gui.flows.saving import FileType, Request, Saving
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.words import music_folder, number
from bgm_finder.settings import Settings
from bgm_finder.workflows import export_shortlist, export_tags, import_tags, statistics
from bgm_finder.workflows.arrivals import within_reach
from bgm_finder.workflows.import_tags import ImportReport


class Lists(QObject):
    """Connects the commands that read and write lists with Chores."""

    imported = Signal()
    """A tag list was brought in."""
    refused = Signal()
    """A tag list came, and another window has the right to change things."""

    def __init__(self, window: MainWindow, library: Library, chores: Chores, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._library, self._chores, self._settings = window, library, chores, settings
        self._saving = Saving(window, chores, library.catalogue, settings)
        for name, act in {
            "import_tags": self._import_tags,
            "export_tags": self._export_tags,
            "export_shortlist": self._export_shortlist,
            "statistics": self._show_statistics,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        chores.failed.connect(lambda error: window.status.warn(error_text(error)))
        chores.took_long.connect(self._tell_working)

    def bring_in(self, tag_list: Path) -> None:
        """Reads a tag list into the library, and tells what came of it."""
        if not self._window.commands["import_tags"].isEnabled():
            self.refused.emit()
        else:
            self._chores.run(import_tags.import_tags, self._library.catalogue, tag_list, on_done=self._on_imported)

    def _import_tags(self) -> None:
        self._chores.run(within_reach, self._settings.last_folder, on_done=self._choose_tag_list)

    def _choose_tag_list(self, begin: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import a tag list"),
            begin or music_folder(),
            "CSV (*.csv *.tsv *.txt);;* (*)",
        )
        if chosen:
            self.bring_in(Path(chosen))

    def _on_imported(self, report: ImportReport) -> None:
        self.imported.emit()
        self._library.reload()
        by_line = sorted((*report.complaints, *report.strangers), key=lambda complaint: complaint.line)
        summary = self.tr("{matched} rows matched a track, {unmatched} did not.")
        summary = summary.replace("{matched}", number(report.matched))
        summary = summary.replace("{unmatched}", number(len(report.unmatched)))
        lines = [complaint_text(complaint) for complaint in by_line]
        show_report(self.tr("Tag list imported"), summary, lines, self._window)

    def _export_tags(self) -> None:
        self._saving.ask(
            Request(
                "tags",
                self.tr("Export the tags"),
                self.tr("tags", "name of a file"),
                (FileType("CSV", ".csv"),),
                lambda target: self._write(export_tags.export_tags, target),
            )
        )

    def _export_shortlist(self) -> None:
        self._saving.ask(
            Request(
                "shortlist",
                self.tr("Export the shortlist"),
                self.tr("shortlist", "name of a file"),
                (FileType(self.tr("Playlist"), ".m3u8"), FileType("CSV", ".csv")),
                lambda target: self._write(export_shortlist.export_shortlist, target),
            )
        )

    def _write(self, recipe: Callable[..., int], target: Path) -> None:
        self._chores.run(
            recipe, self._library.catalogue, target, on_done=lambda count: self._say_written(str(target), count)
        )

    def _say_written(self, path: str, count: int) -> None:
        text = self.tr("{count} tracks written to {path}").replace("{count}", number(count)).replace("{path}", path)
        self._window.status.say(text)

    def _tell_working(self, is_working: bool) -> None:
        status, text = self._window.status, self.tr("Working…")
        if is_working:
            status.say(text)
        elif status.text == text:
            status.clear()

    def _show_statistics(self) -> None:
        self._chores.run(statistics.statistics, self._library.catalogue, on_done=self._on_statistics)

    def _on_statistics(self, found: statistics.Statistics) -> None:
        dialog = StatisticsDialog(found, self._window)
        dialog.exec()
        dialog.deleteLater()
