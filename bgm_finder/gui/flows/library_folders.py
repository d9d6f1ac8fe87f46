"""The flow of folders with music into the library, and of what the looks at them found."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bgm_finder.controllers.dropped_files import DroppedFiles
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.gui.dialogs.folders_dialog import FoldersDialog
from bgm_finder.gui.dialogs.report_dialog import show_report
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.file_addresses import files_in
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.gui.text_helpers import is_tag_list, music_folder, number
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.settings import Settings
from bgm_finder.workflows import browse, open_demo
from bgm_finder.workflows.index_folder import IndexReport
from bgm_finder.workflows.offer_place import within_reach


class LibraryFolders(QObject):
    """The flow from the library menu and dropped folders to Library; dropped tag lists go to the flow of lists."""

    tag_list_came = Signal(Path)
    """A tag list was dropped on the window or pasted."""
    refused = Signal()
    """A folder came, and another window has the right to change things."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        tasks: TaskQueue,
        dropped: DroppedFiles,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._tasks = window, library, tasks
        self._dropped = dropped
        self._settings = settings
        self._last_report: IndexReport | None = None
        self._told = ""
        """What the last scan said, which is true until the next one begins."""
        self._added: list[Path] = []
        """The folders whose music is being looked for."""
        self._is_asked = True
        """Whether someone waits for the answer of the scan under way; nobody requested the one at the start."""
        self._connect()

    def open_demo(self) -> None:
        """Fill the catalogue with the bundled library, where it is not there yet."""
        self._window.status.say(self.tr("Opening the demo library…"))
        self._library.scanning.prepare(open_demo.open_demo)

    def _connect(self) -> None:
        window, library, status = self._window, self._library, self._window.status
        for name, act in {
            "add_folder": self._add_folder,
            "folders": self._show_folders,
            "rescan": self._rescan,
        }.items():
            window.commands[name].triggered.connect(lambda _checked=False, act=act: act())
        window.dropped.connect(lambda mime: self._dropped.take(files_in(mime)))
        self._dropped.folders.connect(self._add)
        self._dropped.files.connect(self._on_files)
        library.scanning.busy_changed.connect(status.progress.show_busy)
        library.scanning.busy_changed.connect(self._on_busy)
        library.scanning.progressed.connect(status.progress.show_progress)
        library.scanning.silent.connect(lambda folder: self._warn(_no_answer(folder)))
        library.scanning.ended.connect(self._on_scanned)
        library.scanning.failed.connect(lambda _error: self._added.clear())
        status.progress.pause_requested.connect(library.scanning.pause)
        status.progress.stop_requested.connect(self._on_stop_scan)

    def look_quietly(self) -> None:
        """Look for changes at the start, and take up an analysis that was stopped; report only what is new."""
        self._is_asked = False
        self._library.scanning.rescan()

    def analyse_quietly(self) -> None:
        """Analyse what waits, such as a film of which another sound was chosen, without a scan and without a word."""
        self._is_asked = self._is_asked and self._library.scanning.is_busy
        self._library.scanning.analyse()

    def _rescan(self) -> None:
        self._is_asked = True
        self._library.scanning.rescan()

    def _on_files(self, files: list[Path]) -> None:
        for path in files:
            if is_tag_list(path):
                self.tag_list_came.emit(path)

    def _add(self, folders: list[Path]) -> None:
        if not self._window.commands["add_folder"].isEnabled():
            self.refused.emit()
            return
        self._added += [folder for folder in folders if folder not in self._added]
        self._is_asked = True
        self._library.scanning.add(folders)

    def _add_folder(self) -> None:
        self._tasks.run(within_reach, self._settings.last_folder).then(self._choose_folder)

    def _choose_folder(self, begin: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), begin or music_folder())
        if chosen:
            self._settings.last_folder = chosen
            self._dropped.take([Path(chosen)])

    def _show_folders(self) -> None:
        self._tasks.run(browse.folders, self._library.catalogue).then(self._on_folders)

    def _on_folders(self, folders: list[Path]) -> None:
        dialog = FoldersDialog(folders, self._count_tracks, self._window)
        dialog.add_requested.connect(self._add_folder)
        dialog.remove_requested.connect(self._library.scanning.forget)
        dialog.exec()
        dialog.deleteLater()

    def _count_tracks(self, folder: Path) -> int:
        columns = self._library.columns
        return 0 if columns is None else columns.paths.count_in(folder.as_posix().rstrip("/") + "/")

    def _on_stop_scan(self) -> None:
        self._library.scanning.stop()
        self._window.status.say(self.tr("Stopped. The results so far are kept. Press F5 to resume."))

    def _on_scanned(self, report: IndexReport) -> None:
        self._last_report = report
        waiting = [folder for folder in self._added if folder in self._library.scanning.asked_for]
        is_asked, self._is_asked = self._is_asked and not waiting, True  # the next one reports to whoever waits
        added, self._added = self._added, waiting
        if report.silent:
            self._tell_silent(report.silent[0])
            return
        if _is_news(report) or (is_asked and report.left_out):
            self._tell_news(report)
        elif is_asked:
            self._say_nothing_new([folder for folder in added if not self._count_tracks(folder)])

    def _tell_news(self, report: IndexReport) -> None:
        text = self.tr("{added} new, {changed} changed, {moved} moved, {missing} missing")
        for name in ("added", "changed", "moved", "missing"):
            text = text.replace("{" + name + "}", number(getattr(report, name)))
        if report.returned:
            text += " · " + self.tr("{count} found again").replace("{count}", number(report.returned))
        if report.left_out or report.unread_tempi:
            text = " · ".join([text, *self._left_out(report)])
            self._warn(text, self.tr("Show list"), self._show_unreadable)
        else:
            self._told = text
            self._window.status.say(text)

    def _left_out(self, report: IndexReport) -> list[str]:
        """Return what the scan left out, each kind with its count."""
        counts = {
            self.tr("{count} cannot be read"): len(report.unreadable),
            self.tr("{count} trash or snapshot folders skipped"): len(report.passed_over),
            self.tr("{count} in unsupported sound formats"): report.alike.total(),
            self.tr("{count} with an unreadable tempo"): len(report.unread_tempi),
        }
        return [text.replace("{count}", number(count)) for text, count in counts.items() if count]

    def _tell_silent(self, folder: Path) -> None:
        """Told after a look that nobody asked for as well: the tracks in there are neither new nor gone."""
        self._warn(_no_answer(folder), self.tr("Show list"), self._show_unreadable)

    def _warn(self, text: str, button: str = "", on_clicked: Callable[[], None] | None = None) -> None:
        self._window.status.warn(text, button, on_clicked)
        self._told = self._window.status.text

    def _on_busy(self, is_busy: bool) -> None:
        """Take back what the scan before said: the files may be there again."""
        if is_busy and self._told and self._window.status.text == self._told:
            self._window.status.clear()
            self._told = ""

    def _say_nothing_new(self, empty: list[Path]) -> None:
        if empty:
            text = self.tr("No sound file was found in {folder}.")
            self._warn(text.replace("{folder}", ", ".join(map(str, empty))))
        else:
            self._window.status.say(self.tr("Everything is up to date."))

    def _show_unreadable(self) -> None:
        if self._last_report is not None:
            report = self._last_report
            lines = [f"{path}: {refusal_text(why)}" for path, why in report.unreadable]
            passed_over = self.tr("contains trash, snapshots or caches and was skipped")
            lines += [f"{path}: {passed_over}" for path in report.passed_over]
            alike = report.alike.most_common()
            lines += [f"{end}: " + self.tr("unsupported sound format, %Ln file(s)", "", n) for end, n in alike]
            tempo = self.tr("its tags contain a tempo that cannot be read:")
            lines += [f"{path}: {tempo} {text}" for path, text in report.unread_tempi]
            show_report(
                self.tr("Files that cannot be read")
                if len(lines) == len(report.unreadable)
                else self.tr("Not imported"),
                self.tr("The rest of the library is not affected."),
                lines,
                self._window,
            )


def _is_news(report: IndexReport) -> bool:
    return bool(
        report.added or report.changed or report.moved or report.missing or report.returned or report.unread_tempi
    )


def _no_answer(folder: Path) -> str:
    return error_text(Unreadable(folder, Reason.NO_ANSWER))
