"""The flow of everything that comes into the library or goes out of it as a list, and of the window's own dialogs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from bgm_finder import __version__
from bgm_finder.audio.files import NO_ANSWER, Unreadable
from bgm_finder.controllers.chores import Chores
from bgm_finder.controllers.incoming import Incoming
from bgm_finder.controllers.library import Library
from bgm_finder.gui.dialogs.folders_dialog import FoldersDialog
from bgm_finder.gui.dialogs.report_dialog import ReportDialog
from bgm_finder.gui.dialogs.settings_dialog import SettingsDialog
from bgm_finder.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from bgm_finder.gui.dialogs.statistics_dialog import StatisticsDialog
from bgm_finder.gui.error_words import complaint_text, error_text, reason_text
from bgm_finder.gui.file_addresses import files_in
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.words import is_tag_list, music_folder, number
from bgm_finder.settings import Settings
from bgm_finder.similarity.embedder import available_networks
from bgm_finder.workflows import (
    browse,
    export_shortlist,
    export_tags,
    import_tags,
    open_demo,
    sound_devices,
    statistics,
)
from bgm_finder.workflows.import_tags import ImportReport
from bgm_finder.workflows.index_folder import IndexReport


class Gathering(QObject):
    """Connects the library menu, dropped folders and the dialogs with Library and Chores."""

    imported = Signal()
    """A tag list was brought in."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        chores: Chores,
        incoming: Incoming,
        settings: Settings,
        apply_setting: Callable[[str, object], None],
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._chores = window, library, chores
        self._incoming = incoming
        self._settings, self._apply_setting = settings, apply_setting
        self._settings_dialog: SettingsDialog | None = None
        self._last_report: IndexReport | None = None
        self._added: list[Path] = []
        """The folders whose music is being looked for."""
        self._is_asked = True
        """Whether someone waits for the answer of the scan under way; the one at the start is nobody's wish."""
        self._connect()

    def open_demo(self) -> None:
        """Fills the catalogue with the bundled library, where it is not there yet."""
        self._window.status.say(self.tr("Opening the demo library…"))
        self._library.scanning.prepare(open_demo.open_demo)

    def _connect(self) -> None:
        window, library, status = self._window, self._library, self._window.status
        for name, act in {
            "add_folder": self._add_folder,
            "folders": self._show_folders,
            "rescan": self._rescan,
            "import_tags": self._import_tags,
            "export_tags": self._export_tags,
            "export_shortlist": self._export_shortlist,
            "statistics": self._show_statistics,
            "settings": self._show_settings,
            "keys": self._show_keys,
            "about": self._show_about,
            "quit": window.close,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        window.dropped.connect(lambda mime: self._incoming.take(files_in(mime)))
        self._incoming.folders.connect(self._add)
        self._incoming.files.connect(self._on_files)
        library.scanning.busy_changed.connect(status.progress.show_busy)
        library.scanning.progressed.connect(status.progress.show_progress)
        library.scanning.silent.connect(lambda folder: status.warn(_no_answer(folder)))
        library.scanning.ended.connect(self._on_scanned)
        library.failed.connect(lambda error: status.warn(error_text(error)))
        status.progress.pause_wished.connect(library.scanning.pause)
        status.progress.stop_wished.connect(self._on_stop_scan)
        self._chores.failed.connect(lambda error: status.warn(error_text(error)))
        self._chores.took_long.connect(self._tell_working)

    def look_quietly(self) -> None:
        """Looks for changes at the start, and takes up an analysis that was stopped; says only what is new."""
        self._is_asked = False
        self._library.scanning.rescan()

    def _rescan(self) -> None:
        self._is_asked = True
        self._library.scanning.rescan()

    def _on_files(self, files: list[Path]) -> None:
        for path in files:
            if is_tag_list(path):
                self._bring_in(path)

    def _add(self, folders: list[Path]) -> None:
        self._added = folders
        self._library.scanning.add(folders)

    def _add_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Add a folder"), self._settings.last_folder or music_folder()
        )
        if chosen:
            self._settings.last_folder = chosen
            self._incoming.take([Path(chosen)])

    def _show_folders(self) -> None:
        self._chores.run(browse.folders, self._library.catalogue, on_done=self._on_folders)

    def _on_folders(self, folders: list[Path]) -> None:
        dialog = FoldersDialog(folders, self._count_tracks, self._window)
        dialog.add_wished.connect(self._add_folder)
        dialog.remove_wished.connect(self._library.scanning.forget)
        dialog.exec()
        dialog.deleteLater()

    def _count_tracks(self, folder: Path) -> int:
        columns = self._library.columns
        return 0 if columns is None else columns.paths.count_in(folder.as_posix().rstrip("/") + "/")

    def _on_stop_scan(self) -> None:
        self._library.scanning.stop()
        self._window.status.say(self.tr("Stopped. What is done is kept; press F5 to go on."))

    def _on_scanned(self, report: object) -> None:
        if not isinstance(report, IndexReport):
            return
        self._last_report = report
        is_asked, self._is_asked = self._is_asked, True
        added, self._added = self._added, []
        if report.silent:
            self._tell_silent(report.silent[0])
            return
        if not (report.added or report.changed or report.moved or report.missing):
            if is_asked and not report.unreadable:
                self._say_nothing_new([folder for folder in added if not self._count_tracks(folder)])
            if not is_asked or not report.unreadable:
                return
        text = self.tr("{added} new, {changed} changed, {moved} moved, {missing} missing")
        for name in ("added", "changed", "moved", "missing"):
            text = text.replace("{" + name + "}", number(getattr(report, name)))
        if report.unreadable:
            text += " · " + self.tr("{count} cannot be read").replace("{count}", number(len(report.unreadable)))
            self._window.status.warn(text, self.tr("Which?"), self._show_unreadable)
        else:
            self._window.status.say(text)

    def _tell_silent(self, folder: Path) -> None:
        """Told after a look that nobody asked for as well: the tracks in there are neither new nor gone."""
        self._window.status.warn(_no_answer(folder), self.tr("Which?"), self._show_unreadable)

    def _say_nothing_new(self, empty: list[Path]) -> None:
        if empty:
            text = self.tr("No sound file was found in {folder}.")
            self._window.status.warn(text.replace("{folder}", ", ".join(map(str, empty))))
        else:
            self._window.status.say(self.tr("Everything is up to date."))

    def _show_unreadable(self) -> None:
        if self._last_report is not None:
            lines = [f"{path}: {reason_text(reason)}" for path, reason in self._last_report.unreadable]
            self._report(
                self.tr("Files that cannot be read"), self.tr("The rest of the library is not affected."), lines
            )

    def _import_tags(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import a tag list"),
            self._settings.last_folder or music_folder(),
            "CSV (*.csv *.tsv *.txt);;* (*)",
        )
        if chosen:
            self._bring_in(Path(chosen))

    def _bring_in(self, tag_list: Path) -> None:
        if self._window.commands["import_tags"].isEnabled():  # not where another window has the right to change things
            self._chores.run(import_tags.import_tags, self._library.catalogue, tag_list, on_done=self._on_imported)

    def _on_imported(self, report: ImportReport) -> None:
        self.imported.emit()
        self._library.reload()
        by_line = sorted((*report.complaints, *report.strangers), key=lambda complaint: complaint.line)
        summary = self.tr("{matched} rows matched a track, {unmatched} did not.")
        summary = summary.replace("{matched}", number(report.matched))
        summary = summary.replace("{unmatched}", number(len(report.unmatched)))
        self._report(self.tr("Tag list imported"), summary, [complaint_text(complaint) for complaint in by_line])

    def _export_tags(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the tags"), _at_home("tags.csv"), "CSV (*.csv)"
        )
        if chosen:
            self._chores.run(
                export_tags.export_tags, self._library.catalogue, Path(chosen),
                on_done=lambda count: self._say_written(chosen, count),
            )  # fmt: skip

    def _export_shortlist(self) -> None:
        kinds = self.tr("Playlist") + " (*.m3u8);;CSV (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the shortlist"), _at_home("shortlist"), kinds
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() not in (".m3u8", ".csv"):
            target = target.with_name(target.name + (".csv" if "csv" in kind.lower() else ".m3u8"))
        self._chores.run(
            export_shortlist.export_shortlist, self._library.catalogue, target,
            on_done=lambda count: self._say_written(str(target), count),
        )  # fmt: skip

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

    def _show_settings(self) -> None:
        dialog = SettingsDialog(self._settings, list(available_networks()), self._window)
        dialog.changed.connect(self._apply_setting)
        self._settings_dialog = dialog
        self._chores.run(sound_devices.sound_devices, on_done=self._offer_devices)
        dialog.exec()
        self._settings_dialog = None
        dialog.deleteLater()

    def _offer_devices(self, names: list[str]) -> None:
        """Does nothing where the settings were closed before all devices were found."""
        if self._settings_dialog is not None:
            self._settings_dialog.offer_devices(names)

    def _show_keys(self) -> None:
        dialog = ShortcutsSheet(self._window.commands, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _show_about(self) -> None:
        text = self.tr("Find background music by ear and by keyboard.")
        QMessageBox.about(self._window, "BGM Finder", f"BGM Finder {__version__}\n\n{text}")

    def _report(self, title: str, summary: str, lines: list[str]) -> None:
        dialog = ReportDialog(title, summary, lines, self._window)
        dialog.exec()
        dialog.deleteLater()


def _no_answer(folder: Path) -> str:
    return error_text(Unreadable(folder, NO_ANSWER))


def _at_home(name: str) -> str:
    """Gives a place for a new file; the folder that the app was started in is often one that nobody knows."""
    return QDir.home().filePath(name)
